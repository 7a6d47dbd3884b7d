package io.bookstore.perf.results.sample;

import io.bookstore.perf.metrics.MetricNames;
import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.results.UsageTotals;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds up what answers told of their tokens and cost. An answer that cost nothing, such as one from a cache, told no amount. */
final class UsageRecorder {

    private final Map<String, UsageTotals.Total> totals = new HashMap<>();

    void add(Sample sample) {
        switch (sample.metric()) {
            case MetricNames.LLM_INPUT_TOKENS, MetricNames.LLM_OUTPUT_TOKENS, MetricNames.LLM_COST_USD -> {
                if (sample.value() != 0) {
                    totals.merge(sample.metric(), new UsageTotals.Total(1, sample.value()), UsageRecorder::sum);
                }
            }
            default -> {
                // Other metrics tell nothing of it.
            }
        }
    }

    UsageTotals told() {
        return new UsageTotals(
                total(MetricNames.LLM_INPUT_TOKENS),
                total(MetricNames.LLM_OUTPUT_TOKENS),
                total(MetricNames.LLM_COST_USD));
    }

    private UsageTotals.@Nullable Total total(String metric) {
        return totals.get(metric);
    }

    private static UsageTotals.Total sum(UsageTotals.Total one, UsageTotals.Total other) {
        return new UsageTotals.Total(one.calls() + other.calls(), one.amount() + other.amount());
    }
}
