package io.bookstore.api.book;

import io.bookstore.api.http.body.DraftList;
import io.bookstore.api.http.body.DraftReader;
import io.bookstore.api.http.idempotency.IdempotentCreation;
import io.bookstore.api.http.paging.PageNumber;
import io.bookstore.api.http.paging.PageSize;
import io.bookstore.api.http.paging.Paging;
import io.bookstore.api.http.precondition.EntityTag;
import io.bookstore.api.http.precondition.Preconditions;
import io.bookstore.api.http.precondition.Preconditions.Write;
import io.bookstore.api.http.problem.ProblemAnswers;
import io.bookstore.api.http.problem.ProblemException;
import io.bookstore.api.security.Role;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.uri.UriBuilder;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The routes of books. */
@Tag(name = "Books")
@ProblemAnswers
@ProblemAnswers.OfGuard
@ProblemAnswers.OfDatabase
@Secured(Role.READS)
@Controller(BookController.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
class BookController {

    static final String PATH = "/api/v1/Books";

    static final String MERGE_PATCH = "application/merge-patch+json";
    private static final int MAX_QUERY = 200;

    private final Books books;
    private final DraftReader drafts;
    private final IdempotentCreation creation;
    private final Preconditions preconditions;

    BookController(Books books, DraftReader drafts, IdempotentCreation creation, Preconditions preconditions) {
        this.books = books;
        this.drafts = drafts;
        this.creation = creation;
        this.preconditions = preconditions;
    }

    /** Books, oldest first. */
    @BookOperation.Listing
    @Get
    BookPage listBooks(
            @Nullable @QueryValue String genre,
            @Nullable @QueryValue String author,
            @PageNumber int page,
            @PageSize int pageSize) {
        return books.list(genre, author, new Paging(page, pageSize));
    }

    /** Books with a text in title, author or description. */
    @BookOperation.Listing
    @Get("/search")
    BookPage searchBooks(
            @Parameter(schema = @Schema(minLength = 1, maxLength = MAX_QUERY)) @QueryValue String query,
            @PageNumber int page,
            @PageSize int pageSize) {
        if (query.isBlank() || query.length() > MAX_QUERY) {
            throw ProblemException.invalidParameter("query", "must have 1 to " + MAX_QUERY + " characters");
        }
        return books.search(query.strip(), new Paging(page, pageSize));
    }

    /** A book, with its version as ETag. */
    @BookOperation.Reading
    @Get("/{bookId}")
    HttpResponse<Book> getBook(HttpRequest<?> request, String bookId) {
        return preconditions.answerRead(request, books.get(bookId));
    }

    /** Stores a book. */
    @BookOperation.Creation
    @ApiResponse(
            responseCode = "201",
            description = "The book; Location says where it is",
            content = @Content(schema = @Schema(implementation = Book.class)))
    @Secured(Role.WRITES)
    @Post
    HttpResponse<?> createBook(HttpRequest<?> request, @Parameter(hidden = true) @Body byte[] body) throws IOException {
        List<BookDraft> draft = List.of(drafts.one(body, BookDraft.class));
        return creation.once(request, body, 1, ids -> {
            Book book = books.createAll(draft, ids).get(0);
            URI location = UriBuilder.of(PATH).path(book.id()).build();
            return EntityTag.of(book).on(HttpResponse.created(book, location));
        });
    }

    /** Stores the good ones of up to 1,000 books, and tells what is wrong with the others. */
    @BookOperation.BulkCreation
    @Secured(Role.WRITES)
    @Post("/bulk")
    HttpResponse<?> createBooks(HttpRequest<?> request, @Parameter(hidden = true) @Body byte[] body)
            throws IOException {
        DraftList<BookDraft> list = drafts.list(body, BookDraft.class);
        return creation.once(
                request,
                body,
                list.good().size(),
                ids -> HttpResponse.ok(list.result(books.createAll(list.good(), ids))));
    }

    /** Changes some fields of a book, by a JSON merge patch. */
    @BookOperation.Patching
    @Secured(Role.WRITES)
    @Patch(
            uri = "/{bookId}",
            consumes = {MERGE_PATCH, MediaType.APPLICATION_JSON})
    HttpResponse<Book> patchBook(HttpRequest<?> request, String bookId, @Parameter(hidden = true) @Body byte[] patch)
            throws IOException {
        return replaced(request, bookId, current -> drafts.patched(BookDraft.of(current), BookDraft.class, patch));
    }

    /** Replaces all that a client may set of a book. */
    @BookOperation.Replacement
    @Secured(Role.WRITES)
    @Put("/{bookId}")
    HttpResponse<Book> replaceBook(HttpRequest<?> request, String bookId, @Parameter(hidden = true) @Body byte[] body)
            throws IOException {
        BookDraft draft = drafts.one(body, BookDraft.class);
        return replaced(request, bookId, current -> draft);
    }

    /** Deletes a book. */
    @BookOperation.Deletion
    @ApiResponse(responseCode = "204", description = "It is gone")
    @Secured(Role.WRITES)
    // Without a body every media type is served.
    @Produces(MediaType.ALL)
    @Delete("/{bookId}")
    HttpResponse<Void> deleteBook(HttpRequest<?> request, String bookId) throws IOException {
        return preconditions.write(request, () -> books.get(bookId), current -> {
            books.delete(current);
            return HttpResponse.noContent();
        });
    }

    private HttpResponse<Book> replaced(HttpRequest<?> request, String bookId, Write<Book, BookDraft> change)
            throws IOException {
        Book stored = preconditions.write(
                request, () -> books.get(bookId), current -> books.replace(current, change.upon(current)));
        return EntityTag.of(stored).on(HttpResponse.ok(stored));
    }
}
