package io.bookstore.api.author;

import io.bookstore.api.http.body.DraftList;
import io.bookstore.api.http.body.DraftReader;
import io.bookstore.api.http.idempotency.IdempotentCreation;
import io.bookstore.api.http.idempotency.Insertion;
import io.bookstore.api.http.paging.Paging;
import io.bookstore.api.http.precondition.EntityTag;
import io.bookstore.api.http.precondition.Preconditions;
import io.bookstore.api.http.problem.ProblemAnswers;
import io.bookstore.api.http.problem.ProblemException;
import io.bookstore.api.security.Role;
import io.micronaut.data.model.Page;
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
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.uri.UriBuilder;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.bson.types.ObjectId;

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

    private final AuthorRepository repository;
    private final DraftReader drafts;
    private final IdempotentCreation creation;
    private final Insertion insertion;
    private final Preconditions preconditions;

    AuthorController(
            AuthorRepository repository,
            DraftReader drafts,
            IdempotentCreation creation,
            Insertion insertion,
            Preconditions preconditions) {
        this.repository = repository;
        this.drafts = drafts;
        this.creation = creation;
        this.insertion = insertion;
        this.preconditions = preconditions;
    }

    /** Authors, oldest first. */
    @ApiResponse(
            responseCode = "200",
            description = "The authors of the page",
            content = @Content(schema = @Schema(implementation = AuthorPage.class)))
    @ProblemAnswers.OfJson
    @Get
    AuthorPage listAuthors(
            @Parameter(required = false, schema = @Schema(minimum = "1", maximum = "1000000", defaultValue = "1"))
                    @QueryValue(defaultValue = "1")
                    int page,
            @Parameter(required = false, schema = @Schema(minimum = "1", maximum = "100", defaultValue = "10"))
                    @QueryValue(defaultValue = "10")
                    int pageSize) {
        Paging paging = new Paging(page, pageSize);
        Page<Author> found = repository.findAll(paging.oldestFirst());
        long total = found.getTotalSize();
        return new AuthorPage(found.getContent(), total, page, pageSize, paging.totalPages(total));
    }

    /** An author, with its version as ETag. */
    @ProblemAnswers.OfResource
    @ApiResponse(
            responseCode = "200",
            description = "The author",
            content = @Content(schema = @Schema(implementation = Author.class)))
    @ApiResponse(responseCode = "304", description = "The client knows this version")
    @Operation(
            parameters =
                    @Parameter(
                            name = "If-None-Match",
                            in = ParameterIn.HEADER,
                            description = "The versions that the client knows",
                            schema = @Schema(type = "string", pattern = ProblemAnswers.ETAGS)))
    @ProblemAnswers.OfJson
    @Get("/{authorId}")
    HttpResponse<Author> getAuthor(HttpRequest<?> request, String authorId) {
        return preconditions.answerRead(request, find(authorId));
    }

    /** Stores an author. */
    @ProblemAnswers.OfBody
    @ProblemAnswers.OfCreation
    @ApiResponse(
            responseCode = "201",
            description = "The author; Location says where it is",
            content = @Content(schema = @Schema(implementation = Author.class)))
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = AuthorDraft.class)))
    @Secured(Role.WRITES)
    @ProblemAnswers.OfJson
    @Post
    HttpResponse<?> createAuthor(HttpRequest<?> request, @Parameter(hidden = true) @Body byte[] body)
            throws IOException {
        List<AuthorDraft> draft = List.of(drafts.one(body, AuthorDraft.class));
        return creation.once(request, body, 1, ids -> {
            Author author = saveAll(draft, ids).get(0);
            URI location = UriBuilder.of(PATH).path(author.id()).build();
            return EntityTag.of(author).on(HttpResponse.created(author, location));
        });
    }

    /** Stores the good ones of up to 1,000 authors, and tells what is wrong with the others. */
    @ProblemAnswers.OfBody
    @ProblemAnswers.OfCreation
    @ApiResponse(
            responseCode = "200",
            description = "What became of each",
            content = @Content(schema = @Schema(implementation = DescribedAuthors.class)))
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            array =
                                    @ArraySchema(
                                            schema = @Schema(implementation = AuthorDraft.class),
                                            minItems = 1,
                                            maxItems = 1000)))
    @Secured(Role.WRITES)
    @ProblemAnswers.OfJson
    @Post("/bulk")
    HttpResponse<?> createAuthors(HttpRequest<?> request, @Parameter(hidden = true) @Body byte[] body)
            throws IOException {
        DraftList<AuthorDraft> list = drafts.list(body, AuthorDraft.class);
        return creation.once(
                request, body, list.good().size(), ids -> HttpResponse.ok(list.result(saveAll(list.good(), ids))));
    }

    /** Replaces all that a client may set of an author. */
    @ApiResponse(
            responseCode = "200",
            description = "The author as it is now",
            content = @Content(schema = @Schema(implementation = Author.class)))
    @ProblemAnswers.OfResource
    @ProblemAnswers.OfBody
    @ProblemAnswers.OfWrite
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = AuthorDraft.class)))
    @Secured(Role.WRITES)
    @ProblemAnswers.OfJson
    @Put("/{authorId}")
    HttpResponse<Author> replaceAuthor(
            HttpRequest<?> request, String authorId, @Parameter(hidden = true) @Body byte[] body) throws IOException {
        AuthorDraft draft = drafts.one(body, AuthorDraft.class);
        Author stored = preconditions.write(
                request, () -> find(authorId), current -> repository.update(draft.asReplacementOf(current)));
        return EntityTag.of(stored).on(HttpResponse.ok(stored));
    }

    /** Deletes an author. */
    @ProblemAnswers.OfResource
    @ProblemAnswers.OfWrite
    @ApiResponse(responseCode = "204", description = "It is gone")
    @Secured(Role.WRITES)
    // Without a body every media type is served.
    @Produces(MediaType.ALL)
    @Delete("/{authorId}")
    HttpResponse<Void> deleteAuthor(HttpRequest<?> request, String authorId) throws IOException {
        return preconditions.write(request, () -> find(authorId), current -> {
            repository.delete(current);
            return HttpResponse.noContent();
        });
    }

    private List<Author> saveAll(List<AuthorDraft> drafts, List<String> ids) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        List<Author> created = new ArrayList<>();
        for (int i = 0; i < drafts.size(); i++) {
            created.add(drafts.get(i).toAuthor(ids.get(i), now));
        }
        return insertion.insert(Author.class, created, author -> find(String.valueOf(author.id())));
    }

    private Author find(String id) {
        if (!ObjectId.isValid(id)) {
            throw ProblemException.notFound("author", id);
        }
        return repository.findById(id).orElseThrow(() -> ProblemException.notFound("author", id));
    }
}
