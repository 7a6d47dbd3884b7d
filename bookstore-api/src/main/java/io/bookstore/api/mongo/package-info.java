/** The way to MongoDB: its address, its deadlines, its indexes. */
@NullMarked
package io.bookstore.api.mongo;

import org.jspecify.annotations.NullMarked;
