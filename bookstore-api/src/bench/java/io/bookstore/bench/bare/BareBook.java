package io.bookstore.bench.bare;

import io.micronaut.data.annotation.GeneratedValue;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The fields of the service's book. */
@MappedEntity("books")
record BareBook(
        @Id @GeneratedValue @Nullable String id,
        String title,
        String author,
        String isbn,
        BigDecimal price,
        String genre,
        String description,
        @Nullable Instant publishedDate,
        int stockQuantity,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt,
        @Nullable Long version) {}
