package io.bookstore.api.author;

import io.micronaut.core.annotation.Introspected;
import java.util.List;

/** A page of authors, and how many there are in all. */
@Introspected
record AuthorPage(List<Author> authors, long totalCount, int page, int pageSize, int totalPages) {}
