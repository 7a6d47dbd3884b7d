package io.bookstore.api.book;

import io.micronaut.core.annotation.Introspected;
import java.util.List;

/** A page of books, and how many there are in all. */
@Introspected
record BookPage(List<Book> books, long totalCount, int page, int pageSize, int totalPages) {}
