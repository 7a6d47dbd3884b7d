package io.bookstore.api.author;

import io.bookstore.api.json.BulkResult;
import io.bookstore.api.json.DraftReader;
import io.bookstore.api.paging.Paging;
import io.bookstore.api.precondition.EntityTag;
import io.bookstore.api.problem.ProblemException;
import io.micronaut.data.model.Page;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.uri.UriBuilder;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;
import java.util.List;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** The routes of authors. */
@Controller(AuthorController.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
class AuthorController {

    static final String PATH = "/api/v1/Authors";

    private final AuthorRepository repository;
    private final DraftReader drafts;

    AuthorController(AuthorRepository repository, DraftReader drafts) {
        this.repository = repository;
        this.drafts = drafts;
    }

    @Get
    AuthorPage list(@QueryValue(defaultValue = "1") int page, @QueryValue(defaultValue = "10") int pageSize) {
        Paging paging = new Paging(page, pageSize);
        Page<Author> found = repository.findAll(paging.oldestFirst());
        long total = found.getTotalSize();
        return new AuthorPage(found.getContent(), total, page, pageSize, paging.totalPages(total));
    }

    @Get("/{authorId}")
    HttpResponse<Author> get(String authorId) {
        return withVersion(HttpResponse.ok(), find(authorId));
    }

    @Post
    HttpResponse<Author> create(@Body byte[] body) throws IOException {
        Author author = repository.save(drafts.one(body, AuthorDraft.class).asReplacementOf(null));
        return withVersion(
                HttpResponse.created(UriBuilder.of(PATH).path(author.id()).build()), author);
    }

    @Post("/bulk")
    BulkResult<Author> createAll(@Body byte[] list) throws IOException {
        return drafts.bulk(list, AuthorDraft.class, this::saveAll);
    }

    @Put("/{authorId}")
    HttpResponse<Author> replace(
            String authorId, @Body byte[] body, @Nullable @Header(HttpHeaders.IF_MATCH) String ifMatch)
            throws IOException {
        AuthorDraft draft = drafts.one(body, AuthorDraft.class);
        Author current = find(authorId);
        EntityTag.of(current.version()).mustMatch(ifMatch);
        return withVersion(HttpResponse.ok(), repository.update(draft.asReplacementOf(current)));
    }

    @Delete("/{authorId}")
    HttpResponse<Void> delete(String authorId, @Nullable @Header(HttpHeaders.IF_MATCH) String ifMatch) {
        Author current = find(authorId);
        EntityTag.of(current.version()).mustMatch(ifMatch);
        repository.delete(current);
        return HttpResponse.noContent();
    }

    private List<Author> saveAll(List<AuthorDraft> authors) {
        return repository.saveAll(
                authors.stream().map(draft -> draft.asReplacementOf(null)).toList());
    }

    private Author find(String id) {
        if (!ObjectId.isValid(id)) {
            throw ProblemException.notFound("author", id);
        }
        return repository.findById(id).orElseThrow(() -> ProblemException.notFound("author", id));
    }

    private static HttpResponse<Author> withVersion(MutableHttpResponse<Author> response, Author author) {
        return response.body(author)
                .header(HttpHeaders.ETAG, EntityTag.of(author.version()).toString());
    }
}
