package io.bookstore.simulator.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.wire.Json;
import io.bookstore.simulator.wire.Refusal;
import io.bookstore.simulator.wire.Refusal.Kind;
import io.bookstore.simulator.wire.RefusedException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The limits of a model. Only OpenAI's own have limits: the compatible servers serve whatever their owner has
 * loaded, under any name but one that begins with {@code unknown}.
 *
 * @param contextTokens of prompt and answer together
 * @param outputTokens  of the longest answer
 */
record OpenAiModel(String prefix, int contextTokens, int outputTokens) {

    private static final String UNKNOWN = "unknown";

    // https://platform.openai.com/docs/models; the longer prefix comes first.
    private static final List<OpenAiModel> known = List.of(
            new OpenAiModel("gpt-4.1", 1_047_576, 32_768),
            new OpenAiModel("gpt-4o", 128_000, 16_384),
            new OpenAiModel("gpt-5", 400_000, 128_000),
            new OpenAiModel("o1", 200_000, 100_000),
            new OpenAiModel("o3", 200_000, 100_000),
            new OpenAiModel("o4", 200_000, 100_000),
            new OpenAiModel("text-embedding-", 8_192, 0));

    private static final Pattern own = Pattern.compile("gpt-[0-9]|chatgpt-|o[0-9]");
    private static final Set<String> REASONING = Set.of("gpt-5", "o1", "o3", "o4");
    private static final List<String> LISTED = List.of("gpt-4o-mini", "text-embedding-3-small");

    // The real dates differ by model; one that never changes keeps two runs equal.
    private static final long CREATED = 1_721_172_741;

    private static final OpenAiModel WITHOUT_LIMITS = new OpenAiModel("", Integer.MAX_VALUE, Integer.MAX_VALUE);

    /** Returns whether a name is one of OpenAI's own; compatible servers ignore parameters that they do not know. */
    static boolean isOwn(String name) {
        return own.matcher(name).lookingAt();
    }

    /** Returns whether the model reasons, and so takes neither a temperature nor {@code max_tokens}. */
    boolean reasons() {
        return REASONING.contains(prefix);
    }

    /** The list of models: https://platform.openai.com/docs/api-reference/models/list. */
    static String list() {
        return LISTED.stream()
                .map(OpenAiModel::document)
                .collect(Collectors.joining(",", "{\"object\":\"list\",\"data\":[", "]}"));
    }

    /** @throws RefusedException if there is none of that name */
    static String document(String name) {
        named(name);
        return "{\"id\":" + Json.quote(name) + ",\"object\":\"model\",\"created\":" + CREATED
                + ",\"owned_by\":\"simulator\"}";
    }

    /** @throws RefusedException if there is none of that name */
    static OpenAiModel named(String name) {
        if (name.startsWith(UNKNOWN)) {
            throw new RefusedException(
                    Kind.UNKNOWN_MODEL, "The model `" + name + "` does not exist or you do not have access to it.");
        }
        return known.stream()
                .filter(model -> name.startsWith(model.prefix()))
                .findFirst()
                .orElse(WITHOUT_LIMITS);
    }

    void requireOutputTokens(String key, JsonNode limit) {
        if (limit.intValue() > outputTokens) {
            throw OpenAiInvalid.value(
                    key,
                    key + " is too large: " + limit + ". This model supports at most " + outputTokens
                            + " completion tokens, whereas you provided " + limit + ".");
        }
    }

    void requireInputTokens(String parameter, int inputTokens) {
        if (inputTokens > contextTokens) {
            throw new RefusedException(
                    Kind.PROMPT_TOO_LONG,
                    "This model's maximum context length is " + contextTokens
                            + " tokens. However, your messages resulted in " + inputTokens
                            + " tokens. Please reduce the length of the messages.",
                    new Refusal.Detail(parameter, "context_length_exceeded"));
        }
    }
}
