package io.bookstore.simulator.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.wire.Json;
import io.bookstore.simulator.wire.Refusal.Kind;
import io.bookstore.simulator.wire.RefusedException;
import io.bookstore.simulator.wire.TokenOdds.Candidate;
import io.bookstore.simulator.wire.TokenOdds.Token;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Log probabilities, which Ollama has from 0.12.11 on: {@code logprobs} and {@code top_logprobs} of
 * https://github.com/ollama/ollama/blob/main/docs/api.md, in the shape of its {@code server/logprob.go}.
 */
final class OllamaOdds {

    private static final int MOST_LIKELIEST = 20;

    private OllamaOdds() {}

    /** The number of likeliest tokens in each place; null if no log probabilities are asked for. */
    static @Nullable Integer read(JsonNode body) {
        JsonNode wanted = body.path("logprobs");
        JsonNode likeliest = body.path("top_logprobs");
        if (!isAbsent(wanted) && !wanted.isBoolean()) {
            throw wrongType("logprobs", wanted, "bool");
        }
        if (!isAbsent(likeliest) && !likeliest.isInt()) {
            throw wrongType("top_logprobs", likeliest, "int");
        }
        if (likeliest.asInt(0) < 0 || likeliest.asInt(0) > MOST_LIKELIEST) {
            throw new RefusedException(Kind.INVALID_REQUEST, "top_logprobs must be between 0 and " + MOST_LIKELIEST);
        }
        return wanted.asBoolean(false) ? Integer.valueOf(likeliest.asInt(0)) : null;
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    /** The words of Go's decoder. */
    private static RefusedException wrongType(String name, JsonNode value, String type) {
        String found = value.isBoolean()
                ? "bool"
                : value.getNodeType().name().toLowerCase(Locale.ROOT)
                        + (value.isFloat() || value.isDouble() ? " " + value : "");
        return new RefusedException(
                Kind.INVALID_REQUEST,
                "json: cannot unmarshal " + found + " into Go struct field ." + name + " of type " + type);
    }

    /** The member of an answer or of a line; empty if there are no tokens. */
    static String member(List<Token> tokens) {
        return tokens.isEmpty()
                ? ""
                : tokens.stream().map(OllamaOdds::token).collect(Collectors.joining(",", ",\"logprobs\":[", "]"));
    }

    private static String token(Token token) {
        String top =
                token.top().stream().map(each -> "{" + candidate(each) + "}").collect(Collectors.joining(","));
        return "{" + candidate(token.chosen()) + (top.isEmpty() ? "" : ",\"top_logprobs\":[" + top + "]") + "}";
    }

    private static String candidate(Candidate candidate) {
        byte[] bytes = candidate.text().getBytes(StandardCharsets.UTF_8);
        return "\"token\":" + Json.quote(candidate.text()) + ",\"logprob\":" + candidate.logProbability()
                + IntStream.range(0, bytes.length)
                        .mapToObj(i -> String.valueOf(bytes[i] & 0xFF))
                        .collect(Collectors.joining(",", ",\"bytes\":[", "]"));
    }
}
