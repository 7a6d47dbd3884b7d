/** Rules for input that the standard constraints do not have. */
@NullMarked
package io.bookstore.api.http.validation;

import org.jspecify.annotations.NullMarked;
