package io.bookstore.perf.compare;

import io.bookstore.perf.compare.ComparedMetric.Measured;
import io.bookstore.perf.compare.ComparedMetric.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** Judges the metrics of some pairs, all together: the chance to be wrong is shared among those that have a margin. */
final class MetricJudge {

    /** No failure in n requests leaves a share of failures up to 3 / n possible ("rule of three", at 95 %). */
    private static final double RULE_OF_THREE = 3;

    private final List<Pair> pairs;

    MetricJudge(List<Pair> pairs) {
        this.pairs = pairs;
    }

    List<MetricComparison> judge(List<ComparedMetric> metrics) {
        List<ObservedMetric> observed = metrics.stream()
                .filter(metric -> metric.unit() == Unit.SHARE || !isZeroInEachRun(metric))
                .map(this::observe)
                .toList();
        List<ObservedMetric> judged =
                observed.stream().filter(ObservedMetric::judged).toList();
        List<Double> beyond = Holm.adjusted(judged.stream()
                .map(each -> each.change().chanceBeyond(each.margin()))
                .toList());
        List<Double> noise = Holm.adjusted(judged.stream()
                .map(each -> each.control() == null ? 1.0 : each.control().chanceBeyond(0))
                .toList());
        List<MetricComparison> rows = new ArrayList<>();
        for (ObservedMetric each : observed) {
            int index = judged.indexOf(each);
            rows.add(index < 0 ? each.unjudged() : verdict(each, beyond.get(index), noise.get(index), judged.size()));
        }
        return rows;
    }

    private boolean isZeroInEachRun(ComparedMetric metric) {
        return pairs.stream()
                .flatMap(Pair::runs)
                .allMatch(run -> metric.of()
                        .apply(run.result())
                        .filter(measured -> measured.value() == 0)
                        .isPresent());
    }

    private ObservedMetric observe(ComparedMetric metric) {
        Optional<String> problem = problem(metric);
        if (problem.isPresent()) {
            return new ObservedMetric(metric, List.of(), List.of(), null, null, 0, problem.get());
        }
        List<Double> baseline = values(metric, Pair::baseline);
        List<Double> candidate = values(metric, Pair::candidate);
        boolean controlled = pairs.get(0).control() != null;
        return new ObservedMetric(
                metric,
                baseline,
                candidate,
                change(metric, baseline, candidate),
                controlled
                        ? change(metric, baseline, values(metric, pair -> Objects.requireNonNull(pair.control())))
                        : null,
                margin(metric, baseline),
                null);
    }

    private List<Double> values(ComparedMetric metric, Function<Pair, ComparedRun> run) {
        return pairs.stream()
                .map(run)
                .map(each -> metric.of().apply(each.result()).orElseThrow().value())
                .toList();
    }

    private static PairedChange change(ComparedMetric metric, List<Double> from, List<Double> to) {
        List<Double> differences = new ArrayList<>();
        for (int i = 0; i < from.size(); i++) {
            differences.add(
                    metric.unit() == Unit.SHARE
                            ? to.get(i) - from.get(i)
                            : Math.log(to.get(i)) - Math.log(from.get(i)));
        }
        return PairedChange.of(differences);
    }

    /** The margin on the scale of the differences; 0 for a metric without one. */
    private static double margin(ComparedMetric metric, List<Double> baseline) {
        if (metric.margin() == null) {
            return 0;
        }
        double share = metric.margin() / 100;
        return switch (metric.unit()) {
            case SHARE -> share;
            case MILLISECONDS -> Math.log1p(Math.max(share, metric.smallestMs() / ObservedMetric.median(baseline)));
            case USD, PER_SECOND -> Math.log1p(share);
        };
    }

    private Optional<String> problem(ComparedMetric metric) {
        return pairs.stream()
                .flatMap(Pair::runs)
                .flatMap(run -> problem(metric, run).stream())
                .findFirst()
                .or(() -> tooFewForAShare(metric, "baseline", Pair::baseline))
                .or(() -> tooFewForAShare(metric, "candidate", Pair::candidate));
    }

    private static Optional<String> problem(ComparedMetric metric, ComparedRun run) {
        Optional<Measured> measured = metric.of().apply(run.result());
        if (measured.isEmpty()) {
            return Optional.of(run.name() + " has no sample of it.");
        }
        double value = measured.get().value();
        if (measured.get().samples() < metric.fewest()) {
            return Optional.of("%s needs %d samples in each run, %s has %d; make the runs longer."
                    .formatted(
                            metric.statistic(),
                            metric.fewest(),
                            run.name(),
                            measured.get().samples()));
        }
        if (!Double.isFinite(value) || value < 0) {
            return Optional.of("It is " + value + " in " + run.name() + ", which cannot have been measured.");
        }
        return value == 0 && metric.unit() != Unit.SHARE
                ? Optional.of("It is 0 in " + run.name() + " and not in all runs, so that there is no ratio.")
                : Optional.empty();
    }

    private Optional<String> tooFewForAShare(ComparedMetric metric, String side, Function<Pair, ComparedRun> run) {
        if (metric.unit() != Unit.SHARE || metric.margin() == null) {
            return Optional.empty();
        }
        long needed = (long) Math.ceil(RULE_OF_THREE * 100 / metric.margin());
        long samples = pairs.stream()
                .map(run)
                .mapToLong(
                        each -> metric.of().apply(each.result()).orElseThrow().samples())
                .sum();
        return samples >= needed
                ? Optional.empty()
                : Optional.of("A margin of %s needs %d requests on each side, the %s has %d; make the runs longer."
                        .formatted(MetricComparison.points(metric.margin()), needed, side, samples));
    }

    private static MetricComparison verdict(ObservedMetric observed, double beyond, double noise, int judged) {
        PairedChange change = observed.change();
        double margin = observed.margin();
        if (change.pairs() < PairedChange.FEWEST_PAIRS) {
            int more = change.morePairs(margin, PairedChange.ALPHA).orElse(PairedChange.FEWEST_PAIRS - change.pairs());
            return observed.inconclusive(
                    "A verdict needs at least %d pairs.".formatted(PairedChange.FEWEST_PAIRS), OptionalInt.of(more));
        }
        PairedChange control = observed.control();
        if (control != null && noise <= PairedChange.ALPHA) {
            return observed.with(
                    ComparisonVerdict.INVALID,
                    "The session is too noisy: the baseline differs from itself by more than chance.");
        }
        if (control != null && control.interval().width() / 2 > margin) {
            return observed.with(
                    ComparisonVerdict.INVALID,
                    "The session is too noisy: the baseline scatters by more than the margin.");
        }
        if (beyond <= PairedChange.ALPHA) {
            return observed.with(
                    change.mean() > 0 == observed.metric().moreIsBetter()
                            ? ComparisonVerdict.BETTER
                            : ComparisonVerdict.WORSE,
                    null);
        }
        if (change.interval().within(margin)) {
            return observed.with(ComparisonVerdict.SAME, null);
        }
        return observed.inconclusive(
                change.chanceBeyond(margin) <= PairedChange.ALPHA
                        ? "Beyond the margin by itself, but not surely so as one of %d judged metrics."
                                .formatted(judged)
                        : null,
                change.morePairs(margin, PairedChange.ALPHA / judged));
    }
}
