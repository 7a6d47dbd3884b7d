package io.bookstore.perf.compare;

import io.bookstore.perf.metrics.MetricNames;
import io.bookstore.perf.results.MetricSummary;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.SampleSize;
import io.bookstore.perf.results.TrendStatistics;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A figure that every run has one of: {@code llm_response_time.p95}.
 *
 * @param moreIsBetter true for throughput and for cache hits
 * @param fewest       samples that a run needs for it
 * @param margin       percent, or points of a share; null if it is shown and not judged
 * @param smallestMs   smallest change of a time that matters, whatever the percentage; 0 for none
 * @param of           its value in a run; empty if the run has no sample of it
 */
record ComparedMetric(
        String name,
        Unit unit,
        boolean moreIsBetter,
        long fewest,
        @Nullable Double margin,
        double smallestMs,
        Function<RunResult, Optional<Measured>> of) {

    /** Less than the clocks of engines and services tell apart under load. */
    private static final double CLOCKS_MS = 1;

    static final String GOODPUT = "goodput.share";

    /** The unit of its values. */
    enum Unit {
        MILLISECONDS,
        SHARE,
        USD,
        PER_SECOND
    }

    /** @param samples number of samples behind the value */
    record Measured(double value, long samples) {}

    /** The percentiles that results carry. */
    enum Percentile {
        P50(50),
        P90(90),
        P95(95),
        P99(99);

        private final int percent;

        Percentile(int percent) {
            this.percent = percent;
        }

        private double of(TrendStatistics trend) {
            return switch (this) {
                case P50 -> trend.med();
                case P90 -> trend.p90();
                case P95 -> trend.p95();
                case P99 -> trend.p99();
            };
        }

        private long fewestSamples() {
            return SampleSize.fewest(percent);
        }
    }

    static ComparedMetric percentile(String trend, Percentile percentile, @Nullable Double margin) {
        return new ComparedMetric(
                trend + ".p" + percentile.percent,
                Unit.MILLISECONDS,
                false,
                percentile.fewestSamples(),
                margin,
                CLOCKS_MS,
                run -> run.trend(trend).map(trended -> new Measured(percentile.of(trended), trended.count())));
    }

    static ComparedMetric share(String rate, boolean moreIsBetter, @Nullable Double margin) {
        return new ComparedMetric(
                rate + ".share",
                Unit.SHARE,
                moreIsBetter,
                1,
                margin,
                0,
                run -> run.rate(rate).map(share -> new Measured(share.rate(), share.total())));
    }

    /** Arrivals that found no free user; a run without any has a share of 0. */
    static ComparedMetric droppedArrivals(@Nullable Double margin) {
        return new ComparedMetric(MetricNames.DROPPED_ITERATIONS + ".share", Unit.SHARE, false, 1, margin, 0, run -> {
            double dropped = run.count(MetricNames.DROPPED_ITERATIONS).orElse(0.0);
            double arrived = dropped + run.count(MetricNames.ITERATIONS).orElse(0.0);
            return arrived == 0 ? Optional.empty() : Optional.of(new Measured(dropped / arrived, Math.round(arrived)));
        });
    }

    static ComparedMetric costOfAnOperation(@Nullable Double margin) {
        return new ComparedMetric(
                MetricNames.LLM_COST_USD + ".per_operation",
                Unit.USD,
                false,
                1,
                margin,
                0,
                run -> run.llm()
                        .flatMap(llm -> llm.costUsd() == null || llm.operations() <= 0
                                ? Optional.empty()
                                : Optional.of(
                                        new Measured(llm.costUsd() / llm.operations(), Math.round(llm.operations())))));
    }

    /** Scheduled requests within all limits; empty for a run whose answers told nothing to judge them by. */
    static ComparedMetric goodput(@Nullable Double margin) {
        return new ComparedMetric(
                GOODPUT,
                Unit.SHARE,
                true,
                1,
                margin,
                0,
                run -> Optional.ofNullable(run.goodput())
                        .flatMap(goodput -> Optional.ofNullable(goodput.share())
                                .map(share -> new Measured(share, goodput.scheduled()))));
    }

    static ComparedMetric throughput(String counter) {
        return new ComparedMetric(
                counter + ".rate",
                Unit.PER_SECOND,
                true,
                1,
                null,
                0,
                run -> run.metric(counter)
                        .filter(MetricSummary.Counter.class::isInstance)
                        .map(MetricSummary.Counter.class::cast)
                        .map(each -> new Measured(each.ratePerSecond(), Math.round(each.count()))));
    }

    /** The same by the user's own margin, which is taken as it is. */
    ComparedMetric with(double given) {
        return new ComparedMetric(name, unit, moreIsBetter, fewest, given, 0, of);
    }

    /** The part of the name behind the dot: {@code p95}, {@code share}. */
    String statistic() {
        return name.substring(name.indexOf('.') + 1);
    }
}
