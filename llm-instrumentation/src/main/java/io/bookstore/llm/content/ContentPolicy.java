package io.bookstore.llm.content;

import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Decides what of a call's content goes onto its span. An exception of it costs the content, never the call.
 *
 * <p>Content is personal data more often than not: the default of the library is to capture none.
 */
@FunctionalInterface
public interface ContentPolicy {

    /** Returns the part of {@code content} that may be kept; null for nothing. */
    @Nullable
    Content apply(Content content);

    /** Everything as it is. */
    static ContentPolicy everything() {
        return content -> content;
    }

    /** Everything after {@code redactor} has seen each text. */
    static ContentPolicy redacted(UnaryOperator<String> redactor) {
        Objects.requireNonNull(redactor, "redactor");
        return content -> content.edited(redactor);
    }

    /** Cuts each text that this policy keeps at so many characters. */
    default ContentPolicy cutAt(int maxCharacters) {
        if (maxCharacters < 1) {
            throw new IllegalArgumentException("maxCharacters must be >= 1, was " + maxCharacters);
        }
        return content -> {
            Content kept = apply(content);
            return kept == null
                    ? null
                    : kept.edited(text -> text.length() <= maxCharacters ? text : text.substring(0, maxCharacters));
        };
    }
}
