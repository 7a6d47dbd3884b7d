package io.bookstore.perf.results;

import io.bookstore.perf.metrics.InjectorSamples;
import io.bookstore.perf.metrics.Metric;
import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.metrics.SampleReader;
import io.bookstore.perf.metrics.SampleSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Folds samples into a {@link RunResult}: those of the files an engine left, or those of a run while it goes on. Memory does
 * not grow with the samples. Not thread-safe.
 */
public final class ResultReader implements SampleSink {

    private final Map<String, List<Part>> parts = new HashMap<>();
    private final Map<String, Recording> recordings = new HashMap<>();
    private final RequestRecorder requests = new RequestRecorder();
    private final CheckRecorder checks = new CheckRecorder();
    private final SeriesRecorder series = new SeriesRecorder();
    private @Nullable Instant first;
    private @Nullable Instant last;

    private ResultReader(EndOfTestSummary summary) {
        summary.thresholds().stream()
                .filter(threshold -> !threshold.tags().isEmpty())
                .filter(threshold -> part(threshold) == null)
                .forEach(threshold -> parts.computeIfAbsent(threshold.metric(), metric -> new ArrayList<>())
                        .add(new Part(threshold)));
    }

    /**
     * @param samples k6's JSON lines; missing if the script never got past its init code
     * @param summary k6's {@code --summary-export} file; missing as above
     */
    public static RunResult read(Path samples, Path summary, RunFacts run, Verdict verdict) throws IOException {
        EndOfTestSummary end = EndOfTestSummary.read(summary);
        ResultReader reader = new ResultReader(end);
        if (Files.exists(samples)) {
            SampleReader.read(samples, reader);
        }
        return reader.result(end, run, verdict);
    }

    /**
     * One result of several load generators that shared a run; the thresholds are judged over all of their samples.
     *
     * @param thresholds expressions by metric, with its tag filter if it has one
     */
    public static RunResult merge(List<Path> samples, Map<String, List<String>> thresholds, RunFacts run)
            throws IOException {
        EndOfTestSummary unjudged = EndOfTestSummary.unjudged(thresholds);
        ResultReader reader = new ResultReader(unjudged);
        InjectorSamples.read(samples, reader);
        Instant start = reader.first == null ? run.startedAt() : reader.first;
        Duration length = reader.last == null ? Duration.ZERO : Duration.between(start, reader.last);
        return reader.result(unjudged, run.during(start, length), Verdict.of(0, null))
                .judged();
    }

    /**
     * Follows a run that begins, so that its samples need not be read again after it.
     *
     * @param thresholds as in {@link #merge}
     */
    public static ResultReader following(Map<String, List<String>> thresholds) {
        return new ResultReader(EndOfTestSummary.unjudged(thresholds));
    }

    /**
     * The result of the run that was followed to its end.
     *
     * @param summary k6's {@code --summary-export} file; missing if the script never got past its init code
     * @return empty if the summary judges a threshold that was not announced, so that only the file of samples can tell
     */
    public Optional<RunResult> result(Path summary, RunFacts run, Verdict verdict) throws IOException {
        EndOfTestSummary end = EndOfTestSummary.read(summary);
        boolean followed =
                end.thresholds().stream().allMatch(threshold -> threshold.tags().isEmpty() || part(threshold) != null);
        return followed ? Optional.of(result(end, run, verdict)) : Optional.empty();
    }

    @Override
    public void metric(Metric metric) {
        recordings.putIfAbsent(metric.name(), new Recording(metric, parts.getOrDefault(metric.name(), List.of())));
    }

    @Override
    public void sample(Sample sample) {
        Recording recording = recordings.get(sample.metric());
        // What is no number is null in the file, too, and counts nowhere.
        if (recording == null || !Double.isFinite(sample.value())) {
            return;
        }
        first = first == null || sample.time().isBefore(first) ? sample.time() : first;
        last = last == null || sample.time().isAfter(last) ? sample.time() : last;
        recording.add(sample);
        requests.add(sample);
        checks.add(sample);
        series.add(sample);
    }

    private @Nullable Part part(Threshold threshold) {
        return parts.getOrDefault(threshold.metric(), List.of()).stream()
                .filter(part -> part.threshold.key().equals(threshold.key()))
                .findFirst()
                .orElse(null);
    }

    private RunResult result(EndOfTestSummary summary, RunFacts run, Verdict verdict) {
        double seconds = first == null || last == null
                ? 0
                : Duration.between(first, last).toNanos() / 1e9;
        List<MetricSummary> metrics = recordings.values().stream()
                .flatMap(recording -> Optional.ofNullable(recording.whole).stream())
                .map(recorder -> recorder.summary(seconds))
                .sorted(Comparator.comparing(MetricSummary::name))
                .toList();
        List<ThresholdResult> judged = summary.thresholds().stream()
                .map(threshold -> judge(summary, threshold, seconds))
                // Scripts register such expressions to have a figure for each tag.
                .filter(threshold -> !threshold.alwaysHolds())
                .toList();
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

    private ThresholdResult judge(EndOfTestSummary summary, Threshold threshold, double seconds) {
        OptionalDouble actual = summary.value(threshold);
        Recording recording = recordings.get(threshold.metric());
        Part part = part(threshold);
        MetricRecorder recorder = recording == null ? null : part == null ? recording.whole : part.recorder;
        if (recorder == null && !threshold.aggregation().equals("count")) {
            // The summary has 0 for what was never measured; only of a count is that true.
            actual = OptionalDouble.empty();
        } else if (actual.isEmpty() && recorder != null) {
            actual = recorder.aggregate(threshold.aggregation(), seconds);
        }
        return new ThresholdResult(
                threshold.key(),
                threshold.expression(),
                threshold.aggregation(),
                threshold.operator(),
                threshold.limit(),
                actual.isPresent() ? actual.getAsDouble() : null,
                recording == null ? null : recording.metric.type().name().toLowerCase(Locale.ROOT),
                recording == null ? "default" : recording.metric.contains(),
                threshold.passed());
    }

    /** One metric: all of its samples, and the parts that thresholds look at. */
    private static final class Recording {
        private final Metric metric;
        private final List<Part> parts;
        private @Nullable MetricRecorder whole;

        private Recording(Metric metric, List<Part> parts) {
            this.metric = metric;
            this.parts = parts;
        }

        private void add(Sample sample) {
            whole = whole == null ? MetricRecorder.of(metric) : whole;
            whole.add(sample.value());
            for (Part part : parts) {
                if (part.threshold.counts(sample)) {
                    part.recorder = part.recorder == null ? MetricRecorder.of(metric) : part.recorder;
                    part.recorder.add(sample.value());
                }
            }
        }
    }

    /** The samples that the tag filter of a threshold picks. */
    private static final class Part {
        private final Threshold threshold;
        private @Nullable MetricRecorder recorder;

        private Part(Threshold threshold) {
            this.threshold = threshold;
        }
    }
}
