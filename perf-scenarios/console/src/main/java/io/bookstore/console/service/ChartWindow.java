package io.bookstore.console.service;

import io.bookstore.console.service.ServiceMetrics.Curve;
import io.bookstore.console.service.ServiceMetrics.Plot;
import io.bookstore.console.service.Totals.LineId;
import io.bookstore.perf.promql.MetricsText.Series;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The values of all charts over the last quarter of an hour. Not thread-safe; times are nanoseconds of one clock. */
final class ChartWindow {

    private static final long LENGTH = Duration.ofMinutes(15).toNanos();

    /** Rates and percentiles are those of so long: between two looks a service may have had one call. */
    private static final long RATE_SPAN = Duration.ofSeconds(30).toNanos();

    private static final double NANOS = 1e9;
    private static final double TENTH = NANOS / 10;
    private static final MathContext DIGITS = new MathContext(4);

    private final Deque<Point> points = new ArrayDeque<>();
    private final List<Reading> readings = new ArrayList<>();
    private final LineReader reader = new LineReader();

    private record Point(long time, Map<LineId, Double> values) {}

    private record Reading(long time, Totals totals) {

        Map<LineId, Double> since(Reading earlier) {
            return earlier == this ? totals.gauges() : totals.since(earlier.totals, (time - earlier.time) / NANOS);
        }
    }

    /** Adds a page of metrics. */
    void add(long now, List<Series> page) {
        if (!readings.isEmpty() && now - readings.get(readings.size() - 1).time() > RATE_SPAN) {
            // Nobody has looked for long, or there was nothing to see: a line over that time would be a guess.
            addGap(now);
            readings.clear();
            reader.startOver();
        }
        Reading newest = new Reading(now, reader.add(page));
        readings.add(newest);
        while (readings.size() > 1 && now - readings.get(1).time() >= RATE_SPAN) {
            readings.remove(0);
        }
        add(new Point(now, newest.since(readings.get(0))));
    }

    /** Adds a time at which nothing is known. */
    void addGap(long now) {
        add(new Point(now, Map.of()));
    }

    private void add(Point point) {
        points.add(point);
        while (point.time() - points.getFirst().time() > LENGTH) {
            points.remove();
        }
    }

    /** @param sentence the reason why there are no metrics now; null if there are */
    ServiceMetrics view(long now, @Nullable String sentence) {
        List<Double> secondsAgo = points.stream()
                .map(point -> Math.round((now - point.time()) / TENTH) / 10.0)
                .toList();
        List<String> missing = Stream.concat(Chart.CHARTS.stream(), Chart.FIGURES.stream())
                .filter(chart -> reader.names(chart).isEmpty())
                .map(Chart::title)
                .toList();
        List<Point> newest = points.isEmpty() ? List.of() : List.of(points.getLast());
        return new ServiceMetrics(
                sentence, secondsAgo, plots(Chart.CHARTS, points), plots(Chart.FIGURES, newest), missing);
    }

    private List<Plot> plots(List<Chart> charts, Collection<Point> times) {
        return charts.stream()
                .filter(chart -> !reader.names(chart).isEmpty())
                .map(chart -> new Plot(
                        chart.title(),
                        chart.unit().text(),
                        reader.names(chart).stream()
                                .map(name -> curve(new LineId(chart.title(), name), times))
                                .toList()))
                .toList();
    }

    private static Curve curve(LineId line, Collection<Point> times) {
        List<@Nullable Double> values = new ArrayList<>();
        times.forEach(point -> values.add(rounded(point.values().get(line))));
        return new Curve(line.name(), values);
    }

    private static @Nullable Double rounded(@Nullable Double value) {
        // The sum of huge numbers is infinite, for which JSON has no word.
        return value == null || !Double.isFinite(value)
                ? null
                : Double.valueOf(new BigDecimal(value, DIGITS).doubleValue());
    }
}
