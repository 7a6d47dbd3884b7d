/** The BookStore service; a package below for each feature. */
@NullMarked
package io.bookstore.api;

import org.jspecify.annotations.NullMarked;
