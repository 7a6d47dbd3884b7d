package io.bookstore.api.author;

import io.bookstore.api.http.body.DraftList;
import io.bookstore.api.http.body.DraftReader;
import io.bookstore.api.http.idempotency.IdempotentCreation;
import io.bookstore.api.http.paging.PageNumber;
import io.bookstore.api.http.paging.PageSize;
import io.bookstore.api.http.paging.Paging;
import io.bookstore.api.http.precondition.EntityTag;
import io.bookstore.api.http.precondition.Preconditions;
import io.bookstore.api.http.problem.ProblemAnswers;
import io.bookstore.api.security.Role;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.Put;
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

/** The routes of authors. */
@Tag(name = "Authors")
@ProblemAnswers
@ProblemAnswers.OfGuard
@ProblemAnswers.OfDatabase
@Secured(Role.READS)
@Controller(AuthorController.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
class AuthorController {

    static final String PATH = "/api/v1/Authors";

    private final Authors authors;
    private final DraftReader drafts;
    private final IdempotentCreation creation;
    private final Preconditions preconditions;

    AuthorController(Authors authors, DraftReader drafts, IdempotentCreation creation, Preconditions preconditions) {
        this.authors = authors;
        this.drafts = drafts;
        this.creation = creation;
        this.preconditions = preconditions;
    }

    /** Authors, oldest first. */
    @AuthorOperation.Listing
    @Get
    AuthorPage listAuthors(@PageNumber int page, @PageSize int pageSize) {
        return authors.list(new Paging(page, pageSize));
    }

    /** An author, with its version as ETag. */
    @AuthorOperation.Reading
    @Get("/{authorId}")
    HttpResponse<Author> getAuthor(HttpRequest<?> request, String authorId) {
        return preconditions.answerRead(request, authors.get(authorId));
    }

    /** Stores an author. */
    @AuthorOperation.Creation
    @ApiResponse(
            responseCode = "201",
            description = "The author; Location says where it is",
            content = @Content(schema = @Schema(implementation = Author.class)))
    @Secured(Role.WRITES)
    @Post
    HttpResponse<?> createAuthor(HttpRequest<?> request, @Parameter(hidden = true) @Body byte[] body)
            throws IOException {
        List<AuthorDraft> draft = List.of(drafts.one(body, AuthorDraft.class));
        return creation.once(request, body, 1, ids -> {
            Author author = authors.createAll(draft, ids).get(0);
            URI location = UriBuilder.of(PATH).path(author.id()).build();
            return EntityTag.of(author).on(HttpResponse.created(author, location));
        });
    }

    /** Stores the good ones of up to 1,000 authors, and tells what is wrong with the others. */
    @AuthorOperation.BulkCreation
    @Secured(Role.WRITES)
    @Post("/bulk")
    HttpResponse<?> createAuthors(HttpRequest<?> request, @Parameter(hidden = true) @Body byte[] body)
            throws IOException {
        DraftList<AuthorDraft> list = drafts.list(body, AuthorDraft.class);
        return creation.once(
                request,
                body,
                list.good().size(),
                ids -> HttpResponse.ok(list.result(authors.createAll(list.good(), ids))));
    }

    /** Replaces all that a client may set of an author. */
    @AuthorOperation.Replacement
    @Secured(Role.WRITES)
    @Put("/{authorId}")
    HttpResponse<Author> replaceAuthor(
            HttpRequest<?> request, String authorId, @Parameter(hidden = true) @Body byte[] body) throws IOException {
        AuthorDraft draft = drafts.one(body, AuthorDraft.class);
        Author stored =
                preconditions.write(request, () -> authors.get(authorId), current -> authors.replace(current, draft));
        return EntityTag.of(stored).on(HttpResponse.ok(stored));
    }

    /** Deletes an author. */
    @AuthorOperation.Deletion
    @ApiResponse(responseCode = "204", description = "It is gone")
    @Secured(Role.WRITES)
    // Without a body every media type is served.
    @Produces(MediaType.ALL)
    @Delete("/{authorId}")
    HttpResponse<Void> deleteAuthor(HttpRequest<?> request, String authorId) throws IOException {
        return preconditions.write(request, () -> authors.get(authorId), current -> {
            authors.delete(current);
            return HttpResponse.noContent();
        });
    }
}
