package io.bookstore.perf.cli.terminal;

import io.bookstore.perf.Quantity;
import io.bookstore.perf.metrics.MetricNames;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.TrendStatistics;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;

/** The percentiles that are asked for first: those of an LLM, and end to end of every kind of request. */
public final class LatencyTable {

    private LatencyTable() {}

    /** Empty if nothing was measured. */
    public static Optional<TextTable> of(RunResult result) {
        TextTable table = new TextTable(List.of("", "p50", "p90", "p95", "p99"));
        long rows = Stream.of(
                        add(table, result, "time to first token", MetricNames.LLM_TTFT, Quantity::milliseconds),
                        add(table, result, "inter-token", MetricNames.LLM_INTER_TOKEN_LATENCY, Quantity::milliseconds),
                        add(table, result, "between chunks", MetricNames.LLM_CHUNK_GAP, Quantity::milliseconds),
                        add(
                                table,
                                result,
                                "summary, end to end",
                                MetricNames.LLM_RESPONSE_TIME,
                                Quantity::milliseconds),
                        add(table, result, "output tokens/s", MetricNames.LLM_TOKENS_PER_SECOND, Quantity::decimal),
                        add(table, result, "turns of a conversation", MetricNames.LLM_TURNS, Quantity::decimal),
                        add(
                                table,
                                result,
                                "plain request, end to end",
                                MetricNames.CRUD_RESPONSE_TIME,
                                Quantity::milliseconds))
                .filter(added -> added)
                .count();
        if (rows == 0
                && !add(table, result, "request, end to end", MetricNames.HTTP_REQ_DURATION, Quantity::milliseconds)) {
            return Optional.empty();
        }
        return Optional.of(table);
    }

    private static boolean add(
            TextTable table, RunResult result, String label, String metric, DoubleFunction<String> format) {
        Optional<TrendStatistics> trend = result.trend(metric);
        trend.ifPresent(values -> table.add(Stream.concat(
                        Stream.of(label),
                        Stream.of(values.med(), values.p90(), values.p95(), values.p99())
                                .map(format::apply))
                .toList()));
        return trend.isPresent();
    }
}
