/** Books: the record, its rules, its routes. */
@NullMarked
package io.bookstore.api.book;

import org.jspecify.annotations.NullMarked;
