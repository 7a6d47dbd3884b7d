package io.bookstore.simulator.fit;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The calls in the samples of a load test, as {@code k6 --out json} and the embedded engine write them: all samples of a
 * request have its {@code trace_id} in their metadata.
 */
final class SampleCalls {

    private final LeftOut leftOut;
    private final Map<String, Sampled> requests = new LinkedHashMap<>();
    private boolean ownTimes;
    private boolean providerTimes;

    SampleCalls(LeftOut leftOut) {
        this.leftOut = leftOut;
    }

    /** Returns whether the value is a sample, or the announcement of a metric. */
    static boolean isSample(JsonNode value) {
        return value.path("metric").isTextual() && value.path("data").isObject();
    }

    /** Takes a line of k6. */
    void take(int line, JsonNode sample) {
        if (sample.path("type").asText().equals("Point")) {
            JsonNode data = sample.get("data");
            take(
                    line,
                    new SamplePoint(
                            sample.get("metric").textValue(),
                            data.path("tags"),
                            data.path("metadata"),
                            data.path("value").asDouble(Double.NaN),
                            () -> time(data)));
        }
    }

    void take(int line, SamplePoint sample) {
        String metric = sample.metric();
        boolean request = metric.equals("http_req_duration");
        if (!request && !metric.startsWith("llm_")) {
            return;
        }
        String operation = sample.tags().path("operation_type").asText("llm");
        if (request && !operation.equals("llm")) {
            return;
        }
        String trace = sample.metadata().path("trace_id").asText();
        double value = sample.value();
        if (trace.isEmpty()) {
            if (request) {
                leftOut.add("has a request without trace_id in its metadata, by which its samples are found", line);
            }
        } else {
            Sampled sampled = requests.computeIfAbsent(trace, each -> new Sampled(line));
            try {
                if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
                    throw new IllegalArgumentException("has a value of " + metric + " that is no number of at least 0");
                }
                sampled.take(metric, value, request ? sample.time().get() : null, sample.tags());
            } catch (IllegalArgumentException e) {
                sampled.implausible = true;
                leftOut.add(e, line);
            }
        }
    }

    /** @param data with the time of a sample, or of the first one of a group */
    static Instant time(JsonNode data) {
        try {
            return OffsetDateTime.parse(data.path("time").asText()).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("has no time such as 2026-01-01T00:00:00Z", e);
        }
    }

    List<Call> calls() {
        List<Call> calls = new ArrayList<>();
        for (Sampled each : requests.values()) {
            if (each.end == null || !each.asksModel || each.implausible) {
                continue;
            }
            if (each.cached) {
                leftOut.add("has a request that a cache answered", each.line);
            } else {
                calls.add(each.call(each.end));
                ownTimes |= each.providerMs == null;
                providerTimes |= each.providerMs != null;
            }
        }
        requests.clear();
        return calls;
    }

    /** Returns what samples cannot tell; after {@link #calls}. */
    List<String> unknown() {
        List<String> unknown = new ArrayList<>();
        if (ownTimes) {
            unknown.add("Samples show the service that was under load: its own time, errors and refusals are taken for"
                    + " those of the provider.");
        }
        if (providerTimes) {
            unknown.add("Samples show the service that was under load: times are what it tells of its provider, and its"
                    + " errors and refusals are taken for those of the provider.");
        }
        return unknown;
    }

    /** The samples of a request. */
    private static final class Sampled {

        private final int line;
        private final List<Double> gaps = new ArrayList<>(0);
        private boolean asksModel;
        private boolean cached;
        private boolean implausible;
        private boolean failed;
        private boolean retried;
        private int status;
        private int inputTokens;
        private int outputTokens;
        private double durationMs;
        private @Nullable Instant end;
        private @Nullable Double ttftMs;
        private @Nullable Double providerMs;

        private Sampled(int line) {
            this.line = line;
        }

        private void take(String metric, double value, @Nullable Instant time, JsonNode tags) {
            asksModel |= time == null || tags.path("operation_type").asText().equals("llm");
            switch (metric) {
                case "http_req_duration" -> {
                    // The hops of a redirect have one trace; the last one has the answer.
                    durationMs += value;
                    end = time;
                    status = tags.path("status").asInt(0);
                }
                case "llm_ttft" -> ttftMs = Implausible.millis(metric, value, String.valueOf(value));
                case "llm_provider_time" -> providerMs = Implausible.millis(metric, value, String.valueOf(value));
                case "llm_input_tokens" ->
                    inputTokens = Implausible.inputTokens(metric, Math.floor(value), String.valueOf(value));
                case "llm_output_tokens" ->
                    outputTokens = Implausible.outputTokens(metric, Math.floor(value), String.valueOf(value));
                case "llm_chunk_gap" -> gaps.add(value);
                case "llm_cache_hits" -> cached = value > 0;
                case "llm_errors" -> failed |= value > 0;
                case "llm_retries" -> retried |= value > 0;
                default -> {
                    // Tells nothing about the provider.
                }
            }
        }

        private Call call(Instant end) {
            Instant start = end.minus(Duration.ofNanos(Math.round(durationMs * 1e6)));
            if (retried) {
                // The time has the failed attempts and their pauses in it.
                return Call.attempt(start, null, null, status);
            }
            double[] chunkMs = chunkMs();
            return new Call(
                    start,
                    null,
                    status,
                    !failed,
                    inputTokens,
                    outputTokens,
                    ttftMs,
                    // Some k6 end the request of a stream with its head.
                    Math.max(
                            providerMs == null ? durationMs : providerMs,
                            chunkMs.length == 0 ? 0 : chunkMs[chunkMs.length - 1]),
                    chunkMs.length,
                    chunkMs);
        }

        private double[] chunkMs() {
            if (ttftMs == null || gaps.isEmpty()) {
                return new double[0];
            }
            double[] millis = new double[gaps.size() + 1];
            millis[0] = ttftMs;
            for (int i = 1; i < millis.length; i++) {
                millis[i] = millis[i - 1] + gaps.get(i - 1);
            }
            return millis;
        }
    }
}
