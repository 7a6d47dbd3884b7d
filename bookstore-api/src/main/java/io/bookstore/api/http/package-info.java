/** Filters around every answer, and the pages of the API description. */
@NullMarked
package io.bookstore.api.http;

import org.jspecify.annotations.NullMarked;
