package io.bookstore.perf.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.perf.answer.Section;
import io.bookstore.perf.results.TimeSeries;
import io.bookstore.perf.results.TimeSeries.Percentiles;
import io.bookstore.perf.results.TimeSeries.Point;
import io.bookstore.perf.results.TimeSeries.Request;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The columns that the chart script draws, as JSON that is safe inside a {@code <script>} element. */
final class ChartData {

    private static final ObjectMapper json = new ObjectMapper();

    private final TimeSeries series;
    private final Map<String, Map<String, List<@Nullable Double>>> charts = new LinkedHashMap<>();

    ChartData(TimeSeries series) {
        this.series = series;
    }

    void addPercentiles(String chart, String metric) {
        Map<String, List<@Nullable Double>> columns = overTime(chart);
        columns.put("p50", column(point -> percentile(point, metric, Percentiles::p50)));
        columns.put("p95", column(point -> percentile(point, metric, Percentiles::p95)));
        columns.put("p99", column(point -> percentile(point, metric, Percentiles::p99)));
    }

    void addThroughput(String chart) {
        double seconds = series.interval().toSeconds();
        Map<String, List<@Nullable Double>> columns = overTime(chart);
        columns.put("requests/s", column(point -> point.requests() / seconds));
        columns.put("failed/s", column(point -> point.failures() / seconds));
    }

    void addUsers(String chart) {
        overTime(chart).put("virtual users", column(point -> {
            Integer vus = point.vus();
            return vus == null ? null : (double) vus;
        }));
    }

    void addRunningTotal(String chart, String column, String counter) {
        double[] sum = {0};
        Map<String, List<@Nullable Double>> columns = charts.get(chart);
        (columns == null ? overTime(chart) : columns)
                .put(column, column(point -> sum[0] += point.sums().getOrDefault(counter, 0.0)));
    }

    void addRequests(String chart) {
        List<Request> ordered = series.requests().stream()
                .sorted(Comparator.comparingDouble(Request::atSeconds))
                .toList();
        Map<String, List<@Nullable Double>> columns = new LinkedHashMap<>();
        // The axis begins with the run and not with its first answer.
        List<@Nullable Double> times = new ArrayList<>(List.of(0.0));
        ordered.forEach(request -> times.add(request.atSeconds()));
        columns.put("x", times);
        for (String kind : List.of("llm", "crud", "other", "failed")) {
            if (ordered.stream().anyMatch(request -> kind(request).equals(kind))) {
                List<@Nullable Double> values = new ArrayList<>();
                values.add(null);
                ordered.forEach(request -> values.add(kind(request).equals(kind) ? request.latencyMs() : null));
                columns.put(kind, values);
            }
        }
        charts.put(chart, columns);
    }

    /** The column of x for all curves; a curve has null where it has no point. */
    void addCurve(String chart, Section.Curve curve) {
        List<Double> xs = curve.series().stream()
                .flatMap(line -> line.points().stream())
                .map(point -> point.get(0))
                .distinct()
                .sorted()
                .toList();
        Map<String, List<@Nullable Double>> columns = new LinkedHashMap<>();
        columns.put("x", new ArrayList<>(xs));
        for (Section.Series line : curve.series()) {
            Map<Double, Double> values = new HashMap<>();
            line.points().forEach(point -> values.put(point.get(0), point.get(1)));
            List<@Nullable Double> column = new ArrayList<>();
            xs.forEach(x -> column.add(values.get(x)));
            columns.put(line.label(), column);
        }
        charts.put(chart, columns);
    }

    /** Columns of equal length as they are; {@code x} comes first. */
    void addColumns(String chart, List<Double> xs, String column, List<Double> values) {
        Map<String, List<@Nullable Double>> columns = new LinkedHashMap<>();
        columns.put("x", new ArrayList<>(xs));
        columns.put(column, new ArrayList<>(values));
        charts.put(chart, columns);
    }

    /** {@code {chart: {x: [...], column: [...]}}}; no {@code <}, so that no value can end the script element. */
    String json() {
        try {
            return inScript(charts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("numbers that cannot be written", e);
        }
    }

    /** Any value as JSON in which nothing can end a script element. */
    static String inScript(Object value) throws JsonProcessingException {
        return json.writeValueAsString(value).replace("<", "\\u003c");
    }

    private Map<String, List<@Nullable Double>> overTime(String chart) {
        Map<String, List<@Nullable Double>> columns = new LinkedHashMap<>();
        columns.put("x", column(point -> (double) point.atSeconds()));
        charts.put(chart, columns);
        return columns;
    }

    private List<@Nullable Double> column(Function<Point, @Nullable Double> value) {
        List<@Nullable Double> column = new ArrayList<>(series.points().size());
        for (Point point : series.points()) {
            Double number = value.apply(point);
            column.add(number == null ? null : Math.round(number * 1e6) / 1e6);
        }
        return column;
    }

    private static @Nullable Double percentile(Point point, String metric, ToDoubleFunction<Percentiles> which) {
        Percentiles percentiles = point.latencyMs().get(metric);
        return percentiles == null ? null : which.applyAsDouble(percentiles);
    }

    private static String kind(Request request) {
        if (request.failed()) {
            return "failed";
        }
        String type = request.type();
        return type == null ? "other" : type.equals("llm") || type.equals("crud") ? type : "other";
    }
}
