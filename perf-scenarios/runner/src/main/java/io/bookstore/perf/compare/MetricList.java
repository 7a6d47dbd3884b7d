package io.bookstore.perf.compare;

import io.bookstore.perf.PerfException;
import io.bookstore.perf.compare.ComparedMetric.Percentile;
import io.bookstore.perf.metrics.MetricNames;
import io.bookstore.perf.results.MetricSummary;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.slo.Goodput;
import io.bookstore.perf.slo.Slo;
import io.bookstore.perf.slo.SloText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The metrics of a comparison: those that the kit judges or shows, and those that the user gives a margin. */
final class MetricList {

    private static final double MEDIAN = 5;
    private static final double TAIL = 10;
    private static final double POINT = 1;
    private static final double COST = 5;

    private MetricList() {}

    /** The metrics that the kit knows, in the order of the table. */
    private static List<ComparedMetric> known() {
        return List.of(
                ComparedMetric.percentile(MetricNames.LLM_RESPONSE_TIME, Percentile.P50, MEDIAN),
                ComparedMetric.percentile(MetricNames.LLM_RESPONSE_TIME, Percentile.P95, TAIL),
                ComparedMetric.percentile(MetricNames.LLM_RESPONSE_TIME, Percentile.P99, null),
                ComparedMetric.percentile(MetricNames.LLM_TTFT, Percentile.P50, MEDIAN),
                ComparedMetric.percentile(MetricNames.LLM_TTFT, Percentile.P95, null),
                ComparedMetric.percentile(MetricNames.LLM_APP_OVERHEAD, Percentile.P50, MEDIAN),
                ComparedMetric.percentile(MetricNames.LLM_APP_OVERHEAD, Percentile.P95, null),
                ComparedMetric.percentile(MetricNames.LLM_PROVIDER_TIME, Percentile.P50, null),
                ComparedMetric.percentile(MetricNames.LLM_PROVIDER_TIME, Percentile.P95, null),
                ComparedMetric.share(MetricNames.LLM_ERRORS, false, POINT),
                ComparedMetric.costOfAnOperation(COST),
                ComparedMetric.share(MetricNames.LLM_CACHE_HITS, true, null),
                ComparedMetric.percentile(MetricNames.CRUD_RESPONSE_TIME, Percentile.P50, MEDIAN),
                ComparedMetric.percentile(MetricNames.CRUD_RESPONSE_TIME, Percentile.P95, TAIL),
                ComparedMetric.percentile(MetricNames.CRUD_RESPONSE_TIME, Percentile.P99, null),
                ComparedMetric.share(MetricNames.CRUD_ERRORS, false, POINT),
                ComparedMetric.percentile(MetricNames.HTTP_REQ_DURATION, Percentile.P50, MEDIAN),
                ComparedMetric.percentile(MetricNames.HTTP_REQ_DURATION, Percentile.P95, TAIL),
                ComparedMetric.percentile(MetricNames.HTTP_REQ_DURATION, Percentile.P99, null),
                ComparedMetric.share(MetricNames.HTTP_REQ_FAILED, false, POINT),
                ComparedMetric.droppedArrivals(POINT),
                ComparedMetric.goodput(POINT),
                ComparedMetric.throughput(MetricNames.HTTP_REQS));
    }

    /**
     * The metrics that at least one of the runs has.
     *
     * @throws PerfException if a margin is for a metric that none has
     */
    static List<ComparedMetric> of(List<RunResult> runs, Map<String, Double> margins) {
        boolean ofOurScripts = runs.stream()
                .anyMatch(run -> run.trend(MetricNames.LLM_RESPONSE_TIME).isPresent()
                        || run.trend(MetricNames.CRUD_RESPONSE_TIME).isPresent());
        // Scripts of others measure only what k6 itself does; beside ours that says nothing new.
        List<ComparedMetric> metrics = known().stream()
                .filter(metric ->
                        !ofOurScripts || !metric.name().startsWith("http_req_") || margins.containsKey(metric.name()))
                .filter(metric -> isIn(runs, metric))
                .collect(Collectors.toCollection(ArrayList::new));
        Set<String> listed = metrics.stream().map(ComparedMetric::name).collect(Collectors.toCollection(TreeSet::new));
        Stream.of(Percentile.values())
                .flatMap(percentile ->
                        trends(runs).stream().map(trend -> ComparedMetric.percentile(trend, percentile, null)))
                .filter(metric -> margins.containsKey(metric.name()) && listed.add(metric.name()))
                .forEach(metrics::add);
        refuseUnknown(margins.keySet(), metrics, runs);
        return metrics.stream().map(metric -> judged(metric, margins)).toList();
    }

    private static boolean isIn(List<RunResult> runs, ComparedMetric metric) {
        return metric.name().equals(ComparedMetric.GOODPUT)
                ? runs.stream().anyMatch(run -> isIn(run, metric))
                        && whyNoGoodput(runs).isEmpty()
                : runs.stream().anyMatch(run -> isIn(run, metric));
    }

    /**
     * The reason why the goodput of these runs is not compared; empty if it is, or none has one. Two shares by different limits
     * differ for that reason alone.
     */
    static Optional<String> whyNoGoodput(List<RunResult> runs) {
        List<Goodput> known = runs.stream()
                .map(RunResult::goodput)
                .filter(goodput -> goodput != null && goodput.share() != null)
                .toList();
        if (known.isEmpty()) {
            return Optional.empty();
        }
        if (known.size() < runs.size()) {
            return Optional.of("The goodput is not compared: %d of %d runs have none, as those of an older kit."
                    .formatted(runs.size() - known.size(), runs.size()));
        }
        Slo first = Slo.of(known.get(0));
        return known.stream()
                .map(Slo::of)
                .filter(slo -> !first.agrees(slo))
                .findFirst()
                .map(other ->
                        "The goodput is not compared: some runs were judged by %s, others by %s; run both sides with one --slo."
                                .formatted(SloText.of(first), SloText.of(other)));
    }

    private static boolean isIn(RunResult run, ComparedMetric metric) {
        // A counter without a sample is a true 0, so every run has this share; it is shown once an arrival was dropped.
        return metric.name().startsWith(MetricNames.DROPPED_ITERATIONS)
                ? run.count(MetricNames.DROPPED_ITERATIONS).isPresent()
                : metric.of().apply(run).isPresent();
    }

    private static ComparedMetric judged(ComparedMetric metric, Map<String, Double> margins) {
        Double own = margins.get(metric.name());
        Double general = metric.margin() == null ? null : margins.get(metric.statistic());
        Double given = own == null ? general : own;
        return given == null ? metric : metric.with(given);
    }

    private static void refuseUnknown(Set<String> names, List<ComparedMetric> metrics, List<RunResult> runs) {
        Set<String> known = new TreeSet<>();
        metrics.forEach(metric -> known.add(metric.name()));
        metrics.stream().filter(metric -> metric.margin() != null).forEach(metric -> known.add(metric.statistic()));
        Set<String> possible = new TreeSet<>(known);
        trends(runs).forEach(trend -> possible.add(trend + ".p95"));
        CompareRules.refuseUnknown("--margin", names, "metric", known, possible);
    }

    /** Names of times; of another trend nobody here knows whether more of it is better. */
    private static Set<String> trends(List<RunResult> runs) {
        return runs.stream()
                .flatMap(run -> run.metrics().stream())
                .filter(metric -> metric instanceof MetricSummary.Trend
                        && metric.contains().equals("time"))
                .map(MetricSummary::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
