/** JSON bodies: read strictly, one draft or a list at a time. */
@NullMarked
package io.bookstore.api.http.body;

import org.jspecify.annotations.NullMarked;
