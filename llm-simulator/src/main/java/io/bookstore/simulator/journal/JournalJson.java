package io.bookstore.simulator.journal;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The journal as the admin API shows it; a value that is unknown is absent. */
public final class JournalJson {

    private static final ObjectMapper json = new ObjectMapper();

    private JournalJson() {}

    /** The line of an attempt, without its line end. */
    public static String line(Attempt attempt) {
        ObjectNode line = json.createObjectNode();
        line.put("sequence", attempt.sequence());
        line.put("requestKey", attempt.key().requestKey());
        line.put("attempt", attempt.key().attempt());
        line.put("time", attempt.time().toString());
        put(line, "client", attempt.key().client());
        line.put("provider", attempt.asked().provider());
        line.put("operation", attempt.asked().operation().text());
        put(line, "model", attempt.asked().model());
        line.put("streaming", attempt.asked().streaming());
        put(line, "batch", attempt.asked().batch());
        put(line, "trusted", attempt.asked().trusted());
        Attempt.Result result = attempt.result();
        if (result.status() != 0) {
            line.put("status", result.status());
        }
        line.put("outcome", result.outcome().name().toLowerCase(Locale.ROOT));
        if (result.tokens() != null) {
            line.put("inputTokens", result.tokens().input());
            line.put("outputTokens", result.tokens().output());
            putIfAny(line, "cacheReadTokens", result.tokens().cacheRead());
            putIfAny(line, "cacheWriteTokens", result.tokens().cacheWritten());
        }
        if (attempt.planned() != null) {
            put(line, "plannedTtftMs", attempt.planned().ttftMs());
            put(line, "plannedDurationMs", attempt.planned().durationMs());
        }
        put(line, "actualTtftMs", attempt.actual().ttftMs());
        put(line, "actualDurationMs", attempt.actual().durationMs());
        if (attempt.waiting() != null) {
            put(line, "queuedMs", attempt.waiting().queuedMs());
            put(line, "coldStartMs", attempt.waiting().coldStartMs());
            line.put("loadFactor", attempt.waiting().loadFactor());
        }
        put(line, "rule", result.rule());
        put(line, "fault", result.fault());
        put(line, "retryAfterMs", result.retryAfterMs());
        Attempt.Buckets buckets = result.buckets();
        if (buckets != null) {
            put(line, "requestsRemaining", buckets.requests());
            put(line, "inputTokensRemaining", buckets.inputTokens());
            put(line, "outputTokensRemaining", buckets.outputTokens());
        }
        ChunkTimes chunks = attempt.chunks();
        if (chunks.sent() > 0) {
            line.put("chunks", chunks.sent());
            ArrayNode planned = line.putArray("plannedChunksMs");
            ArrayNode actual = line.putArray("actualChunksMs");
            for (int i = 0; i < chunks.kept(); i++) {
                planned.add(chunks.plannedMs(i));
                actual.add(chunks.actualMs(i));
            }
        }
        return line.toString();
    }

    public static String summary(JournalSummary summary) {
        ObjectNode node = json.createObjectNode();
        node.put("count", summary.count());
        node.put("kept", summary.kept());
        node.set("statuses", json.valueToTree(summary.statuses()));
        node.set("faults", json.valueToTree(summary.faults()));
        JournalSummary.Medians medians = summary.medians();
        put(node, "medianPlannedTtftMs", medians.plannedTtftMs());
        put(node, "medianActualTtftMs", medians.actualTtftMs());
        put(node, "medianPlannedDurationMs", medians.plannedDurationMs());
        put(node, "medianActualDurationMs", medians.actualDurationMs());
        put(node, "medianInputTokens", medians.inputTokens());
        put(node, "medianOutputTokens", medians.outputTokens());
        JournalSummary.BilledTokens billed = summary.billed();
        node.putObject("billed")
                .put("attempts", billed.attempts())
                .put("inputTokens", billed.inputTokens())
                .put("cachedTokens", billed.cachedTokens())
                .put("outputTokens", billed.outputTokens());
        return node.toString();
    }

    private static void put(ObjectNode node, String name, @Nullable Long value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    private static void put(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    /** Puts a time to the microsecond; finer digits are noise. */
    private static void put(ObjectNode node, String name, @Nullable Double millis) {
        if (millis != null) {
            node.put(name, Math.round(millis * 1_000) / 1_000.0);
        }
    }

    private static void putIfAny(ObjectNode line, String key, int tokens) {
        if (tokens > 0) {
            line.put(key, tokens);
        }
    }
}
