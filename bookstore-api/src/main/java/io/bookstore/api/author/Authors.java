package io.bookstore.api.author;

import io.bookstore.api.http.idempotency.Insertion;
import io.bookstore.api.http.paging.Paging;
import io.bookstore.api.http.problem.ProblemException;
import io.micronaut.data.model.Page;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.bson.types.ObjectId;

/** The authors of the store. */
@Singleton
final class Authors {

    private final AuthorRepository repository;
    private final Insertion insertion;

    Authors(AuthorRepository repository, Insertion insertion) {
        this.repository = repository;
        this.insertion = insertion;
    }

    /**
     * Returns the author.
     *
     * @throws ProblemException if there is none with that id; an id that no author can have is an id that no author has
     */
    Author get(String id) {
        if (!ObjectId.isValid(id)) {
            throw ProblemException.notFound("author", id);
        }
        return repository.findById(id).orElseThrow(() -> ProblemException.notFound("author", id));
    }

    AuthorPage list(Paging paging) {
        Page<Author> page = repository.findAll(paging.oldestFirst());
        long total = page.getTotalSize();
        return new AuthorPage(page.getContent(), total, paging.page(), paging.pageSize(), paging.totalPages(total));
    }

    /** Stores an author of each draft under the id at its place; see {@link Insertion}. */
    List<Author> createAll(List<AuthorDraft> drafts, List<String> ids) {
        // MongoDB keeps milliseconds, and the first answer says what all later ones will.
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        List<Author> created = new ArrayList<>();
        for (int i = 0; i < drafts.size(); i++) {
            created.add(drafts.get(i).toAuthor(ids.get(i), now));
        }
        return insertion.insert(Author.class, created, author -> get(String.valueOf(author.id())));
    }

    Author replace(Author current, AuthorDraft draft) {
        return repository.update(draft.asReplacementOf(current));
    }

    void delete(Author author) {
        repository.delete(author);
    }
}
