package io.bookstore.perf.results;

import io.bookstore.perf.metrics.MetricNames;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The latency, tokens and cost of the LLM operations of a run. A value that the service never reported is null, not 0.
 *
 * @param operations       completed LLM operations
 * @param errors           failed share and counts
 * @param responseMs       response time for the caller
 * @param ttftMs           time to first token, as the service reports it for each answer
 * @param providerMs       time spent at the provider, as the service reports it
 * @param appOverheadMs    response time less provider time
 * @param cacheHits        share of answers from the summary cache
 */
public record LlmResult(
        double operations,
        MetricSummary.@Nullable Rate errors,
        @Nullable TrendStatistics responseMs,
        @Nullable TrendStatistics ttftMs,
        @Nullable TrendStatistics providerMs,
        @Nullable TrendStatistics appOverheadMs,
        @Nullable Double inputTokens,
        @Nullable Double outputTokens,
        @Nullable Double costUsd,
        MetricSummary.@Nullable Rate cacheHits,
        @Nullable Double retries) {

    static Optional<LlmResult> of(RunResult result) {
        Optional<TrendStatistics> response = result.trend(MetricNames.LLM_RESPONSE_TIME);
        Optional<Double> operations = result.count(MetricNames.LLM_OPERATIONS);
        if (response.isEmpty() && operations.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new LlmResult(
                operations.orElseGet(() -> (double) response.orElseThrow().count()),
                result.rate(MetricNames.LLM_ERRORS).orElse(null),
                response.orElse(null),
                result.trend(MetricNames.LLM_TTFT).orElse(null),
                result.trend(MetricNames.LLM_PROVIDER_TIME).orElse(null),
                result.trend(MetricNames.LLM_APP_OVERHEAD).orElse(null),
                result.count(MetricNames.LLM_INPUT_TOKENS).orElse(null),
                result.count(MetricNames.LLM_OUTPUT_TOKENS).orElse(null),
                result.count(MetricNames.LLM_COST_USD).orElse(null),
                result.rate(MetricNames.LLM_CACHE_HITS).orElse(null),
                result.count(MetricNames.LLM_RETRIES).orElse(null)));
    }

    /** US dollars for a thousand operations, so that runs of different length compare; null if the cost is unknown. */
    public @Nullable Double costPerThousandUsd() {
        return costUsd == null || operations == 0 ? null : costUsd / operations * 1000;
    }
}
