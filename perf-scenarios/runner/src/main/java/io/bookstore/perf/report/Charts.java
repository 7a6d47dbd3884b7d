package io.bookstore.perf.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.bookstore.perf.metrics.MetricNames;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.TimeSeries;
import java.util.ArrayList;
import java.util.List;

/** The charts that this result has data for, and the data. */
public final class Charts {

    private final RunResult result;
    private final TimeSeries series;
    private final ChartData data;
    private final List<AnswerBlock> answer;
    private final List<Chart> charts = new ArrayList<>();
    private final List<DistributionChart> distributions;

    Charts(RunResult result) {
        this.result = result;
        this.series = result.series();
        this.data = new ChartData(series);
        this.answer = AnswerBlock.of(LimitsAnswer.of(result)).stream()
                .filter(block -> !block.rows().isEmpty())
                .toList();
        for (AnswerBlock block : answer) {
            if (block.curve() != null) {
                data.addCurve(block.id(), block.curve());
            }
        }
        if (!series.points().isEmpty()) {
            select();
        }
        this.distributions = DistributionChart.of(result);
        distributions.forEach(chart -> chart.addTo(data));
    }

    public List<Chart> all() {
        return charts;
    }

    /** Tables and charts of the scenario's own answer. */
    public List<AnswerBlock> answer() {
        return answer;
    }

    /** The percentile curve and the histogram of each kind of response. */
    public List<DistributionChart> distributions() {
        return distributions;
    }

    /** The phases of the run, as {@code [{label, startSeconds, endSeconds, tone}]}. */
    public String phases() {
        try {
            return ChartData.inScript(Phases.of(result));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("phases that cannot be written", e);
        }
    }

    public String json() {
        return data.json();
    }

    private void select() {
        String every = series.interval().toSeconds() == 1
                ? "second"
                : series.interval().toSeconds() + " seconds";
        boolean llm = result.trend(MetricNames.LLM_RESPONSE_TIME).isPresent();
        addPercentiles(MetricNames.LLM_RESPONSE_TIME, "LLM response time", every);
        addPercentiles(MetricNames.CRUD_RESPONSE_TIME, "CRUD response time", every);
        if (!llm) {
            addPercentiles(MetricNames.HTTP_REQ_DURATION, "Request duration", every);
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
        data.addUsers(MetricNames.VUS);
        charts.add(new Chart(
                MetricNames.VUS, "Virtual users", "", "steps", "Users at work; the highest of each interval."));
        addPercentiles(MetricNames.LLM_TTFT, "Time to first token", every);
        if (result.count(MetricNames.LLM_COST_USD).isPresent()) {
            data.addRunningTotal("cost", "US$", MetricNames.LLM_COST_USD);
            charts.add(new Chart("cost", "Cost so far", "$", "area", "Running sum of what the answers cost."));
        }
        if (result.count(MetricNames.LLM_OUTPUT_TOKENS).isPresent()) {
            data.addRunningTotal("tokens", "input", MetricNames.LLM_INPUT_TOKENS);
            data.addRunningTotal("tokens", "output", MetricNames.LLM_OUTPUT_TOKENS);
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
