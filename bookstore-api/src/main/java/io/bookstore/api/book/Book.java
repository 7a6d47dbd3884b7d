package io.bookstore.api.book;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.bookstore.api.http.precondition.Versioned;
import io.micronaut.data.annotation.DateCreated;
import io.micronaut.data.annotation.DateUpdated;
import io.micronaut.data.annotation.GeneratedValue;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Version;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A book as it is stored and as it is answered.
 *
 * @param id 24 hexadecimal digits; null before it is stored
 * @param isbn thirteen digits, without hyphens
 * @param price in US dollars, stored as a decimal
 * @param publishedDate null if unknown
 * @param createdAt null before it is stored
 * @param updatedAt null before it is stored
 * @param version counts the writes, from 0; the {@code ETag} of the book; null before it is stored
 */
@MappedEntity("books")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Book(
        @Id @GeneratedValue @Nullable String id,
        String title,
        String author,
        String isbn,
        BigDecimal price,
        String genre,
        String description,
        @Nullable Instant publishedDate,
        int stockQuantity,
        @DateCreated @Nullable Instant createdAt,

        @DateUpdated(truncatedTo = ChronoUnit.MILLIS) @Nullable
        Instant updatedAt,

        @Version @Nullable Long version)
        implements Versioned {}
