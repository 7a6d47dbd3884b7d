package io.bookstore.api.book;

import io.bookstore.api.http.validation.Isbn13;
import io.bookstore.api.http.validation.PlainText;
import io.micronaut.core.annotation.Introspected;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request that creates or replaces a book, and the rules for it.
 *
 * <p>Every component may be absent from the JSON, so each may be null until the rules have been checked.
 */
@Introspected
@Schema(additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
public record BookDraft(
        @NotBlank @Size(max = 500) @PlainText @Nullable String title,
        @NotBlank @Size(max = 200) @PlainText @Nullable String author,

        @NotBlank
        @Isbn13
        @Schema(
                description = "ISBN-13 with a valid check digit, hyphens allowed",
                pattern = Isbn13.PATTERN,
                example = "978-0-14-018647-5")
        @Nullable
        String isbn,

        @NotNull @DecimalMin("0") @DecimalMax("100000") @Digits(integer = 6, fraction = 2)
        BigDecimal price,

        @Size(max = 100) @PlainText @Nullable String genre,
        @Size(max = 10_000) @PlainText @Nullable String description,
        @Nullable Instant publishedDate,
        @Min(0) @Max(1_000_000) @Nullable Integer stockQuantity) {

    /** Returns the draft that would make this book. */
    static BookDraft of(Book book) {
        return new BookDraft(
                book.title(),
                book.author(),
                book.isbn(),
                book.price(),
                book.genre(),
                book.description(),
                book.publishedDate(),
                book.stockQuantity());
    }

    /** A new book of this draft. Call only after the rules have been checked. */
    Book toBook(String id, Instant now) {
        return book(id, now, now, 0L);
    }

    /** The given book with everything a client may set taken from this draft. */
    Book asReplacementOf(Book previous) {
        return book(previous.id(), previous.createdAt(), null, previous.version());
    }

    private Book book(
            @Nullable String id, @Nullable Instant createdAt, @Nullable Instant updatedAt, @Nullable Long version) {
        return new Book(
                id,
                required(title),
                required(author),
                required(isbn).replace("-", ""),
                required(price),
                genre == null ? "" : genre,
                description == null ? "" : description,
                publishedDate,
                stockQuantity == null ? 0 : stockQuantity,
                createdAt,
                updatedAt,
                version);
    }

    private static <T> T required(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("A draft was used before its rules were checked");
        }
        return value;
    }
}
