package io.bookstore.api.book;

import io.bookstore.api.json.BulkResult;
import io.bookstore.api.json.DraftReader;
import io.bookstore.api.paging.Paging;
import io.bookstore.api.precondition.EntityTag;
import io.bookstore.api.problem.ProblemException;
import io.micronaut.data.exceptions.OptimisticLockException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.uri.UriBuilder;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The routes of books. */
@Controller(BookController.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
class BookController {

    static final String PATH = "/api/v1/Books";

    private static final String MERGE_PATCH = "application/merge-patch+json";
    private static final int MAX_QUERY = 200;

    private final Books books;
    private final DraftReader drafts;

    BookController(Books books, DraftReader drafts) {
        this.books = books;
        this.drafts = drafts;
    }

    @Get
    BookPage list(
            @Nullable @QueryValue String genre,
            @Nullable @QueryValue String author,
            @QueryValue(defaultValue = "1") int page,
            @QueryValue(defaultValue = "10") int pageSize) {
        return books.list(genre, author, new Paging(page, pageSize));
    }

    @Get("/search")
    BookPage search(
            @QueryValue String query,
            @QueryValue(defaultValue = "1") int page,
            @QueryValue(defaultValue = "10") int pageSize) {
        if (query.isBlank() || query.length() > MAX_QUERY) {
            throw ProblemException.invalidParameter("query", "must have 1 to " + MAX_QUERY + " characters");
        }
        return books.search(query.strip(), new Paging(page, pageSize));
    }

    @Get("/{bookId}")
    HttpResponse<Book> get(String bookId) {
        return withVersion(HttpResponse.ok(), books.get(bookId));
    }

    @Post
    HttpResponse<Book> create(@Body byte[] body) throws IOException {
        Book book = books.create(drafts.one(body, BookDraft.class));
        return withVersion(
                HttpResponse.created(UriBuilder.of(PATH).path(book.id()).build()), book);
    }

    @Post("/bulk")
    BulkResult<Book> createAll(@Body byte[] list) throws IOException {
        return drafts.bulk(list, BookDraft.class, books::createAll);
    }

    @Patch(
            uri = "/{bookId}",
            consumes = {MERGE_PATCH, MediaType.APPLICATION_JSON})
    HttpResponse<Book> patch(String bookId, @Body byte[] patch, @Nullable @Header(HttpHeaders.IF_MATCH) String ifMatch)
            throws IOException {
        return changed(bookId, ifMatch, current -> drafts.patched(BookDraft.of(current), BookDraft.class, patch));
    }

    @Put("/{bookId}")
    HttpResponse<Book> replace(String bookId, @Body byte[] body, @Nullable @Header(HttpHeaders.IF_MATCH) String ifMatch)
            throws IOException {
        BookDraft draft = drafts.one(body, BookDraft.class);
        return changed(bookId, ifMatch, current -> draft);
    }

    @Delete("/{bookId}")
    HttpResponse<Void> delete(String bookId, @Nullable @Header(HttpHeaders.IF_MATCH) String ifMatch) {
        books.delete(current(bookId, ifMatch));
        return HttpResponse.noContent();
    }

    /** What a client wants a book to be, knowing what it is. */
    private interface Change {
        BookDraft of(Book current) throws IOException;
    }

    private HttpResponse<Book> changed(String bookId, @Nullable String ifMatch, Change change) throws IOException {
        while (true) {
            Book current = current(bookId, ifMatch);
            try {
                return withVersion(HttpResponse.ok(), books.replace(current, change.of(current)));
            } catch (OptimisticLockException changedMeanwhile) {
                // Somebody else's change came first. Upon what it left, this one is made again, or If-Match refuses it.
            }
        }
    }

    private Book current(String bookId, @Nullable String ifMatch) {
        Book book = books.get(bookId);
        EntityTag.of(book.version()).mustMatch(ifMatch);
        return book;
    }

    private static HttpResponse<Book> withVersion(MutableHttpResponse<Book> response, Book book) {
        return response.body(book)
                .header(HttpHeaders.ETAG, EntityTag.of(book.version()).toString());
    }
}
