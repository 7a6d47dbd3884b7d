package io.bookstore.simulator.fit;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The times of a span and its events, in nanoseconds since 1970.
 *
 * @param firsts of the events that mark a first chunk
 * @param chunks of the events that mark each chunk
 */
record SpanTimes(long startNanos, long endNanos, List<Long> firsts, List<Long> chunks) {

    private static final double MILLI = 1e6;

    private static final String[] SECONDS = {"gen_ai.response.time_to_first_chunk", "gen_ai.server.time_to_first_token"
    };
    private static final String[] MILLIS = {"ai.response.msToFirstChunk", "ai.stream.msToFirstChunk"};
    private static final String LANGFUSE = "langfuse.observation.completion_start_time";

    /** The events of OpenInference and of Vercel's AI SDK. */
    private static final Set<String> FIRST_CHUNK = Set.of("First Token Stream Event", "ai.stream.firstChunk");

    /** The event of Traceloop, for each chunk. */
    private static final String CHUNK = "llm.content.completion.chunk";

    /** Returns null if the span has no start, or no end after it. */
    static @Nullable SpanTimes of(JsonNode span) {
        long start = span.path("startTimeUnixNano").asLong(0);
        long end = span.path("endTimeUnixNano").asLong(0);
        if (start <= 0 || end < start) {
            return null;
        }
        List<Long> firsts = new ArrayList<>();
        List<Long> chunks = new ArrayList<>();
        for (JsonNode event : span.path("events")) {
            String name = event.path("name").asText();
            long at = event.path("timeUnixNano").asLong(0);
            if (at < start || at > end) {
                continue;
            }
            if (FIRST_CHUNK.contains(name)) {
                firsts.add(at);
            } else if (name.equals(CHUNK)) {
                chunks.add(at);
            }
        }
        return new SpanTimes(start, end, firsts, chunks);
    }

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(nanos / 1_000_000_000, nanos % 1_000_000_000);
    }

    Instant start() {
        return instant(startNanos);
    }

    Instant end() {
        return instant(endNanos);
    }

    double durationMs() {
        return (endNanos - startNanos) / MILLI;
    }

    /** Returns milliseconds since the start, ascending. */
    double[] chunkMs() {
        double[] millis =
                chunks.stream().mapToDouble(each -> (each - startNanos) / MILLI).toArray();
        Arrays.sort(millis);
        return millis;
    }

    /**
     * Returns the time to the first chunk in milliseconds; null if the span does not tell.
     *
     * @throws Implausible if what it tells is no time before its end
     */
    @Nullable
    Double firstMs(SpanAttributes attributes) {
        String name = attributes.named(SECONDS);
        // OpenLIT writes 0 for an answer that was not streamed.
        if (name != null) {
            return attributes.value(name) == 0 ? null : Double.valueOf(firstMs(attributes, name, 1_000));
        }
        name = attributes.named(MILLIS);
        if (name != null) {
            return firstMs(attributes, name, 1);
        }
        if (!firsts.isEmpty()) {
            return (firsts.get(0) - startNanos) / MILLI;
        }
        return chunks.isEmpty() ? langfuse(attributes) : Double.valueOf(chunkMs()[0]);
    }

    private double firstMs(SpanAttributes attributes, String name, double millis) {
        return Implausible.firstMs(
                name, attributes.value(name) * millis, String.valueOf(attributes.text(name)), durationMs());
    }

    /** Reads the moment of the first token, which Langfuse's libraries write as JSON. */
    private @Nullable Double langfuse(SpanAttributes attributes) {
        String text = attributes.text(LANGFUSE);
        if (text == null) {
            return null;
        }
        try {
            Instant first = OffsetDateTime.parse(text.replace("\"", "")).toInstant();
            double millis = (first.getEpochSecond() - startNanos / 1_000_000_000) * 1_000.0
                    + (first.getNano() - startNanos % 1_000_000_000) / MILLI;
            return Implausible.firstMs(LANGFUSE, millis, text, durationMs());
        } catch (DateTimeException e) {
            throw new Implausible(LANGFUSE, text, "no time such as 2026-01-01T00:00:00Z");
        }
    }
}
