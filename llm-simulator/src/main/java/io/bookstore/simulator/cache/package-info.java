/** The prompt caches of the providers. */
@NullMarked
package io.bookstore.simulator.cache;

import org.jspecify.annotations.NullMarked;
