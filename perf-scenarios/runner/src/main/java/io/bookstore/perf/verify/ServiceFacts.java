package io.bookstore.perf.verify;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answers that a service gave to the requests of {@code k6/tools/verify.js}, which writes them as {@code verify.json}.
 *
 * @param target      the descriptor's name
 * @param described   figures whose place in an answer the descriptor names
 * @param answers     answers to the operation {@code summary}; none if the target has no such operation, or only streams
 * @param items       the reason why there was nothing to ask about; empty if there was
 * @param unknownPath the answer to a path that no service has; null if it was not asked
 * @param malformed   the answer to a body that is no JSON; null if the operation has no body
 * @param limited     the answer to a request that the descriptor expects 429 of; null if it describes none
 * @param stream      null if no operation streams
 * @param idempotency null if the descriptor promises none, or nothing could be asked
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ServiceFacts(
        String target,
        List<String> described,
        Response health,
        List<Response> answers,
        String items,
        @Nullable Response unknownPath,
        @Nullable Response malformed,
        @Nullable Response limited,
        @Nullable Stream stream,
        @Nullable Idempotency idempotency) {

    public static final String NAME = "verify.json";

    private static final ObjectMapper json = new ObjectMapper();

    /**
     * @param status     0 if no answer came
     * @param json       true if the body is a JSON object or list
     * @param fault      the reason why a body that looks like JSON is none; null without one
     * @param error      true if that JSON says that something failed: an {@code error} that is set, or {@code success: false}
     * @param excerpt    the begin of the body
     * @param textLength characters of the text that the model wrote; 0 without one
     * @param told       the figures of the answer under the names of the descriptor; null if it was not asked for any
     * @param expected   the statuses of a good answer; null for 200 alone
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Response(
            int status,
            String contentType,
            @Nullable String retryAfter,
            double durationMs,
            boolean json,
            @Nullable String fault,
            boolean error,
            String excerpt,
            int textLength,
            @Nullable Map<String, @Nullable Object> told,
            @Nullable List<Integer> expected) {

        /** Returns whether it came with a status that the descriptor expects. */
        boolean good() {
            return (expected == null ? List.of(200) : expected).contains(status);
        }

        /** Returns whether the body is a page. */
        public boolean isHtml() {
            String begin = excerpt.toLowerCase(Locale.ROOT);
            return contentType.contains("html") || begin.startsWith("<!doctype html") || begin.startsWith("<html");
        }

        /** The reason why the body is no JSON, as far as it is known, and its begin. */
        public String notJson() {
            return "no JSON: " + (fault == null ? "" : fault + ": ") + excerpt;
        }

        /** The content type for a sentence. */
        public String shownContentType() {
            return contentType.isEmpty() ? "no Content-Type" : contentType;
        }

        /** A figure that the answer told; null if it told none, or no number. */
        @Nullable
        Double figure(String name) {
            return told != null && told.get(name) instanceof Number number
                    ? Double.valueOf(number.doubleValue())
                    : null;
        }
    }

    /**
     * @param problem   the reason why no stream could be asked for; null if one was
     * @param answer    the answer as a whole; null without one
     * @param described figures whose place in the stream the descriptor names; null without an answer
     * @param whole     true if its end came
     * @param pieces    pieces of text
     * @param firstMs   when the first of them came, from the request on; null without any
     * @param lastMs    the same of the last one
     * @param gapMs     median of the times between two of them; null with fewer than two
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Stream(
            @Nullable String problem,
            @Nullable Response answer,
            @Nullable List<String> described,
            boolean whole,
            int pieces,
            @Nullable Double firstMs,
            @Nullable Double lastMs,
            @Nullable Double gapMs) {}

    /**
     * Answers of one operation under one idempotency key.
     *
     * @param again    the answer to the same request
     * @param sameBody true if it has the body of the first one
     * @param other    the answer to another body; null if the operation has only one
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Idempotency(
            String operation,
            Response first,
            Response again,
            boolean sameBody,
            @Nullable Response other) {}

    /** Reads {@code verify.json} of that folder. */
    public static ServiceFacts read(Path folder) throws IOException {
        return json.readValue(folder.resolve(NAME).toFile(), ServiceFacts.class);
    }
}
