package io.bookstore.perf.compare;

import io.bookstore.perf.metrics.MetricNames;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.TrendStatistics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The part of a summary's response time that grew most, by the means of the runs: of all statistics only means add up.
 *
 * @param part     {@code provider}, {@code application}, {@code transport}, or two of them where a service does not tell them
 *                 apart
 * @param byMs     median growth over the pairs
 * @param ofMs     the same of the whole response time
 * @param sentence both figures, and retries if there were more of them
 */
public record GrownPart(String part, double byMs, double ofMs, String sentence) {

    /** Retries for each summary that are no chance any more: one in a hundred. */
    private static final double MORE_RETRIES = 0.01;

    /** Finds the part; empty if the runs do not tell two parts, or none has grown. */
    static Optional<GrownPart> of(List<Pair> pairs) {
        Double whole = growth(pairs, run -> mean(run, MetricNames.LLM_RESPONSE_TIME));
        List<Grown> parts = new ArrayList<>();
        for (Part part : partsOf(pairs)) {
            Double growth = growth(pairs, part.of());
            if (growth != null) {
                parts.add(new Grown(part.name(), growth));
            }
        }
        if (whole == null || parts.size() < 2) {
            return Optional.empty();
        }
        return parts.stream()
                .max(Comparator.comparingDouble(Grown::milliseconds))
                .filter(most -> most.milliseconds() > 0)
                .map(most -> new GrownPart(
                        most.part(),
                        most.milliseconds(),
                        whole,
                        "The %s grew by %s of %s%s."
                                .formatted(most.part(), text(most.milliseconds()), text(whole), moreRetries(pairs))));
    }

    private static String text(double milliseconds) {
        return String.format(Locale.ROOT, Math.abs(milliseconds) < 10 ? "%.1f ms" : "%.0f ms", milliseconds);
    }

    private static List<Part> partsOf(List<Pair> pairs) {
        boolean transportIsTold = growth(pairs, GrownPart::transport) != null;
        if (growth(pairs, run -> mean(run, MetricNames.LLM_PROVIDER_TIME)) == null) {
            return List.of(
                    new Part("service", run -> minus(mean(run, MetricNames.LLM_RESPONSE_TIME), transport(run))),
                    new Part("transport", GrownPart::transport));
        }
        Part provider = new Part("provider", run -> mean(run, MetricNames.LLM_PROVIDER_TIME));
        return transportIsTold
                ? List.of(
                        provider,
                        new Part("application", run -> minus(mean(run, MetricNames.LLM_APP_OVERHEAD), transport(run))),
                        new Part("transport", GrownPart::transport))
                : List.of(
                        provider, new Part("application or transport", run -> mean(run, MetricNames.LLM_APP_OVERHEAD)));
    }

    private static @Nullable Double transport(RunResult run) {
        return mean(run, MetricNames.LLM_TRANSPORT_TIME);
    }

    private static @Nullable Double mean(RunResult run, String trend) {
        return run.trend(trend).map(TrendStatistics::avg).orElse(null);
    }

    private static @Nullable Double minus(@Nullable Double whole, @Nullable Double part) {
        return whole == null || part == null ? null : Double.valueOf(whole - part);
    }

    /** The median over the pairs of candidate less baseline; null if a run does not tell the figure. */
    private static @Nullable Double growth(List<Pair> pairs, Function<RunResult, @Nullable Double> figure) {
        List<Double> growths = new ArrayList<>();
        for (Pair pair : pairs) {
            Double growth = minus(
                    figure.apply(pair.candidate().result()),
                    figure.apply(pair.baseline().result()));
            if (growth == null) {
                return null;
            }
            growths.add(growth);
        }
        return ObservedMetric.median(growths);
    }

    /** The waits before retries are time of the application, and their attempts time of the provider. */
    private static String moreRetries(List<Pair> pairs) {
        Double growth = growth(pairs, GrownPart::retriesOfASummary);
        if (growth == null || growth < MORE_RETRIES) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                "; retries rose from %.1f to %.1f in 100 summaries",
                100 * median(pairs, Pair::baseline),
                100 * median(pairs, Pair::candidate));
    }

    private static double median(List<Pair> pairs, Function<Pair, ComparedRun> side) {
        List<Double> retries = new ArrayList<>();
        for (Pair pair : pairs) {
            Double ofARun = retriesOfASummary(side.apply(pair).result());
            retries.add(ofARun == null ? 0 : ofARun);
        }
        return ObservedMetric.median(retries);
    }

    private static @Nullable Double retriesOfASummary(RunResult run) {
        double summaries = run.count(MetricNames.LLM_OPERATIONS).orElse(0.0);
        return run.count(MetricNames.LLM_RETRIES)
                .filter(retries -> summaries > 0)
                .map(retries -> retries / summaries)
                .orElse(null);
    }

    private record Part(String name, Function<RunResult, @Nullable Double> of) {}

    private record Grown(String part, double milliseconds) {}
}
