package io.bookstore.k6.metrics;

import io.bookstore.k6.options.ThresholdOptions;
import io.bookstore.k6.run.MetricResult;
import io.bookstore.k6.script.ScriptFault;
import io.bookstore.perf.metrics.BuiltInMetrics;
import io.bookstore.perf.metrics.Metric;
import io.bookstore.perf.metrics.MetricNames;
import io.bookstore.perf.metrics.TagFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All series of a run and their thresholds. Filled by the consumer thread, read by others only after it has ended. */
public final class Aggregator {

    private static final String OF_EXPECTED_ANSWERS = MetricNames.HTTP_REQ_DURATION + "{expected_response:true}";

    /** A metric with the series its thresholds select. */
    private record Family(Series whole, List<Series> parts, List<TagFilter> filters) {}

    private final Map<String, Family> families = new LinkedHashMap<>();

    /** @throws ScriptFault with exit code 104 when a threshold names an unknown metric or does not fit it */
    public Aggregator(MetricRegistry registry, Map<String, List<ThresholdOptions>> thresholds) {
        try {
            thresholds.forEach((key, expressions) -> judge(registry, key, expressions));
        } catch (IllegalArgumentException e) {
            throw ScriptFault.configuration(String.valueOf(e.getMessage()));
        }
        // k6 has this one as soon as HTTP is used; it shows only when it has samples or a threshold.
        part(family(BuiltInMetrics.HTTP_REQ_DURATION), OF_EXPECTED_ANSWERS, TagFilter.parse(OF_EXPECTED_ANSWERS));
    }

    private void judge(MetricRegistry registry, String key, List<ThresholdOptions> expressions) {
        TagFilter filter = TagFilter.parse(key);
        Metric metric = registry.find(filter.metric())
                .orElseThrow(() -> ScriptFault.configuration(
                        "Threshold '%s' is for metric '%s', which is neither built in nor declared by the script."
                                .formatted(key, filter.metric())));
        Series series = filter.tags().isEmpty() ? family(metric).whole() : part(family(metric), key, filter);
        for (ThresholdOptions expression : expressions) {
            series.thresholds().add(new Threshold(key, metric, expression));
        }
    }

    void add(Metric metric, double value, Map<String, String> tags) {
        Family family = family(metric);
        family.whole().sink().add(value);
        for (int i = 0; i < family.parts().size(); i++) {
            if (family.filters().get(i).matches(tags)) {
                family.parts().get(i).sink().add(value);
            }
        }
    }

    /** Evaluates every threshold; names the first that wants the run to end, empty if none does. */
    Optional<String> evaluate(Duration elapsed) {
        Optional<String> abort = Optional.empty();
        double seconds = elapsed.toNanos() / 1e9;
        for (Family family : families.values()) {
            for (Series series : all(family)) {
                for (Threshold threshold : series.thresholds()) {
                    threshold.evaluate(series, seconds);
                    if (abort.isEmpty() && threshold.abortsAt(elapsed)) {
                        abort = Optional.of("'" + threshold.text() + "' of " + series.name());
                    }
                }
            }
        }
        return abort;
    }

    /** Returns whether the last evaluation found a threshold crossed. */
    public boolean crossed() {
        return families.values().stream()
                .flatMap(family -> all(family).stream())
                .flatMap(series -> series.thresholds().stream())
                .anyMatch(Threshold::crossed);
    }

    /**
     * The results of the run, each metric before its parts.
     *
     * @param seconds length of the run, setup and teardown included
     */
    public List<MetricResult> results(List<String> trendStats, double seconds) {
        return series().stream()
                .map(series -> new MetricResult(
                        series.name(),
                        series.metric(),
                        series.filter(),
                        series.sink().values(trendStats, seconds),
                        series.thresholds().stream()
                                .map(threshold -> new MetricResult.ThresholdResult(
                                        threshold.text(),
                                        !threshold.crossed(),
                                        threshold.aggregation().name(),
                                        series.sink().aggregate(threshold.aggregation(), seconds)))
                                .toList()))
                .toList();
    }

    /** Every series that has samples or was asked for by a threshold, a metric before its parts. */
    private List<Series> series() {
        List<Series> shown = new ArrayList<>();
        for (Family family : families.values()) {
            boolean asked = !family.whole().thresholds().isEmpty()
                    || family.parts().stream().anyMatch(part -> !isOwn(part));
            if (asked || !family.whole().sink().empty()) {
                shown.add(family.whole());
                family.parts().stream()
                        .filter(part -> !isOwn(part) || !part.sink().empty())
                        .forEach(shown::add);
            }
        }
        return shown;
    }

    /** Texts of the thresholds on a metric as a whole, for the samples file. */
    List<String> thresholdTexts(Metric metric) {
        return family(metric).whole().thresholds().stream().map(Threshold::text).toList();
    }

    List<Series> parts(Metric metric) {
        return family(metric).parts();
    }

    private boolean isOwn(Series part) {
        return part.thresholds().isEmpty() && part.name().equals(OF_EXPECTED_ANSWERS);
    }

    private Family family(Metric metric) {
        return families.computeIfAbsent(
                metric.name(),
                name -> new Family(new Series(name, metric, Map.of()), new ArrayList<>(), new ArrayList<>()));
    }

    private static Series part(Family family, String key, TagFilter filter) {
        for (Series part : family.parts()) {
            if (part.name().equals(key)) {
                return part;
            }
        }
        Series part = new Series(key, family.whole().metric(), filter.tags());
        family.parts().add(part);
        family.filters().add(filter);
        return part;
    }

    private static List<Series> all(Family family) {
        List<Series> all = new ArrayList<>(family.parts());
        all.add(0, family.whole());
        return all;
    }
}
