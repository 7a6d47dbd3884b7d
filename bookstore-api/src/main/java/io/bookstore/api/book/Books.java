package io.bookstore.api.book;

import com.mongodb.client.model.Filters;
import io.bookstore.api.http.idempotency.Insertion;
import io.bookstore.api.http.paging.Paging;
import io.bookstore.api.http.problem.ProblemException;
import io.micronaut.data.model.Page;
import jakarta.inject.Singleton;
import java.text.Normalizer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** The books of the store. */
@Singleton
public class Books {

    private final BookRepository repository;
    private final Insertion insertion;

    Books(BookRepository repository, Insertion insertion) {
        this.repository = repository;
        this.insertion = insertion;
    }

    /**
     * Returns the book.
     *
     * @throws ProblemException if there is none with that id; an id that no book can have is an id that no book has
     */
    public Book get(String id) {
        if (!ObjectId.isValid(id)) {
            throw ProblemException.notFound("book", id);
        }
        return repository.findById(id).orElseThrow(() -> ProblemException.notFound("book", id));
    }

    BookPage list(@Nullable String genre, @Nullable String author, Paging paging) {
        List<Bson> filters = new ArrayList<>();
        if (genre != null) {
            filters.add(Filters.eq("genre", genre));
        }
        if (author != null) {
            filters.add(Filters.eq("author", author));
        }
        return page(filters.isEmpty() ? Filters.empty() : Filters.and(filters), paging);
    }

    /** Books with that text in title, author or description, whatever its case; every character stands for itself. */
    BookPage search(String text, Paging paging) {
        // Two spellings of one text, such as "é" and "e" with an accent; what is stored keeps the one it came with.
        String composed = escaped(Normalizer.normalize(text, Normalizer.Form.NFC));
        String decomposed = escaped(Normalizer.normalize(text, Normalizer.Form.NFD));
        String either = composed.equals(decomposed) ? composed : "(?:" + composed + "|" + decomposed + ")";
        Pattern literal = Pattern.compile(either, Pattern.CASE_INSENSITIVE);
        return page(
                Filters.or(
                        Filters.regex("title", literal),
                        Filters.regex("author", literal),
                        Filters.regex("description", literal)),
                paging);
    }

    /** Stores a book of each draft under the id at its place; see {@link Insertion}. */
    List<Book> createAll(List<BookDraft> drafts, List<String> ids) {
        // MongoDB keeps milliseconds, and the first answer says what all later ones will.
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        List<Book> created = new ArrayList<>();
        for (int i = 0; i < drafts.size(); i++) {
            created.add(drafts.get(i).toBook(ids.get(i), now));
        }
        return insertion.insert(Book.class, created, book -> get(String.valueOf(book.id())));
    }

    Book replace(Book current, BookDraft draft) {
        return repository.update(draft.asReplacementOf(current));
    }

    void delete(Book book) {
        repository.delete(book);
    }

    /** Escapes every character; {@link Pattern#quote} would write what MongoDB's engine does not read. */
    private static String escaped(String text) {
        return text.replaceAll("[^\\p{L}\\p{N}\\p{M}\\s]", "\\\\$0");
    }

    private BookPage page(Bson filter, Paging paging) {
        Page<Book> page = repository.findAll(filter, paging.oldestFirst());
        long total = page.getTotalSize();
        return new BookPage(page.getContent(), total, paging.page(), paging.pageSize(), paging.totalPages(total));
    }
}
