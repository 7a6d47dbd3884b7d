package io.bookstore.simulator.fit;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.record.RecordedCall;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A line of the journal, as {@code GET /admin/journal} writes it, or of a recording. */
final class JournalLine {

    private static final String CHAT = "chat";

    private JournalLine() {}

    /** @throws IllegalArgumentException if it is no call: the end of a sentence that begins with its number */
    static Call call(JsonNode line) {
        if (RecordedCall.isRecorded(line)) {
            return recorded(RecordedCall.of(line));
        }
        if (!line.has("operation") && !line.has("status") && !line.has("actualDurationMs")) {
            throw new IllegalArgumentException(
                    "is no call of a journal or recording, no export of spans and no sample");
        }
        if (!line.path("operation").asText(CHAT).equals(CHAT)) {
            throw new IllegalArgumentException("is no chat");
        }
        if (line.has("batch")) {
            throw new IllegalArgumentException("is of a batch, which has its own times");
        }
        return journaled(line);
    }

    private static Call recorded(RecordedCall recorded) {
        return new Call(
                recorded.time(),
                recorded.model(),
                recorded.status(),
                recorded.completed(),
                Implausible.inputTokens(
                        "inputTokens", recorded.uncachedTokens(), String.valueOf(recorded.uncachedTokens())),
                Implausible.outputTokens(
                        "outputTokens", recorded.outputTokens(), String.valueOf(recorded.outputTokens())),
                recorded.ttftMs(),
                recorded.durationMs(),
                recorded.textMs().length,
                recorded.textMs());
    }

    private static Call journaled(JsonNode node) {
        JsonNode times = node.path("actualChunksMs");
        double[] chunkMs = new double[times.size()];
        for (int i = 0; i < chunkMs.length; i++) {
            chunkMs[i] = times.get(i).asDouble();
            if (chunkMs[i] < (i == 0 ? 0 : chunkMs[i - 1])) {
                throw new IllegalArgumentException("has actualChunksMs that do not ascend");
            }
        }
        double durationMs = millis(node, "actualDurationMs");
        if (chunkMs.length > 0) {
            double last = chunkMs[chunkMs.length - 1];
            Implausible.millis("actualChunksMs", last, String.valueOf(last));
        }
        return new Call(
                time(node),
                text(node, "model"),
                whole(node, "status"),
                node.path("outcome").asText().equals("completed"),
                Math.max(0, inputTokens(node, "inputTokens") - inputTokens(node, "cacheReadTokens")),
                Implausible.outputTokens(
                        "outputTokens",
                        number(node, "outputTokens"),
                        node.path("outputTokens").asText()),
                // The first byte of an answer in one piece is not its first token.
                chunkMs.length > 0 && node.has("actualTtftMs") ? Double.valueOf(ttftMs(node, durationMs)) : null,
                durationMs,
                Math.max(whole(node, "chunks"), chunkMs.length),
                chunkMs);
    }

    private static Instant time(JsonNode node) {
        try {
            return Instant.parse(node.path("time").asText());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("has no time such as 2026-01-01T00:00:00Z", e);
        }
    }

    private static @Nullable String text(JsonNode node, String key) {
        return node.path(key).isTextual() ? node.get(key).textValue() : null;
    }

    private static int whole(JsonNode node, String key) {
        JsonNode value = node.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return 0;
        }
        if (!value.canConvertToInt() || value.intValue() < 0) {
            throw new IllegalArgumentException("has a " + key + " that is no whole number of at least 0");
        }
        return value.intValue();
    }

    private static int inputTokens(JsonNode node, String key) {
        return Implausible.inputTokens(key, number(node, key), node.path(key).asText());
    }

    /** Returns 0 if there is none, and not a number for what is none. */
    private static double number(JsonNode node, String key) {
        JsonNode value = node.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return 0;
        }
        return value.isNumber() ? value.doubleValue() : Double.NaN;
    }

    private static double ttftMs(JsonNode node, double durationMs) {
        double ttftMs = millis(node, "actualTtftMs");
        return Implausible.firstMs("actualTtftMs", ttftMs, String.valueOf(ttftMs), durationMs);
    }

    private static double millis(JsonNode node, String key) {
        JsonNode value = node.path(key);
        if (!value.isNumber() || !(value.doubleValue() >= 0)) {
            throw new IllegalArgumentException("has no " + key + " of at least 0");
        }
        return Implausible.millis(key, value.doubleValue(), value.asText());
    }
}
