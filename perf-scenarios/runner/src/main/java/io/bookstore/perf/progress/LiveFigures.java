package io.bookstore.perf.progress;

import io.bookstore.perf.metrics.MetricNames;
import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.metrics.TrendSink;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The few figures worth watching, kept up to date sample by sample. Not thread-safe. */
final class LiveFigures {

    private static final int RATE_WINDOW_SECONDS = 10;

    // A service that answers with every status there is must not fill a line.
    private static final int MOST_KINDS = 20;

    private final TrendSink requestLatency = TrendSink.small();
    private final TrendSink llmLatency = TrendSink.small();
    private final TrendSink timeToFirstToken = TrendSink.small();
    private final Map<String, Long> failuresByKind = new TreeMap<>();
    private final Deque<Second> recent = new ArrayDeque<>();
    private long firstSecond = -1;
    private int vus;
    private long requests;
    private long failures;
    private long iterations;
    private double inputTokens;
    private double outputTokens;
    private double costUsd;

    void add(Sample sample) {
        switch (sample.metric()) {
            case MetricNames.HTTP_REQS -> countRequest(sample.time().getEpochSecond());
            case MetricNames.HTTP_REQ_DURATION -> requestLatency.add(sample.value());
            case MetricNames.LLM_RESPONSE_TIME -> llmLatency.add(sample.value());
            case MetricNames.LLM_TTFT -> timeToFirstToken.add(sample.value());
            case MetricNames.HTTP_REQ_FAILED -> {
                if (sample.value() != 0) {
                    countFailure(sample.tags().getOrDefault("status", "0"));
                }
            }
            case MetricNames.ITERATIONS -> iterations += (long) sample.value();
            case MetricNames.VUS -> vus = (int) sample.value();
            case MetricNames.LLM_INPUT_TOKENS -> inputTokens += sample.value();
            case MetricNames.LLM_OUTPUT_TOKENS -> outputTokens += sample.value();
            case MetricNames.LLM_COST_USD -> costUsd += sample.value();
            default -> {
                // Not shown live; the report has it.
            }
        }
    }

    int vus() {
        return vus;
    }

    long requests() {
        return requests;
    }

    long failures() {
        return failures;
    }

    /** The failures by HTTP status; {@code no answer} where there was none. */
    Map<String, Long> failuresByKind() {
        return new TreeMap<>(failuresByKind);
    }

    long iterations() {
        return iterations;
    }

    double inputTokens() {
        return inputTokens;
    }

    double outputTokens() {
        return outputTokens;
    }

    double costUsd() {
        return costUsd;
    }

    boolean llm() {
        return !llmLatency.empty();
    }

    /** Returns whether there is a latency to show. */
    boolean hasLatency() {
        return llm() || !requestLatency.empty();
    }

    /** The figures of LLM operations where there are any, because the run is about them; of all requests otherwise. */
    double latencyMs(double percentile) {
        return (llm() ? llmLatency : requestLatency).percentile(percentile);
    }

    /** Returns null as long as no answer told its time to the first token. */
    @Nullable
    Double timeToFirstTokenMs(double percentile) {
        return timeToFirstToken.empty() ? null : timeToFirstToken.percentile(percentile);
    }

    /** Requests a second over the last {@value #RATE_WINDOW_SECONDS} seconds. */
    double requestsPerSecond(long nowEpochSecond) {
        forgetBefore(nowEpochSecond - RATE_WINDOW_SECONDS);
        long counted = recent.stream().mapToLong(second -> second.requests).sum();
        long seconds = Math.min(RATE_WINDOW_SECONDS, Math.max(1, nowEpochSecond - firstSecond));
        return (double) counted / seconds;
    }

    private void countFailure(String status) {
        failures++;
        String kind = status.equals("0") ? "no answer" : "HTTP " + status;
        boolean known = failuresByKind.containsKey(kind) || failuresByKind.size() < MOST_KINDS;
        failuresByKind.merge(known ? kind : "others", 1L, Long::sum);
    }

    private void countRequest(long epochSecond) {
        requests++;
        firstSecond = firstSecond < 0 ? epochSecond : firstSecond;
        Second last = recent.peekLast();
        if (last == null || last.epochSecond < epochSecond) {
            last = new Second(epochSecond);
            recent.addLast(last);
            forgetBefore(epochSecond - RATE_WINDOW_SECONDS);
        }
        last.requests++;
    }

    private void forgetBefore(long epochSecond) {
        while (!recent.isEmpty() && recent.peekFirst().epochSecond < epochSecond) {
            recent.removeFirst();
        }
    }

    private static final class Second {
        private final long epochSecond;
        private long requests;

        private Second(long epochSecond) {
            this.epochSecond = epochSecond;
        }
    }
}
