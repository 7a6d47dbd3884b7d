package io.bookstore.perf.results;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The latency, tokens and cost of the LLM operations of a run. A value that the service never reported is null, not 0.
 *
 * @param operations       completed LLM operations
 * @param errors           failed share and counts
 * @param responseMs       as the caller waits
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
        Optional<TrendStatistics> response = result.trend("llm_response_time");
        Optional<Double> operations = result.count("llm_operations");
        if (response.isEmpty() && operations.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new LlmResult(
                operations.orElseGet(() -> (double) response.orElseThrow().count()),
                result.rate("llm_errors").orElse(null),
                response.orElse(null),
                result.trend("llm_ttft").orElse(null),
                result.trend("llm_provider_time").orElse(null),
                result.trend("llm_app_overhead").orElse(null),
                result.count("llm_input_tokens").orElse(null),
                result.count("llm_output_tokens").orElse(null),
                result.count("llm_cost_usd").orElse(null),
                result.rate("llm_cache_hits").orElse(null),
                result.count("llm_retries").orElse(null)));
    }

    /** US dollars for a thousand operations, so that runs of different length compare; null if the cost is unknown. */
    public @Nullable Double costPerThousandUsd() {
        return costUsd == null || operations == 0 ? null : costUsd / operations * 1000;
    }
}
