package io.bookstore.perf.results.sample;

import io.bookstore.perf.metrics.BuiltInMetrics;
import io.bookstore.perf.metrics.InjectorSamples;
import io.bookstore.perf.metrics.Metric;
import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.metrics.SampleReader;
import io.bookstore.perf.metrics.SampleSink;
import io.bookstore.perf.metrics.Sink;
import io.bookstore.perf.metrics.ThresholdExpression;
import io.bookstore.perf.metrics.TrendSink;
import io.bookstore.perf.results.ErrorKind;
import io.bookstore.perf.results.Evidence;
import io.bookstore.perf.results.Measurements;
import io.bookstore.perf.results.MetricSummary;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.ThresholdResult;
import io.bookstore.perf.results.ValidityFacts;
import io.bookstore.perf.results.Verdict;
import io.bookstore.perf.results.facts.RunFacts;
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
import java.util.stream.Stream;
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
    private final UsageRecorder usage = new UsageRecorder();
    private final ConcurrencyRecorder concurrency = new ConcurrencyRecorder();
    private final InputRecorder inputs = new InputRecorder();
    private @Nullable Instant first;
    private @Nullable Instant last;

    private ResultReader(EndOfTestSummary summary) {
        summary.thresholds().stream()
                .filter(Threshold::isOfAPart)
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
     * Returns one result of several load generators that shared a run; the thresholds are judged over all of their samples.
     *
     * @param thresholds expressions by metric, with its tag filter if it has one
     * @param others     get each sample, too
     */
    public static RunResult merge(
            List<Path> samples, Map<String, List<String>> thresholds, RunFacts run, List<SampleSink> others)
            throws IOException {
        EndOfTestSummary unjudged = EndOfTestSummary.unjudged(thresholds);
        ResultReader reader = new ResultReader(unjudged);
        List<SampleSink> sinks = new ArrayList<>(others);
        sinks.add(reader);
        InjectorSamples.read(samples, new AllSinks(sinks));
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
                end.thresholds().stream().allMatch(threshold -> !threshold.isOfAPart() || part(threshold) != null);
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
        usage.add(sample);
        concurrency.add(sample);
        inputs.add(sample);
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
                .filter(recording -> !recording.whole.empty())
                .map(recording -> MetricSummary.of(recording.metric, recording.whole, seconds))
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
                new Measurements(
                        metrics, requests.operations(), checks.checks(), errors(), series.series(run.startedAt())),
                ValidityFacts.of(new Evidence(usage.told(), concurrency.concurrency(), inputs.inputs())));
    }

    private List<ErrorKind> errors() {
        Stream<ErrorKind> checked =
                checks.checks().stream().filter(check -> !check.passed()).map(ErrorKind::ofCheck);
        return ErrorKind.sorted(Stream.concat(requests.errors().stream(), checked));
    }

    private ThresholdResult judge(EndOfTestSummary summary, Threshold threshold, double seconds) {
        ThresholdExpression expression = threshold.expression();
        OptionalDouble actual = summary.value(threshold);
        Optional<Sink> sink = sink(threshold);
        if (sink.isEmpty() && !expression.aggregation().equals("count")) {
            // The summary has 0 for what was never measured; only of a count is that true.
            actual = OptionalDouble.empty();
        } else if (actual.isEmpty() && sink.isPresent()) {
            actual = measured(threshold, sink.get(), seconds);
        }
        Optional<Metric> metric = metricOf(threshold);
        return new ThresholdResult(
                threshold.key(),
                expression.text(),
                expression.aggregation(),
                expression.operator(),
                expression.limit(),
                actual.isPresent() ? actual.getAsDouble() : null,
                metric.map(known -> known.type().name().toLowerCase(Locale.ROOT))
                        .orElse(null),
                metric.map(Metric::contains).orElse("default"),
                threshold.passed(),
                samples(threshold));
    }

    private @Nullable Long samples(Threshold threshold) {
        return sink(threshold)
                .filter(TrendSink.class::isInstance)
                .map(trend -> ((TrendSink) trend).count())
                .orElse(null);
    }

    /** The metric, known by its samples or as one of k6's own. */
    private Optional<Metric> metricOf(Threshold threshold) {
        Recording recording = recordings.get(threshold.metric());
        return recording == null ? BuiltInMetrics.find(threshold.metric()) : Optional.of(recording.metric);
    }

    /** The samples that the threshold is about, if there are any. */
    private Optional<Sink> sink(Threshold threshold) {
        Recording recording = recordings.get(threshold.metric());
        if (recording == null) {
            return Optional.empty();
        }
        Part part = part(threshold);
        return Optional.ofNullable(part == null ? recording.whole : part.sink).filter(sink -> !sink.empty());
    }

    private OptionalDouble measured(Threshold threshold, Sink sink, double seconds) {
        return metricOf(threshold)
                .flatMap(metric -> threshold.expression().aggregationOf(metric.type()))
                .map(aggregation -> OptionalDouble.of(sink.aggregate(aggregation, seconds)))
                .orElse(OptionalDouble.empty());
    }

    /** A metric: all of its samples, and the parts that thresholds look at. */
    private static final class Recording {
        private final Metric metric;
        private final Sink whole;
        private final List<Part> parts;

        private Recording(Metric metric, List<Part> parts) {
            this.metric = metric;
            this.whole = Sink.of(metric.type());
            this.parts = parts;
        }

        private void add(Sample sample) {
            whole.add(sample.value());
            for (Part part : parts) {
                if (part.threshold.filter().matches(sample.tags())) {
                    part.sink = part.sink == null ? Sink.of(metric.type()) : part.sink;
                    part.sink.add(sample.value());
                }
            }
        }
    }

    /** The samples that the tag filter of a threshold picks. */
    private static final class Part {
        private final Threshold threshold;
        private @Nullable Sink sink;

        private Part(Threshold threshold) {
            this.threshold = threshold;
        }
    }
}
