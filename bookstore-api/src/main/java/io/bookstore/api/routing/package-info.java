/** Addresses that are not quite those of a route. */
@NullMarked
package io.bookstore.api.routing;

import org.jspecify.annotations.NullMarked;
