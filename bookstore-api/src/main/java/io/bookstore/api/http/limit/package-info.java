/** How much one client may ask, so that it leaves something for the others. */
@NullMarked
package io.bookstore.api.http.limit;

import org.jspecify.annotations.NullMarked;
