package io.bookstore.perf.results;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code metrics.csv}: a line for each figure of each metric, so that files of many runs can be put one below the other. */
public final class CsvFile {

    public static final String NAME = "metrics.csv";

    static final List<String> COLUMNS = List.of("started", "scenario", "metric", "statistic", "unit", "value");

    private CsvFile() {}

    public static void write(RunResult result, Path file) throws IOException {
        WholeFile.write(file, beside -> Files.writeString(beside, text(result)));
    }

    private static String text(RunResult result) {
        String started = result.run().startedAt().toString();
        String scenario = result.run().scenario();
        return Stream.concat(
                        Stream.of(COLUMNS),
                        result.metrics().stream()
                                .flatMap(metric -> figures(metric).stream())
                                .map(figure -> List.of(
                                        started,
                                        scenario,
                                        figure.metric,
                                        figure.statistic,
                                        figure.unit,
                                        number(figure.value))))
                .map(CsvFile::line)
                .collect(Collectors.joining());
    }

    private static List<Figure> figures(MetricSummary metric) {
        Figures figures = new Figures(metric.name(), unit(metric));
        if (metric instanceof MetricSummary.Counter counter) {
            figures.add("sum", counter.count());
            figures.add("per_second", perSecond(figures.unit), counter.ratePerSecond());
        } else if (metric instanceof MetricSummary.Gauge gauge) {
            figures.add("last", gauge.value());
            figures.add("min", gauge.min());
            figures.add("max", gauge.max());
        } else if (metric instanceof MetricSummary.Rate rate) {
            figures.add("share", "1", rate.rate());
            figures.add("nonzero", "samples", rate.nonZero());
            figures.add("count", "samples", rate.total());
        } else {
            addTrend(figures, ((MetricSummary.Trend) metric).statistics());
        }
        return figures.all;
    }

    private static void addTrend(Figures figures, TrendStatistics statistics) {
        figures.add("count", "samples", statistics.count());
        figures.add("min", statistics.min());
        figures.add("mean", statistics.avg());
        figures.add("p50", statistics.med());
        figures.add("p90", statistics.p90());
        figures.add("p95", statistics.p95());
        figures.add("p99", statistics.p99());
        figures.add("max", statistics.max());
    }

    /** The unit of the samples; empty where a script does not tell it. */
    private static String unit(MetricSummary metric) {
        return switch (metric.contains()) {
            case "time" -> "ms";
            case "data" -> "B";
            default -> metric.name().endsWith("_usd") ? "USD" : "";
        };
    }

    private static String perSecond(String unit) {
        return unit.isEmpty() ? "1/s" : unit + "/s";
    }

    /** All digits, and no exponent, which some programs read as text. */
    private static String number(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    private static String line(List<String> fields) {
        return fields.stream().map(CsvFile::quoted).collect(Collectors.joining(",", "", "\n"));
    }

    /** A cell as RFC 4180 wants it; a metric's name is a plain word, a scenario's may come from a path. */
    private static String quoted(String field) {
        return field.matches("[^\",\\r\\n]*") ? field : '"' + field.replace("\"", "\"\"") + '"';
    }

    private record Figure(String metric, String statistic, String unit, double value) {}

    /** @param unit of figures that are on the scale of the samples */
    private record Figures(String metric, String unit, List<Figure> all) {

        private Figures(String metric, String unit) {
            this(metric, unit, new ArrayList<>());
        }

        private void add(String statistic, double value) {
            add(statistic, unit, value);
        }

        private void add(String statistic, String itsUnit, double value) {
            all.add(new Figure(metric, statistic, itsUnit, value));
        }
    }
}
