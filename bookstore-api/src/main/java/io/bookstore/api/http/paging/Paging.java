package io.bookstore.api.http.paging;

import io.bookstore.api.http.problem.ProblemException;
import io.micronaut.data.model.Pageable;
import io.micronaut.data.model.Sort;

/**
 * The page of a list that a client asks for.
 *
 * @param page from 1
 * @param pageSize 1 to {@value #MAX_PAGE_SIZE}
 */
public record Paging(int page, int pageSize) {

    /** The largest page. */
    public static final int MAX_PAGE_SIZE = 100;

    // Skipping costs as much as reading; nobody turns a million pages.
    static final int MAX_PAGE = 1_000_000;

    /** @throws ProblemException if a number is out of its range */
    public Paging {
        if (page < 1 || page > MAX_PAGE) {
            throw ProblemException.invalidParameter("page", "must be 1 to " + MAX_PAGE + ", was " + page);
        }
        if (pageSize < 1 || pageSize > MAX_PAGE_SIZE) {
            throw ProblemException.invalidParameter("pageSize", "must be 1 to " + MAX_PAGE_SIZE + ", was " + pageSize);
        }
    }

    /** The page in order of creation, which never changes while others write. */
    public Pageable oldestFirst() {
        return Pageable.from(page - 1, pageSize, Sort.of(Sort.Order.asc("id")));
    }

    /** Returns the number of pages that so many items fill. */
    public int totalPages(long totalCount) {
        return Math.toIntExact((totalCount + pageSize - 1) / pageSize);
    }
}
