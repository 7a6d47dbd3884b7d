/** The first descriptor of a service, drafted from its OpenAPI document or from answers at the terminal. */
@NullMarked
package io.bookstore.perf.describe;

import org.jspecify.annotations.NullMarked;
