package io.bookstore.simulator.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.wire.Json;
import io.bookstore.simulator.wire.TokenOdds.Candidate;
import io.bookstore.simulator.wire.TokenOdds.Token;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Several candidates, and log probabilities of their tokens: https://ai.google.dev/api/generate-content#LogprobsResult. */
final class GeminiOdds {

    private static final int MOST_CANDIDATES = 8;
    private static final int MOST_LIKELIEST = 20;

    private GeminiOdds() {}

    /** Reads {@code candidateCount}. */
    static int candidates(JsonNode config) {
        JsonNode count = GeminiSchemas.field(config, "candidateCount");
        if (count.isMissingNode()) {
            return 1;
        }
        if (count.asInt(0) < 1 || count.asInt(0) > MOST_CANDIDATES) {
            throw GeminiTools.invalid("* GenerateContentRequest.generation_config.candidate_count: candidate_count must"
                    + " be in the range [1, " + MOST_CANDIDATES + "].");
        }
        return count.asInt();
    }

    /** Reads {@code responseLogprobs} and {@code logprobs}; null if no log probabilities are asked for. */
    static @Nullable Integer read(JsonNode config) {
        boolean wanted = GeminiSchemas.field(config, "responseLogprobs").asBoolean(false);
        JsonNode number = GeminiSchemas.field(config, "logprobs");
        if (!wanted && !number.isMissingNode()) {
            throw GeminiTools.invalid("* GenerateContentRequest.generation_config.logprobs: logprobs can only be set if"
                    + " response_logprobs is true.");
        }
        if (!wanted) {
            return null;
        }
        if (number.asInt(0) < 0 || number.asInt(0) > MOST_LIKELIEST) {
            throw GeminiTools.invalid("* GenerateContentRequest.generation_config.logprobs: logprobs must be in the"
                    + " range [0, " + MOST_LIKELIEST + "].");
        }
        return number.asInt(0);
    }

    /** The fields of a candidate that has these tokens; no identifiers, since those of Gemini's tokens are not public. */
    static String fields(List<Token> tokens) {
        if (tokens.isEmpty()) {
            return "";
        }
        double average = tokens.stream()
                .mapToDouble(token -> token.chosen().logProbability())
                .average()
                .orElse(0);
        String top = tokens.stream()
                .map(token -> "{\"candidates\":" + list(token.top()) + "}")
                .collect(Collectors.joining(",", "[", "]"));
        return ",\"avgLogprobs\":" + average + ",\"logprobsResult\":{\"topCandidates\":" + top
                + ",\"chosenCandidates\":"
                + list(tokens.stream().map(Token::chosen).toList()) + "}";
    }

    private static String list(List<Candidate> candidates) {
        return candidates.stream()
                .map(each ->
                        "{\"token\":" + Json.quote(each.text()) + ",\"logProbability\":" + each.logProbability() + "}")
                .collect(Collectors.joining(",", "[", "]"));
    }
}
