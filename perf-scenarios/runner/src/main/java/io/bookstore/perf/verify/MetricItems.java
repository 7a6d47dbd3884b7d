package io.bookstore.perf.verify;

import static java.util.Map.entry;

import io.bookstore.perf.promql.MetricsText;
import io.bookstore.perf.promql.MetricsText.Series;
import io.bookstore.perf.verify.ServiceFacts.Response;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** The items about metrics of calls to models, by OpenTelemetry's conventions for GenAI as Prometheus writes their names. */
final class MetricItems {

    private static final List<Double> SECONDS =
            List.of(0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92);
    private static final List<Double> TOKENS = List.of(
            1d, 4d, 16d, 64d, 256d, 1024d, 4096d, 16384d, 65536d, 262144d, 1048576d, 4194304d, 16777216d, 67108864d);

    private static final String DURATION = "gen_ai_client_operation_duration";
    private static final String INFERENCE_DURATION = "gen_ai_client_inference_duration";
    private static final String TOKEN_USAGE = "gen_ai_client_token_usage";
    private static final String TOKEN_TYPE = "gen_ai_token_type";
    private static final Set<String> TOKEN_TYPES = Set.of("input", "output");

    /** Histograms of v1.41.1 and of gen-ai v0.1.0 without their units, and the buckets that the conventions advise. */
    private static final Map<String, List<Double>> HISTOGRAMS = Map.ofEntries(
            entry(DURATION, SECONDS),
            entry("gen_ai_client_operation_time_to_first_chunk", SECONDS),
            entry("gen_ai_client_operation_time_per_output_chunk", SECONDS),
            entry(INFERENCE_DURATION, SECONDS),
            entry("gen_ai_client_inference_time_to_first_chunk", SECONDS),
            entry("gen_ai_client_inference_time_per_output_chunk", SECONDS),
            entry(TOKEN_USAGE, TOKENS),
            entry("gen_ai_client_inference_operation_input_tokens", TOKENS),
            entry("gen_ai_client_inference_operation_output_tokens", TOKENS));

    /** A mean call that is so much longer than the slowest answer was measured in another unit. */
    private static final double ANOTHER_UNIT = 100;

    private static final double SHORTEST_ANSWER_MS = 1_000;

    private static final int FEW = 3;

    private final ServiceFacts facts;
    private final String unseen;
    private final List<Series> series;
    private final ItemList items;

    MetricItems(ServiceFacts facts, ServiceTelemetry telemetry, ItemList items) {
        this.facts = facts;
        this.items = items;
        String page = telemetry.metrics();
        series = page == null
                ? List.of()
                : MetricsText.series(page, name -> name.startsWith("gen_ai_")).toList();
        if (telemetry.page().isEmpty()) {
            unseen = "the metrics were not asked for";
        } else {
            unseen = telemetry.page() + (page == null ? " gave no metrics" : " has no metric gen_ai_*");
        }
    }

    void look() {
        judge(
                "metric-names",
                "The duration of calls is a metric by the name of the conventions",
                any -> true,
                MetricItems::wrongName,
                "Rename it at its source, or describe it to \"llm-perf adapt\": dashboards and alerts look for that name.");
        judge(
                "metric-units",
                "Durations of calls are seconds, and tokens are plain numbers",
                MetricItems::isKnown,
                this::wrongUnit,
                "Record seconds, and leave a unit of tokens out of the name.");
        judge(
                "metric-buckets",
                "Histograms have the buckets that the conventions advise",
                each -> isKnown(each) && each.metric().equals(rightName(each.metric())),
                MetricItems::wrongBuckets,
                "Set them by a view, or an SLO of the meter: percentiles between wide buckets are guesses.");
        judge(
                "metric-labels",
                "Metrics of calls have the labels that the conventions require",
                MetricItems::isKnown,
                MetricItems::wrongLabels,
                "Record operation and provider with each call, and tokens as input and output: a total counts them twice.");
    }

    /** Looks for a defect in the series that an item is about; null for none. */
    @FunctionalInterface
    private interface Judge {
        @Nullable
        String wrong(List<Series> series);
    }

    private void judge(String name, String rule, Predicate<Series> about, Judge judge, String remedy) {
        List<Series> seen = series.stream().filter(about).toList();
        if (seen.isEmpty()) {
            String reason = series.isEmpty() ? unseen : "no metric gen_ai_* has the name and unit of one that is known";
            items.unknown(name, rule, reason, series.isEmpty() ? "Give the address of its metrics by --metrics." : "");
            return;
        }
        String wrong = judge.wrong(seen);
        if (wrong == null) {
            items.pass(name, rule, names(seen));
        } else {
            items.fail(name, rule, wrong, remedy);
        }
    }

