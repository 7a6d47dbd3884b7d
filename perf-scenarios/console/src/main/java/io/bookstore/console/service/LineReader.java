package io.bookstore.console.service;

import io.bookstore.console.service.Line.Measure;
import io.bookstore.console.service.Totals.LineId;
import io.bookstore.perf.adapt.Dialect;
import io.bookstore.perf.promql.MetricsText;
import io.bookstore.perf.promql.MetricsText.Series;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Adds up the series of one page of metrics after the other to the lines of the charts. Not thread-safe. */
final class LineReader {

    /** Lines of a chart that a label names, beside the one of the rest: a label of a foreign service may have any values. */
    private static final int MOST_LINES = 4;

    private static final String REST = "others";
    private static final int LONGEST_NAME = 40;

    private static final Map<String, List<Source>> sources = sources();

    private final Map<LineId, Double> counters = new HashMap<>();
    private final Map<LineId, NavigableMap<Double, Double>> buckets = new HashMap<>();
    private final Map<String, Set<String>> names = new HashMap<>();
    private @Nullable Map<SeriesId, Double> before;

    /** A line in the names that a service has for it. */
    private record Source(
            Chart chart,
            Line line,
            Map<String, Pattern> labels,
            @Nullable String by) {

        static Source of(Chart chart, Line line, Dialect dialect) {
            Map<String, Pattern> labels = line.labels().entrySet().stream()
                    .collect(Collectors.toMap(
                            label -> dialect.nameOf(label.getKey()), label -> Pattern.compile(label.getValue())));
            return new Source(chart, line, labels, line.by() == null ? null : dialect.nameOf(line.by()));
        }

        boolean takes(Series series) {
            return labels.entrySet().stream()
                    .allMatch(label -> label.getValue()
                            .matcher(series.labels().getOrDefault(label.getKey(), ""))
                            .matches());
        }
    }

    private record SeriesId(String name, Map<String, String> labels) {}

    private static Map<String, List<Source>> sources() {
        Map<String, List<Source>> sources = new HashMap<>();
        Stream.concat(Chart.CHARTS.stream(), Chart.FIGURES.stream())
                .forEach(chart -> chart.lines().forEach(line -> {
                    for (Dialect dialect : Dialect.values()) {
                        String name = dialect.nameOf(line.metric());
                        if (dialect == Dialect.OPENTELEMETRY || !name.equals(line.metric())) {
                            sources.computeIfAbsent(name + line.suffix(), any -> new ArrayList<>())
                                    .add(Source.of(chart, line, dialect));
                        }
                    }
                }));
        return sources;
    }

    /** The names of the series that lines are made of. */
    static Set<String> seriesNames() {
        return sources.keySet();
    }

    /** Takes a page of the service; the first one is where its counters are counted from. */
    Totals add(List<Series> page) {
        Map<LineId, Double> gauges = new HashMap<>();
        Map<SeriesId, Double> now = new HashMap<>();
        for (Series series : page) {
            if (Double.isFinite(series.value())) {
                SeriesId id = new SeriesId(series.name(), series.labels());
                double increase = increase(id, series.value());
                now.put(id, series.value());
                sources.getOrDefault(series.name(), List.of()).stream()
                        .filter(source -> source.takes(series))
                        .forEach(source -> add(source, series, increase, gauges));
            }
        }
        before = now;
        return new Totals(gauges, counters, buckets);
    }

    /** The growth of a counter; one that has shrunk began at 0 again, and so did one that is new. */
    private double increase(SeriesId id, double value) {
        if (before == null) {
            return 0;
        }
        double last = before.getOrDefault(id, 0.0);
        return value < last ? value : value - last;
    }

    private void add(Source source, Series series, double increase, Map<LineId, Double> gauges) {
        Measure measure = source.line().measure();
        LineId line = new LineId(source.chart().title(), name(source, series));
        switch (measure) {
            case SUM -> gauges.merge(line, series.value(), Double::sum);
            case LOWEST -> gauges.merge(line, series.value(), Math::min);
            case RATE -> counters.merge(line, increase * source.chart().unit().perSecond(), Double::sum);
            case P95 ->
                buckets.computeIfAbsent(line, any -> new TreeMap<>())
                        .merge(MetricsText.value(series.labels().getOrDefault("le", "")), increase, Double::sum);
        }
    }

    private String name(Source source, Series series) {
        Set<String> known = names.computeIfAbsent(source.chart().title(), any -> new LinkedHashSet<>());
        String name = source.line().name();
        if (source.by() != null) {
            name = cut(series.labels().getOrDefault(source.by(), ""));
            if (!known.contains(name) && known.size() >= MOST_LINES) {
                name = REST;
            }
        }
        known.add(name);
        return name;
    }

    /** The names of the lines of a chart that have been seen; empty if the service has none of its series. */
    List<String> names(Chart chart) {
        Set<String> known = names.getOrDefault(chart.title(), Set.of());
        return Stream.concat(chart.lines().stream().map(Line::name).filter(known::contains), known.stream())
                .distinct()
                .toList();
    }

    /** Makes the next page the first one again; the names stay. */
    void startOver() {
        before = null;
        counters.clear();
        buckets.clear();
    }

    private static String cut(String name) {
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "…" : name;
    }
}
