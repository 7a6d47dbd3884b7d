/** Paging and its limits, the same for every list. */
@NullMarked
package io.bookstore.api.http.paging;

import org.jspecify.annotations.NullMarked;
