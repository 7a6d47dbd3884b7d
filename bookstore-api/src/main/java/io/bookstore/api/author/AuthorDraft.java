package io.bookstore.api.author;

import io.bookstore.api.validation.PlainText;
import io.micronaut.core.annotation.Introspected;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends to create or replace an author, and the rules for it.
 *
 * <p>Every component may be absent from the JSON, so each may be null until the rules have been checked.
 */
@Introspected
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

    /** A new author, or the given one with everything a client may set taken from this draft. */
    Author asReplacementOf(@Nullable Author previous) {
        if (name == null) {
            throw new IllegalStateException("A draft was used before its rules were checked");
        }
        return new Author(
                previous == null ? null : previous.id(),
                name,
                bio == null ? "" : bio,
                birthDate,
                nationality == null ? "" : nationality,
                website == null ? "" : website,
                previous == null ? null : previous.createdAt(),
                null,
                previous == null ? null : previous.version());
    }
}
