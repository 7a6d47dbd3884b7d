package io.bookstore.perf.results;

import io.bookstore.perf.samples.InjectorSamples;
import io.bookstore.perf.samples.Metric;
import io.bookstore.perf.samples.Sample;
import io.bookstore.perf.samples.SampleReader;
import io.bookstore.perf.samples.SampleSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the files an engine left and folds them into a {@link RunResult}; memory does not grow with the samples. */
public final class ResultReader implements SampleSink {

    private final EndOfTestSummary summary;
    private final Map<Threshold, @Nullable MetricRecorder> thresholds = new LinkedHashMap<>();
    private final Map<String, Metric> announced = new TreeMap<>();
    private final Map<String, MetricRecorder> recorders = new TreeMap<>();
    private final RequestRecorder requests = new RequestRecorder();
    private final CheckRecorder checks = new CheckRecorder();
    private final SeriesRecorder series = new SeriesRecorder();
    private @Nullable Instant first;
    private @Nullable Instant last;

    private ResultReader(EndOfTestSummary summary) {
        this.summary = summary;
        summary.thresholds().forEach(threshold -> thresholds.put(threshold, null));
    }

    /**
     * @param samples k6's JSON lines; missing if the script never got past its init code
     * @param summary k6's {@code --summary-export} file; missing as above
     */
    public static RunResult read(Path samples, Path summary, RunFacts run, Verdict verdict) throws IOException {
        ResultReader reader = new ResultReader(EndOfTestSummary.read(summary));
        if (Files.exists(samples)) {
            SampleReader.read(samples, reader);
        }
        return reader.result(run, verdict);
    }

    /**
     * One result of several load generators that shared a run; the thresholds are judged over all of their samples.
     *
     * @param thresholds expressions by metric, with its tag filter if it has one
     */
    public static RunResult merge(List<Path> samples, Map<String, List<String>> thresholds, RunFacts run)
            throws IOException {
        ResultReader reader = new ResultReader(EndOfTestSummary.unjudged(thresholds));
        InjectorSamples.read(samples, reader);
        Instant start = reader.first == null ? run.startedAt() : reader.first;
        Duration length = reader.last == null ? Duration.ZERO : Duration.between(start, reader.last);
        RunResult unjudged = reader.result(run.during(start, length), Verdict.of(0, null));
        return unjudged.judged();
    }

    @Override
    public void metric(Metric metric) {
        announced.put(metric.name(), metric);
    }

    @Override
    public void sample(Sample sample) {
        Metric metric = announced.get(sample.metric());
        if (metric == null) {
            return;
        }
        first = first == null || sample.time().isBefore(first) ? sample.time() : first;
        last = last == null || sample.time().isAfter(last) ? sample.time() : last;
        recorders
                .computeIfAbsent(metric.name(), name -> MetricRecorder.of(metric))
                .add(sample.value());
        for (Map.Entry<Threshold, @Nullable MetricRecorder> entry : thresholds.entrySet()) {
            if (!entry.getKey().tags().isEmpty() && entry.getKey().counts(sample)) {
                recorderOf(entry, metric).add(sample.value());
            }
        }
        requests.add(sample);
        checks.add(sample);
        series.add(sample);
    }

    private static MetricRecorder recorderOf(Map.Entry<Threshold, @Nullable MetricRecorder> entry, Metric metric) {
        MetricRecorder recorder = entry.getValue();
        if (recorder == null) {
            recorder = MetricRecorder.of(metric);
            entry.setValue(recorder);
        }
        return recorder;
    }

    private RunResult result(RunFacts run, Verdict verdict) {
        double seconds = first == null || last == null
                ? 0
                : Duration.between(first, last).toNanos() / 1e9;
        List<MetricSummary> metrics = new ArrayList<>();
        recorders.values().forEach(recorder -> metrics.add(recorder.summary(seconds)));
        List<ThresholdResult> judged = new ArrayList<>();
        thresholds.forEach((threshold, recorder) -> judged.add(judge(threshold, recorder, seconds)));
        // Scripts register such expressions to have a figure for each tag.
        judged.removeIf(ThresholdResult::alwaysHolds);
        return new RunResult(
                run,
                verdict,
                judged,
                metrics,
                requests.operations(),
                checks.checks(),
                requests.errors(),
                series.series(run.startedAt()),
                null);
    }

    private ThresholdResult judge(Threshold threshold, @Nullable MetricRecorder filtered, double seconds) {
        OptionalDouble actual = summary.value(threshold);
        MetricRecorder recorder = threshold.tags().isEmpty() ? recorders.get(threshold.metric()) : filtered;
        if (recorder == null && !threshold.aggregation().equals("count")) {
            // The summary has 0 for what was never measured; only of a count is that true.
            actual = OptionalDouble.empty();
        } else if (actual.isEmpty() && recorder != null) {
            actual = recorder.aggregate(threshold.aggregation(), seconds);
        }
        Metric metric = announced.get(threshold.metric());
        return new ThresholdResult(
                threshold.key(),
                threshold.expression(),
                threshold.aggregation(),
                threshold.operator(),
                threshold.limit(),
                actual.isPresent() ? actual.getAsDouble() : null,
                metric == null ? null : metric.type().name().toLowerCase(Locale.ROOT),
                metric == null ? "default" : metric.contains(),
                threshold.passed());
    }
}
