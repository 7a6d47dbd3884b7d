/** Errors on demand, for testing what clients and dashboards make of them. */
@NullMarked
package io.bookstore.api.fault;

import org.jspecify.annotations.NullMarked;
