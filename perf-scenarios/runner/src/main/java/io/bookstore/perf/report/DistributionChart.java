package io.bookstore.perf.report;

import io.bookstore.perf.Quantity;
import io.bookstore.perf.metrics.MetricNames;
import io.bookstore.perf.report.AnswerBlock.Cell;
import io.bookstore.perf.report.AnswerBlock.Head;
import io.bookstore.perf.results.Distribution;
import io.bookstore.perf.results.Distribution.Bin;
import io.bookstore.perf.results.Distribution.Percentile;
import io.bookstore.perf.results.MetricSummary;
import io.bookstore.perf.results.RunResult;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A chart of all samples of a response time, and the table of its points.
 *
 * @param kind   {@code percentiles} or {@code bars}
 * @param column name of the values
 * @param unit   of the y axis
 */
public record DistributionChart(
        AnswerBlock block, String kind, String column, String unit, List<Double> xs, List<Double> values) {

    static List<DistributionChart> of(RunResult result) {
        List<DistributionChart> charts = new ArrayList<>();
        metrics(result)
                .flatMap(name -> result.metric(name).stream())
                .filter(MetricSummary.Trend.class::isInstance)
                .map(MetricSummary.Trend.class::cast)
                .forEach(trend -> addTo(charts, trend));
        return charts;
    }

    /** The response times of our scripts; the request duration of those of others, for it would say nothing new of ours. */
    private static Stream<String> metrics(RunResult result) {
        List<String> ours = Stream.of(MetricNames.LLM_RESPONSE_TIME, MetricNames.CRUD_RESPONSE_TIME)
                .filter(name -> result.trend(name).isPresent())
                .toList();
        return ours.isEmpty() ? Stream.of(MetricNames.HTTP_REQ_DURATION) : ours.stream();
    }

    private static void addTo(List<DistributionChart> charts, MetricSummary.Trend trend) {
        Distribution distribution = trend.distribution();
        if (distribution != null) {
            charts.add(percentiles(trend, distribution.percentiles()));
            charts.add(histogram(trend, distribution));
        }
    }

    void addTo(ChartData data) {
        data.addColumns(block.id(), xs, column, values);
    }

    private static DistributionChart percentiles(MetricSummary.Trend trend, List<Percentile> percentiles) {
        String title = title(trend) + ", percentiles";
        String note = trend.name() + ": the time that this share of the samples did not exceed. Each nine has the same"
                + " width, so that the slow tail can be seen.";
        List<List<Cell>> rows = percentiles.stream()
                .map(point -> List.of(Cell.number(label(point)), Cell.number(Quantity.milliseconds(point.value()))))
                .toList();
        long count = trend.statistics().count();
        return new DistributionChart(
                new AnswerBlock(trend.name() + "-percentiles", title, note, null, heads("percentile", "time"), rows),
                "percentiles",
                "time",
                "ms",
                percentiles.stream().map(point -> nines(point, count)).toList(),
                percentiles.stream().map(Percentile::value).toList());
    }

    private static String label(Percentile point) {
        return point.percent() == 100
                ? "slowest"
                : "p" + BigDecimal.valueOf(point.percent()).stripTrailingZeros().toPlainString();
    }

    /** Nines of a percentile: 1 for p90, 2 for p99; the slowest of n samples stands in the middle of its own share. */
    private static double nines(Percentile point, long count) {
        double beyond = point.percent() == 100 ? 0.5 / count : 1 - point.percent() / 100;
        return Math.round(-Math.log10(beyond) * 1e6) / 1e6;
    }

    private static DistributionChart histogram(MetricSummary.Trend trend, Distribution distribution) {
        List<Bin> bins = distribution.bins();
        Bin beyond = distribution.beyond();
        double width = bins.get(0).to() - bins.get(0).from();
        String notDrawn = beyond == null
                ? ""
                : " Not drawn: %s above %s, up to %s."
                        .formatted(
                                Quantity.count(beyond.count()),
                                Quantity.exact(Quantity.milliseconds(beyond.from())),
                                Quantity.milliseconds(beyond.to()));
        String note = "%s: samples in steps of %s.%s"
                .formatted(trend.name(), Quantity.exact(Quantity.milliseconds(width)), notDrawn);
        List<List<Cell>> rows = Stream.concat(bins.stream(), Stream.ofNullable(beyond))
                .map(bin -> List.of(
                        Cell.number(Quantity.milliseconds(bin.from())),
                        Cell.number(Quantity.milliseconds(bin.to())),
                        Cell.number(Quantity.count(bin.count()))))
                .toList();
        return new DistributionChart(
                new AnswerBlock(
                        trend.name() + "-histogram",
                        title(trend) + ", histogram",
                        note,
                        null,
                        heads("above", "up to", "samples"),
                        rows),
                "bars",
                "samples",
                "",
                // The edge that ends the last bar.
                Stream.concat(
                                bins.stream().map(Bin::from),
                                bins.stream().skip(bins.size() - 1L).map(Bin::to))
                        .toList(),
                Stream.concat(bins.stream().map(bin -> (double) bin.count()), Stream.of(0.0))
                        .toList());
    }

    private static List<Head> heads(String... labels) {
        return Stream.of(labels).map(label -> new Head(label, "", true)).toList();
    }

    private static String title(MetricSummary.Trend trend) {
        return switch (trend.name()) {
            case MetricNames.LLM_RESPONSE_TIME -> "LLM response time";
            case MetricNames.CRUD_RESPONSE_TIME -> "CRUD response time";
            default -> "Request duration";
        };
    }
}
