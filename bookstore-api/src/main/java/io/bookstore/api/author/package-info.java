/** Authors: the record, its rules, its routes. */
@NullMarked
package io.bookstore.api.author;

import org.jspecify.annotations.NullMarked;
