package io.bookstore.llm.content;

import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A message of a conversation.
 *
 * @param role         {@code system}, {@code user}, {@code assistant} or {@code tool}
 * @param parts        in their order
 * @param finishReason of an answer; the schema of answers requires one; null for what was asked
 * @param name         of the participant, as the host tells it to the model; null if it does not
 */
public record Message(
        String role,
        List<Part> parts,
        @Nullable String finishReason,
        @Nullable String name) {

    public Message {
        Objects.requireNonNull(role, "role");
        parts = List.copyOf(parts);
    }

    /** A message of a participant without a name. */
    public Message(String role, List<Part> parts, @Nullable String finishReason) {
        this(role, parts, finishReason, null);
    }

    public static Message user(String text) {
        return new Message("user", List.of(new Part.Text(text)), null);
    }

    /** An answer that ended by itself. */
    public static Message assistant(String text) {
        return new Message("assistant", List.of(new Part.Text(text)), "stop");
    }

    Message edited(UnaryOperator<String> edit) {
        return new Message(
                role,
                parts.stream().map(part -> part.edited(edit)).toList(),
                finishReason,
                name == null ? null : edit.apply(name));
    }
}
