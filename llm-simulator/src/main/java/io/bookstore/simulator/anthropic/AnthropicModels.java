package io.bookstore.simulator.anthropic;

import io.bookstore.simulator.wire.Json;
import io.bookstore.simulator.wire.Refusal.Kind;
import io.bookstore.simulator.wire.RefusedException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The list of models: https://docs.claude.com/en/api/models-list. Any model is served whose name begins with {@code claude}. */
final class AnthropicModels {

    private static final String PATH = "/v1/models/";
    private static final List<String> LISTED = List.of("claude-sonnet-4-5", "claude-haiku-4-5");

    // The real dates differ by model; one that never changes keeps two runs equal.
    private static final String CREATED = "2025-09-29T00:00:00Z";

    private AnthropicModels() {}

    static String list() {
        return LISTED.stream()
                .map(AnthropicModels::document)
                .collect(Collectors.joining(
                        ",",
                        "{\"data\":[",
                        "],\"has_more\":false,\"first_id\":" + Json.quote(LISTED.get(0)) + ",\"last_id\":"
                                + Json.quote(LISTED.get(LISTED.size() - 1)) + "}"));
    }

    /** @throws RefusedException if there is none of that name */
    static String model(String path) {
        return document(known(path.substring(PATH.length())));
    }

    /**
     * Returns the name.
     *
     * @throws RefusedException if there is no model of that name
     */
    static String known(String name) {
        if (!name.startsWith("claude")) {
            throw new RefusedException(Kind.UNKNOWN_MODEL, "model: " + name);
        }
        return name;
    }

    private static String document(String name) {
        return "{\"type\":\"model\",\"id\":" + Json.quote(name) + ",\"display_name\":" + Json.quote(displayName(name))
                + ",\"created_at\":\"" + CREATED + "\"}";
    }

    /** {@code claude-sonnet-4-5-20250929} is shown as {@code Claude Sonnet 4.5}. */
    private static String displayName(String name) {
        String words = Stream.of(name.split("-"))
                .filter(part -> !part.isEmpty() && !part.matches("[0-9]{8}"))
                .map(part -> part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1))
                .collect(Collectors.joining(" "));
        return words.replaceAll("(?<=[0-9]) (?=[0-9])", ".");
    }
}
