package io.bookstore.simulator.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A part of a request, for conditions to look at and for templates to repeat.
 *
 * @param argument the name of a header or the path into a body; empty for all other kinds
 * @param path     that of a body; null for all other kinds
 */
record RequestPart(Kind kind, String argument, @Nullable JsonPath path) {

    /** The kinds of parts, by their key in a file. */
    enum Kind {
        MODEL("model", ""),
        PROMPT("prompt", ""),
        TURN("turn", ""),
        TOOL("tool", ""),
        TOOL_RESULT("toolResult", ""),
        HEADER("header", " NAME"),
        BODY("body", " $.PATH");

        private final String key;
        private final String argument;

        Kind(String key, String argument) {
            this.key = key;
            this.argument = argument;
        }

        String key() {
            return key;
        }

        boolean hasArgument() {
            return !argument.isEmpty();
        }
    }

    static RequestPart of(Kind kind) {
        return new RequestPart(kind, "", null);
    }

    /** @throws IllegalArgumentException if the argument is no name, or no path */
    static RequestPart of(Kind kind, String argument) {
        if (kind == Kind.BODY) {
            return new RequestPart(kind, argument, JsonPath.of(argument));
        }
        if (argument.isBlank()) {
            throw new IllegalArgumentException("The name of a header must not be empty");
        }
        return new RequestPart(kind, argument.toLowerCase(Locale.ROOT), null);
    }

    /**
     * Reads a part as a template writes it: {@code prompt}, {@code header x-tenant}.
     *
     * @throws IllegalArgumentException if there is no such part; the message lists those there are
     */
    static RequestPart parse(String text) {
        String[] words = text.strip().split("\\s+", 2);
        for (Kind kind : Kind.values()) {
            if (kind.key.equals(words[0]) && kind.hasArgument() == (words.length == 2)) {
                return kind.hasArgument() ? of(kind, words[1]) : of(kind);
            }
        }
        throw new IllegalArgumentException("There is no template {{" + text + "}}; use "
                + Arrays.stream(Kind.values())
                        .map(kind -> "{{" + kind.key + kind.argument + "}}")
                        .collect(Collectors.joining(", "))
                + ", or \\{{ for two braces");
    }

    /** The values of the part in a request, of which a condition needs one. */
    List<String> values(RuleRequest request) {
        return switch (kind) {
            case MODEL -> List.of(request.model());
            case PROMPT -> List.of(request.conversation().prompt());
            case TURN -> List.of(String.valueOf(request.conversation().turn()));
            case TOOL -> request.conversation().tools();
            case TOOL_RESULT -> request.conversation().toolResults();
            case HEADER -> request.header(argument);
            case BODY ->
                path == null
                        ? List.of()
                        : path.find(request.body()).stream()
                                .map(RequestPart::text)
                                .toList();
        };
    }

    /** The values as a template shows them; empty if there is none. */
    String shown(RuleRequest request) {
        return String.join(", ", values(request));
    }

    private static String text(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.toString();
    }
}
