package io.bookstore.api.author;

import io.bookstore.api.http.validation.PlainText;
import io.micronaut.core.annotation.Introspected;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request that creates or replaces an author, and the rules for it.
 *
 * <p>Every component may be absent from the JSON, so each may be null until the rules have been checked.
 */
@Introspected
@Schema(additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
public record AuthorDraft(
        @NotBlank @Size(max = 200) @PlainText @Nullable String name,
        @Size(max = 10_000) @PlainText @Nullable String bio,
        @Nullable Instant birthDate,
        @Size(max = 100) @PlainText @Nullable String nationality,

        @Size(max = 500)
        @PlainText
        @Pattern(regexp = "(https?://[^\\s]+)?", message = "must be an http or https address")
        @Nullable
        String website) {

    /** A new author of this draft. Call only after the rules have been checked. */
    Author toAuthor(String id, Instant now) {
        return author(id, now, now, 0L);
    }

    /** The given author with everything a client may set taken from this draft. */
    Author asReplacementOf(Author previous) {
        return author(previous.id(), previous.createdAt(), null, previous.version());
    }

    private Author author(
            @Nullable String id, @Nullable Instant createdAt, @Nullable Instant updatedAt, @Nullable Long version) {
        if (name == null) {
            throw new IllegalStateException("A draft was used before its rules were checked");
        }
        return new Author(
                id,
                name,
                bio == null ? "" : bio,
                birthDate,
                nationality == null ? "" : nationality,
                website == null ? "" : website,
                createdAt,
                updatedAt,
                version);
    }
}
