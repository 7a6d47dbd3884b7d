package io.bookstore.api.author;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.bookstore.api.http.precondition.Versioned;
import io.micronaut.data.annotation.DateCreated;
import io.micronaut.data.annotation.DateUpdated;
import io.micronaut.data.annotation.GeneratedValue;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Version;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * An author as stored and as answered.
 *
 * @param id 24 hexadecimal digits; null before it is stored
 * @param birthDate null if unknown
 * @param createdAt null before it is stored
 * @param updatedAt null before it is stored
 * @param version counts the writes, from 0; the {@code ETag} of the author; null before it is stored
 */
@MappedEntity("authors")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Author(
        @Id @GeneratedValue @Nullable String id,
        String name,
        String bio,
        @Nullable Instant birthDate,
        String nationality,
        String website,
        @DateCreated @Nullable Instant createdAt,

        @DateUpdated(truncatedTo = ChronoUnit.MILLIS) @Nullable
        Instant updatedAt,

        @Version @Nullable Long version)
        implements Versioned {

    /** Fills in what an author that an earlier version seeded does not have. */
    @SuppressWarnings("ConstantValue") // what the database holds may be older than these rules
    public Author {
        website = website == null ? "" : website;
    }
}
