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

    /** Returns the time to the first chunk in milliseconds; null if the span does not tell, or what it tells is no such time. */
    @Nullable
    Double firstMs(SpanAttributes attributes) {
        Double told = toldMs(attributes);
        return told == null || told > durationMs() ? null : told;
    }

    private @Nullable Double toldMs(SpanAttributes attributes) {
        Double seconds = attributes.number("gen_ai.response.time_to_first_chunk", "gen_ai.server.time_to_first_token");
        if (seconds != null) {
            // OpenLIT writes 0 for an answer that was not streamed.
            return seconds == 0 ? null : Double.valueOf(seconds * 1_000);
        }
        Double millis = attributes.number("ai.response.msToFirstChunk", "ai.stream.msToFirstChunk");
        if (millis != null) {
            return millis;
        }
        if (!firsts.isEmpty()) {
            return (firsts.get(0) - startNanos) / MILLI;
        }
        return chunks.isEmpty()
                ? langfuse(attributes.text("langfuse.observation.completion_start_time"))
                : Double.valueOf(chunkMs()[0]);
    }

    /** Reads the moment of the first token, which Langfuse's libraries write as JSON. */
    private @Nullable Double langfuse(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            Instant first = OffsetDateTime.parse(text.replace("\"", "")).toInstant();
            double millis = (first.getEpochSecond() - startNanos / 1_000_000_000) * 1_000.0
                    + (first.getNano() - startNanos % 1_000_000_000) / MILLI;
            return millis < 0 ? null : Double.valueOf(millis);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
