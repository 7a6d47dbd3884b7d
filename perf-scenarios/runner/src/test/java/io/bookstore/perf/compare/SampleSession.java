package io.bookstore.perf.compare;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Pairs of runs of two builds, and the rows of their comparison. */
final class SampleSession {

    /** Noise of a quiet machine, in percent, that a test can see through. */
    private static final double[] NOISE = {0.1, -0.3, 0.2, 0.4, -0.2, -0.1, 0.3, -0.4, 0.0, 0.1, -0.2, 0.2};

    private SampleSession() {}

    static Comparison compare(int pairs, IntFunction<SampleRun> candidate) {
        return compare(pairs, SampleSession::before, candidate);
    }

    static Comparison compare(int pairs, IntFunction<SampleRun> baseline, IntFunction<SampleRun> candidate) {
        return compare(pairs, baseline, candidate, CompareRules.DEFAULT);
    }

    static Comparison compare(
            int pairs, IntFunction<SampleRun> baseline, IntFunction<SampleRun> candidate, CompareRules rules) {
        return Comparison.of(
                IntStream.range(0, pairs)
                        .mapToObj(pair -> baseline.apply(pair).named("before/" + pair))
                        .toList(),
                IntStream.range(0, pairs)
                        .mapToObj(pair -> candidate.apply(pair).named("after/" + pair))
                        .toList(),
                rules);
    }

    /** Eight runs of one side, each a little different in its figures. */
    static List<ComparedRun> side(int minute, String name, Consumer<SampleRun> change) {
        return IntStream.range(0, 8)
                .mapToObj(i -> {
                    SampleRun run = SampleRun.at(2 * i + minute).summaries(600, 2000 + i % 3, 4000 - i % 2);
                    change.accept(run);
                    return run.named(name + "/" + i);
                })
                .toList();
    }

    static SampleRun before(int pair) {
        return SampleRun.at(2 * pair).summaries(600, noisy(2000, pair), noisy(4000, pair));
    }

    static SampleRun summaries(int pair, double p50, double p95) {
        return SampleRun.at(2 * pair + 1).summaries(600, p50, p95);
    }

    static double noisy(double value, int run) {
        return value * (1 + NOISE[run % NOISE.length] / 100);
    }

    static MetricComparison row(Comparison comparison, String name) {
        return comparison.metrics().stream()
                .filter(metric -> metric.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + comparison));
    }

    static MetricComparison.Change change(MetricComparison metric) {
        return Objects.requireNonNull(metric.change());
    }
}
