package io.bookstore.perf.report;

import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.TimeSeries;
import java.util.ArrayList;
import java.util.List;

/** The charts that this result has data for, and the data. */
public final class Charts {

    private final RunResult result;
    private final TimeSeries series;
    private final ChartData data;
    private final List<Chart> charts = new ArrayList<>();

    Charts(RunResult result) {
        this.result = result;
        this.series = result.series();
        this.data = new ChartData(series);
        if (!series.points().isEmpty()) {
            select();
        }
    }

    public List<Chart> all() {
        return charts;
    }

    public String json() {
        return data.json();
    }

    private void select() {
        String every = series.interval().toSeconds() == 1
                ? "second"
                : series.interval().toSeconds() + " seconds";
        boolean llm = result.trend("llm_response_time").isPresent();
        addPercentiles("llm_response_time", "LLM response time", every);
        addPercentiles("crud_response_time", "CRUD response time", every);
        if (!llm) {
            addPercentiles("http_req_duration", "Request duration", every);
        }
        if (!series.requests().isEmpty()) {
            data.addRequests("requests");
            charts.add(new Chart(
                    "requests", "Every request", "ms", "dots", "One dot for each request, at the end of its answer."));
        }
        data.addThroughput("throughput");
        charts.add(new Chart(
                "throughput",
                "Throughput",
                "per s",
                "lines",
                "Requests per second, averaged over every " + every + "."));
        data.addUsers("vus");
        charts.add(new Chart("vus", "Virtual users", "", "steps", "Users at work; the highest of each interval."));
        addPercentiles("llm_ttft", "Time to first token", every);
        if (result.count("llm_cost_usd").isPresent()) {
            data.addRunningTotal("cost", "US$", "llm_cost_usd");
            charts.add(new Chart("cost", "Cost so far", "$", "area", "Running sum of what the answers cost."));
        }
        if (result.count("llm_output_tokens").isPresent()) {
            data.addRunningTotal("tokens", "input", "llm_input_tokens");
            data.addRunningTotal("tokens", "output", "llm_output_tokens");
            charts.add(new Chart("tokens", "Tokens so far", "", "lines", "Running sums of input and output tokens."));
        }
    }

    private void addPercentiles(String metric, String title, String every) {
        if (result.trend(metric).isPresent()) {
            data.addPercentiles(metric, metric);
            charts.add(new Chart(
                    metric,
                    title,
                    "ms",
                    "lines",
                    metric + ": median, 95th and 99th percentile of every " + every + "."));
        }
    }

    /**
     * @param id   key of its data
     * @param unit of the y axis
     * @param kind {@code lines}, {@code steps}, {@code area} or {@code dots}
     */
    public record Chart(String id, String title, String unit, String kind, String description) {}
}
