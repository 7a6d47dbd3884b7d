package io.bookstore.simulator.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a recorded call. Do not modify the array.
 *
 * @param time           when the request had been sent
 * @param model          null if the request does not tell
 * @param status         0 if none came
 * @param completed      true if the answer came to its end
 * @param uncachedTokens of the prompt, without those that the provider's cache served; 0 if unknown
 * @param outputTokens   of the answer; 0 if unknown
 * @param ttftMs         to the first text, in milliseconds; null if the answer was not streamed, or has no text
 * @param durationMs     to the end of the answer, in milliseconds
 * @param textMs         when each chunk of text came, in milliseconds since {@code time}
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
public record RecordedCall(
        Instant time,
        @Nullable String model,
        int status,
        boolean completed,
        int uncachedTokens,
        int outputTokens,
        @Nullable Double ttftMs,
        double durationMs,
        double[] textMs) {

    private static final Pattern modelInPath = Pattern.compile("/(?:models?|deployments)/([^/:]+(?::[0-9]+)?)[/:].*");
    private static final Pattern noChat =
            Pattern.compile(".*(?i)(embed|moderations|count_?-?tokens|/api/show|/v1/completions/|batches|files).*");

    /** Returns whether the line is one of a recording. */
    public static boolean isRecorded(JsonNode line) {
        return line.has(Recorded.VERSION_KEY);
    }

    /** @throws IllegalArgumentException if the line is no chat, or not whole: the end of a sentence that begins with its number */
    public static RecordedCall of(JsonNode line) {
        Recorded recorded = Recorded.read(line);
        RequestForm request = recorded.request();
        if (!request.method().equals("POST") || noChat.matcher(request.path()).matches()) {
            throw new IllegalArgumentException("is no chat");
        }
        AnswerReading answer = AnswerReading.of(recorded);
        double[] textMs = answer.textMs();
        return new RecordedCall(
                recorded.time(),
                model(request),
                recorded.status(),
                recorded.outcome() == Recorded.Outcome.COMPLETED,
                answer.uncachedTokens(),
                answer.outputTokens(),
                textMs.length == 0 ? null : Double.valueOf(textMs[0]),
                recorded.durationMs(),
                textMs);
    }

    private static @Nullable String model(RequestForm request) {
        if (request.body().path("model").isTextual()) {
            return request.body().get("model").textValue();
        }
        Matcher path = modelInPath.matcher(request.path());
        return path.find() ? path.group(1) : null;
    }
}
