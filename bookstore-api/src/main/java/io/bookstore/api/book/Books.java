package io.bookstore.api.book;

import com.mongodb.client.model.Filters;
import io.bookstore.api.paging.Paging;
import io.bookstore.api.problem.ProblemException;
import io.micronaut.data.model.Page;
import jakarta.inject.Singleton;
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

    Books(BookRepository repository) {
        this.repository = repository;
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
        Pattern literal = Pattern.compile(escaped(text), Pattern.CASE_INSENSITIVE);
        return page(
                Filters.or(
                        Filters.regex("title", literal),
                        Filters.regex("author", literal),
                        Filters.regex("description", literal)),
                paging);
    }

    List<Book> createAll(List<BookDraft> drafts) {
        return repository.saveAll(drafts.stream().map(BookDraft::toBook).toList());
    }

    Book create(BookDraft draft) {
        return repository.save(draft.toBook());
    }

    Book replace(Book current, BookDraft draft) {
        return repository.update(draft.asReplacementOf(current));
    }

    void delete(Book book) {
        repository.delete(book);
    }

    /** Not {@link Pattern#quote}: MongoDB's engine and Java's read the same backslashes in the same way. */
    private static String escaped(String text) {
        return text.replaceAll("[^\\p{L}\\p{N}\\p{M}\\s]", "\\\\$0");
    }

    private BookPage page(Bson filter, Paging paging) {
        Page<Book> page = repository.findAll(filter, paging.oldestFirst());
        long total = page.getTotalSize();
        return new BookPage(page.getContent(), total, paging.page(), paging.pageSize(), paging.totalPages(total));
    }
}