    private static @Nullable String wrongName(List<Series> seen) {
        boolean known = seen.stream()
                .map(each -> known(each.metric()))
                .flatMap(Optional::stream)
                .anyMatch(name -> name.equals(DURATION) || name.equals(INFERENCE_DURATION));
        return known ? null : names(seen) + " in place of " + DURATION + "_seconds";
    }

    private @Nullable String wrongUnit(List<Series> seen) {
        return seen.stream()
                .map(Series::metric)
                .filter(metric -> !metric.equals(rightName(metric)))
                .findFirst()
                .map(metric -> metric + " in place of " + rightName(metric))
                .orElseGet(() -> tooLong(seen));
    }

    /** A duration in milliseconds by the name of seconds. */
    private @Nullable String tooLong(List<Series> seen) {
        double slowestMs = DoubleStream.concat(
                        facts.answers().stream().mapToDouble(Response::durationMs), DoubleStream.of(SHORTEST_ANSWER_MS))
                .max()
                .orElseThrow();
        String name = DURATION + "_seconds";
        double mean = sum(seen, name + "_sum") / sum(seen, name + "_count");
        return mean * 1_000 > ANOTHER_UNIT * slowestMs
                ? String.format(
                        Locale.ROOT,
                        "%s has a mean of %,.0f s, and no answer took longer than %s",
                        name,
                        mean,
                        ItemList.ms(slowestMs))
                : null;
    }

    private static double sum(List<Series> seen, String name) {
        return seen.stream()
                .filter(each -> each.name().equals(name))
                .mapToDouble(Series::value)
                .sum();
    }

    private static @Nullable String wrongBuckets(List<Series> seen) {
        Map<String, Set<Double>> bounds = new LinkedHashMap<>();
        for (Series each : seen) {
            Set<Double> own = bounds.computeIfAbsent(each.metric(), metric -> new TreeSet<>());
            String bound = each.labels().get("le");
            if (bound != null) {
                own.add(MetricsText.value(bound));
            }
        }
        return bounds.entrySet().stream()
                .map(metric -> wrongBuckets(metric.getKey(), metric.getValue()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String wrongBuckets(String metric, Set<Double> bounds) {
        List<Double> advised =
                Objects.requireNonNull(HISTOGRAMS.get(known(metric).orElseThrow()));
        if (bounds.containsAll(advised)) {
            return null;
        }
        bounds.remove(Double.POSITIVE_INFINITY);
        return metric + " has " + (bounds.isEmpty() ? "none" : shown(bounds)) + " in place of " + shown(advised);
    }

    /** The first bounds and the last one. */
    private static String shown(Collection<Double> bounds) {
        List<String> all = bounds.stream().map(MetricItems::shown).toList();
        return all.size() <= FEW
                ? String.join(", ", all)
                : String.join(", ", all.subList(0, FEW)) + " … " + all.get(all.size() - 1);
    }

    private static String shown(double bound) {
        return bound == Math.rint(bound) ? String.format(Locale.ROOT, "%.0f", bound) : String.valueOf(bound);
    }

    private static @Nullable String wrongLabels(List<Series> seen) {
        for (Series each : seen) {
            for (String required : List.of("gen_ai_operation_name", "gen_ai_provider_name")) {
                if (!each.labels().containsKey(required)) {
                    return each.metric() + " has no label " + required;
                }
            }
            String type = each.labels().getOrDefault(TOKEN_TYPE, "");
            if (each.metric().startsWith(TOKEN_USAGE) && !TOKEN_TYPES.contains(type)) {
                return each.metric() + " has " + TOKEN_TYPE + "=\"" + type + "\"";
            }
        }
        return null;
    }

    private static boolean isKnown(Series series) {
        return known(series.metric()).isPresent();
    }

    /** The name of a histogram of the conventions without its unit. */
    private static Optional<String> known(String metric) {
        return HISTOGRAMS.keySet().stream()
                .filter(name -> metric.equals(name) || metric.startsWith(name + "_"))
                .findFirst();
    }

    private static String rightName(String metric) {
        String name = known(metric).orElseThrow();
        return SECONDS.equals(HISTOGRAMS.get(name)) ? name + "_seconds" : name;
    }

    private static String names(List<Series> seen) {
        return seen.stream().map(Series::metric).distinct().collect(Collectors.joining(", "));
    }
}
