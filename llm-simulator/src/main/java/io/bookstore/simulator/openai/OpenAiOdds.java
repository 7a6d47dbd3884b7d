package io.bookstore.simulator.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.wire.Json;
import io.bookstore.simulator.wire.TokenOdds.Candidate;
import io.bookstore.simulator.wire.TokenOdds.Token;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Log probabilities of the tokens of a text: {@code logprobs} and {@code top_logprobs} of
 * https://platform.openai.com/docs/api-reference/chat/object and of https://platform.openai.com/docs/api-reference/responses/create.
 */
final class OpenAiOdds {

    private static final int MOST_CHOICES = 128;
    private static final int MOST_LIKELIEST = 20;
    private static final String TOP = "top_logprobs";
    private static final String INCLUDED = "message.output_text.logprobs";

    private OpenAiOdds() {}

    /** Reads {@code n}. */
    static int choices(JsonNode number) {
        if (OpenAiTools.isAbsent(number)) {
            return 1;
        }
        if (!number.isInt()) {
            throw OpenAiInvalid.wrongType("n", "an integer", number);
        }
        if (number.intValue() < 1) {
            throw OpenAiInvalid.belowMinimum("n", "integer", 1, number);
        }
        if (number.intValue() > MOST_CHOICES) {
            throw OpenAiInvalid.aboveMaximum("n", "integer", MOST_CHOICES, number);
        }
        return number.intValue();
    }

    /** Reads the parameters of a chat; null if no log probabilities are asked for. */
    static @Nullable Integer ofChat(JsonNode body, OpenAiModel model) {
        JsonNode wanted = body.path("logprobs");
        if (!OpenAiTools.isAbsent(wanted) && !wanted.isBoolean()) {
            throw OpenAiInvalid.wrongType("logprobs", "a boolean", wanted);
        }
        int likeliest = likeliest(body.path(TOP));
        if (!wanted.asBoolean(false)) {
            if (likeliest > 0) {
                throw OpenAiInvalid.value(
                        TOP, "Invalid 'top_logprobs': 'logprobs' must be set to true if 'top_logprobs' is used.");
            }
            return null;
        }
        requireNoReasoning("logprobs", model);
        return likeliest;
    }

    /** Reads the parameters of a response; null if no log probabilities are asked for. */
    static @Nullable Integer ofResponse(JsonNode body, OpenAiModel model) {
        int likeliest = likeliest(body.path(TOP));
        boolean included = false;
        for (JsonNode each : body.path("include")) {
            included |= each.asText().equals(INCLUDED);
        }
        if (likeliest > 0 || included) {
            requireNoReasoning(likeliest > 0 ? TOP : "include", model);
        }
        return included ? Integer.valueOf(likeliest) : null;
    }

    private static void requireNoReasoning(String parameter, OpenAiModel model) {
        if (model.reasons()) {
            throw OpenAiInvalid.unsupportedParameter(parameter, "");
        }
    }

    private static int likeliest(JsonNode number) {
        if (OpenAiTools.isAbsent(number)) {
            return 0;
        }
        if (!number.isInt()) {
            throw OpenAiInvalid.wrongType(TOP, "an integer", number);
        }
        if (number.intValue() < 0) {
            throw OpenAiInvalid.belowMinimum(TOP, "integer", 0, number);
        }
        if (number.intValue() > MOST_LIKELIEST) {
            throw OpenAiInvalid.aboveMaximum(TOP, "integer", MOST_LIKELIEST, number);
        }
        return number.intValue();
    }

    /**
     * The list of tokens.
     *
     * @param bytes true if each token comes with its bytes, as everywhere but in the deltas of a response
     */
    static String list(List<Token> tokens, boolean bytes) {
        return tokens.stream()
                .map(token -> "{" + candidate(token.chosen(), bytes) + ",\"top_logprobs\":["
                        + token.top().stream()
                                .map(each -> "{" + candidate(each, bytes) + "}")
                                .collect(Collectors.joining(","))
                        + "]}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String candidate(Candidate candidate, boolean bytes) {
        return "\"token\":" + Json.quote(candidate.text()) + ",\"logprob\":" + candidate.logProbability()
                + (bytes ? ",\"bytes\":" + bytes(candidate.text()) : "");
    }

    private static String bytes(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return IntStream.range(0, bytes.length)
                .mapToObj(i -> String.valueOf(bytes[i] & 0xFF))
                .collect(Collectors.joining(",", "[", "]"));
    }
}
