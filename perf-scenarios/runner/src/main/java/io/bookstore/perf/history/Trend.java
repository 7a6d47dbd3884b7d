package io.bookstore.perf.history;

import io.bookstore.perf.Quantity;
import io.bookstore.perf.compare.ComparedRun;
import io.bookstore.perf.history.ChangePoints.ChangePoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;

/**
 * A figure of one scenario from run to run, as a picture and in words.
 *
 * @param runs   those that have the figure, in the order of their start
 * @param values one of each run
 */
public record Trend(
        String title, List<ComparedRun> runs, List<Double> values, DoubleFunction<String> words, List<Change> changes) {

    public static final int WIDTH = 600;
    public static final int HEIGHT = 130;

    private static final double MARGIN = 8;

    static Trend of(String title, List<ComparedRun> runs, List<Double> values, DoubleFunction<String> words) {
        List<ChangePoint> points = ChangePoints.in(values);
        return new Trend(
                title,
                runs,
                values,
                words,
                points.stream()
                        .map(point -> new Change(
                                point.index(),
                                runs.get(point.index()),
                                words.apply(point.before()),
                                words.apply(point.after()),
                                percent(point.before(), point.after()),
                                String.format(Locale.ROOT, "%.3f", point.chance())))
                        .toList());
    }

    /**
     * A run from which on the figure has another level.
     *
     * @param share  by how much it changed, as a percentage of the level before; empty if that was 0
     * @param chance how often chance alone makes such a change
     */
    public record Change(int index, ComparedRun run, String before, String after, String share, String chance) {}

    private static String percent(double before, double after) {
        return before == 0
                ? ""
                : String.format(Locale.ROOT, "%+.1f %%", 100 * (after / before - 1))
                        .replace('-', '−');
    }

    /** The newest value and the span of all. */
    public String sentence() {
        double low = values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        double high = values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        String found = changes.isEmpty() ? "No change point." : Quantity.count(changes.size(), "change point") + ".";
        return "Newest of %d runs %s, all from %s to %s. %s"
                .formatted(
                        values.size(),
                        words.apply(values.get(values.size() - 1)),
                        words.apply(low),
                        words.apply(high),
                        found);
    }

    /** The y of the value 0. */
    public static String zero() {
        return coordinate(HEIGHT - MARGIN);
    }

    /** The points of the line, as an SVG has them. */
    public String line() {
        return points().stream().map(point -> point.x + "," + point.y).collect(Collectors.joining(" "));
    }

    public List<Point> points() {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            points.add(new Point(
                    x(i),
                    y(values.get(i)),
                    runs.get(i).result().run().startedAt() + ": " + words.apply(values.get(i))));
        }
        return points;
    }

    /** The x at which each new level begins, half way from the run before. */
    public List<String> marks() {
        return changes.stream().map(change -> x(change.index - 0.5)).toList();
    }

    /** @param words the run and its value */
    public record Point(String x, String y, String words) {}

    private String x(double index) {
        return coordinate(MARGIN + (WIDTH - 2 * MARGIN) * (values.size() == 1 ? 0.5 : index / (values.size() - 1)));
    }

    /** From 0, for a trend that begins at its lowest value makes noise look like news. */
    private String y(double value) {
        double high = values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        return coordinate(HEIGHT - MARGIN - (high > 0 ? value / high : 0) * (HEIGHT - 2 * MARGIN));
    }

    private static String coordinate(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
