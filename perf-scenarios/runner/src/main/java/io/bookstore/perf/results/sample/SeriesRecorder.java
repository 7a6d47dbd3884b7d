package io.bookstore.perf.results.sample;

import io.bookstore.perf.metrics.MetricNames;
import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.metrics.TrendSink;
import io.bookstore.perf.results.TimeSeries;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Spreads samples over time; doubles its interval when a run outgrows it, so memory does not depend on the run's length. */
final class SeriesRecorder {

    private static final Set<String> trends = Set.of(
            MetricNames.HTTP_REQ_DURATION,
            MetricNames.LLM_RESPONSE_TIME,
            MetricNames.CRUD_RESPONSE_TIME,
            MetricNames.LLM_TTFT);
    private static final Set<String> counters =
            Set.of(MetricNames.LLM_INPUT_TOKENS, MetricNames.LLM_OUTPUT_TOKENS, MetricNames.LLM_COST_USD);

    // More than a finished series has, so that the choice of the interval at the end has something to choose from.
    private static final int MAX_INTERVALS = 600;
    private static final int FEW_POINTS = 30;
    private static final int ENOUGH_REQUESTS = 4;

    private final RequestSampler requests = new RequestSampler();
    private @Nullable Instant start;
    private long intervalSeconds = 1;
    private List<Interval> intervals = new ArrayList<>();

    void add(Sample sample) {
        String metric = sample.metric();
        if (trends.contains(metric)) {
            at(sample).latency.computeIfAbsent(metric, name -> TrendSink.tiny()).add(sample.value());
            if (metric.equals(MetricNames.HTTP_REQ_DURATION)) {
                requests.add(sample);
            }
        } else if (counters.contains(metric)) {
            at(sample).sums.merge(metric, sample.value(), Double::sum);
        } else if (metric.equals(MetricNames.HTTP_REQS)) {
            at(sample).requests++;
        } else if (metric.equals(MetricNames.HTTP_REQ_FAILED) && sample.value() != 0) {
            at(sample).failures++;
        } else if (metric.equals(MetricNames.VUS)) {
            Interval interval = at(sample);
            interval.vus = Math.max(interval.vus, (int) sample.value());
        }
    }

    TimeSeries series(Instant fallbackStart) {
        while (intervals.size() > TimeSeries.MAX_POINTS
                || (intervals.size() > FEW_POINTS && crowd() < ENOUGH_REQUESTS)) {
            widen();
        }
        List<TimeSeries.Point> points = new ArrayList<>(intervals.size());
        for (int index = 0; index < intervals.size(); index++) {
            points.add(intervals.get(index).point(index * intervalSeconds));
        }
        Instant from = start == null ? fallbackStart : start;
        return new TimeSeries(from, Duration.ofSeconds(intervalSeconds), points, requests.since(from));
    }

    private double crowd() {
        return (double) intervals.stream()
                        .mapToLong(interval -> interval.requests)
                        .sum()
                / intervals.size();
    }

    private Interval at(Sample sample) {
        if (start == null) {
            start = sample.time().truncatedTo(ChronoUnit.SECONDS);
        }
        // Samples of one iteration may be written a little after later ones: what is older than the start belongs to
        // it.
        long second = Math.max(0, ChronoUnit.SECONDS.between(start, sample.time()));
        while (second / intervalSeconds >= MAX_INTERVALS) {
            widen();
        }
        int index = (int) (second / intervalSeconds);
        while (intervals.size() <= index) {
            intervals.add(new Interval());
        }
        return intervals.get(index);
    }

    private void widen() {
        List<Interval> wider = new ArrayList<>(MAX_INTERVALS);
        for (int index = 0; index < intervals.size(); index += 2) {
            Interval first = intervals.get(index);
            if (index + 1 < intervals.size()) {
                first.add(intervals.get(index + 1));
            }
            wider.add(first);
        }
        intervals = wider;
        intervalSeconds *= 2;
    }

    private static final class Interval {
        private int vus = -1;
        private long requests;
        private long failures;
        private final Map<String, TrendSink> latency = new HashMap<>();
        private final Map<String, Double> sums = new HashMap<>();

        private void add(Interval later) {
            vus = Math.max(vus, later.vus);
            requests += later.requests;
            failures += later.failures;
            later.latency.forEach((metric, values) -> latency.merge(metric, values, (mine, others) -> {
                mine.add(others);
                return mine;
            }));
            later.sums.forEach((metric, value) -> sums.merge(metric, value, Double::sum));
        }

        private TimeSeries.Point point(long atSeconds) {
            Map<String, TimeSeries.Percentiles> percentiles = new HashMap<>();
            latency.forEach((metric, values) -> percentiles.put(
                    metric,
                    new TimeSeries.Percentiles(values.percentile(50), values.percentile(95), values.percentile(99))));
            return new TimeSeries.Point(atSeconds, vus < 0 ? null : vus, requests, failures, percentiles, sums);
        }
    }
}
