package io.bookstore.perf.compare;

import io.bookstore.perf.Quantity;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The verdict of all judged metrics together, and the sentence that says it. */
record Summary(List<MetricComparison> metrics, int pairs) {

    /** A regression that was seen stays one, whatever else could not be judged; nothing good is claimed on a part. */
    private static final List<ComparisonVerdict> FIRST_ONE_COUNTS = List.of(
            ComparisonVerdict.WORSE,
            ComparisonVerdict.INVALID,
            ComparisonVerdict.INCONCLUSIVE,
            ComparisonVerdict.BETTER,
            ComparisonVerdict.SAME);

    /** The verdict; INVALID without a judged metric, for nothing to judge is no reason to pass. */
    ComparisonVerdict verdict() {
        return FIRST_ONE_COUNTS.stream()
                .filter(verdict -> having(verdict).findAny().isPresent())
                .findFirst()
                .orElse(ComparisonVerdict.INVALID);
    }

    String sentence() {
        ComparisonVerdict verdict = verdict();
        List<MetricComparison> decisive = having(verdict).toList();
        return verdict + ": "
                + switch (verdict) {
                    case WORSE, BETTER ->
                        changed(largest(decisive)) + inPairs()
                                + others(
                                        decisive,
                                        "; one other metric is %s too",
                                        "; %d other metrics are %s too",
                                        verdict)
                                + ".";
                    case SAME -> "no judged metric has changed by more than its margin" + inPairs() + ".";
                    case INCONCLUSIVE -> inconclusive(decisive);
                    case INVALID ->
                        decisive.isEmpty()
                                ? "these runs have no metric that is judged; give one a margin with --margin."
                                : invalid(decisive);
                };
    }

    /** Returns whether a time of summaries is worse, so that one of its parts has grown. */
    boolean summariesSlower() {
        return having(ComparisonVerdict.WORSE)
                .anyMatch(metric -> metric.unit().equals("ms") && metric.name().startsWith("llm_"));
    }

    private Stream<MetricComparison> having(ComparisonVerdict verdict) {
        return metrics.stream().filter(metric -> metric.verdict() == verdict);
    }

    private static String changed(MetricComparison metric) {
        return "%s is %s, the margin is %s"
                .formatted(metric.name(), change(metric).words(), metric.marginText());
    }

    private static MetricComparison.Change change(MetricComparison metric) {
        return Objects.requireNonNull(metric.change(), metric.name());
    }

    /** The metric that is furthest beyond its margin. */
    private static MetricComparison largest(List<MetricComparison> metrics) {
        return metrics.stream()
                .max(Comparator.comparingDouble(
                        metric -> change(metric).percent() / Objects.requireNonNull(metric.margin(), metric.name())))
                .orElseThrow();
    }

    private String inconclusive(List<MetricComparison> decisive) {
        MetricComparison slowest = decisive.stream()
                .max(Comparator.comparingInt(
                        metric -> metric.morePairs() == null ? Integer.MAX_VALUE : metric.morePairs()))
                .orElseThrow();
        Integer more = slowest.morePairs();
        return "%s not decide %s%s; %s."
                .formatted(
                        Quantity.count(pairs, "pair") + (pairs == 1 ? " does" : " do"),
                        slowest.name(),
                        others(
                                decisive,
                                " and one other metric",
                                " and %d other metrics",
                                ComparisonVerdict.INCONCLUSIVE),
                        more == null
                                ? "its change is about as large as the margin"
                                : "it needs about " + Quantity.count(more, "more pair"));
    }

    private static String invalid(List<MetricComparison> decisive) {
        return decisive.get(0).name() + " cannot be judged"
                + others(
                        decisive, ", nor can one other metric", ", nor can %d other metrics", ComparisonVerdict.INVALID)
                + ". " + decisive.get(0).reason();
    }

    private static String others(List<MetricComparison> decisive, String one, String many, ComparisonVerdict verdict) {
        return switch (decisive.size()) {
            case 1 -> "";
            case 2 -> one.formatted(verdict);
            default -> many.replace("%d", String.valueOf(decisive.size() - 1)).formatted(verdict);
        };
    }

    private String inPairs() {
        return " (" + Quantity.count(pairs, "pair") + ")";
    }
}
