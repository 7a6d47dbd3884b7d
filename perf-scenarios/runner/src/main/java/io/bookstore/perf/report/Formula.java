package io.bookstore.perf.report;

import io.bookstore.perf.metrics.MetricNames;
import java.util.Map;

/** The way a metric comes about, for its name alone does not tell: two tools that say TTFT may count from different moments. */
public final class Formula {

    private static final Map<String, String> formulas = Map.ofEntries(
            Map.entry(MetricNames.LLM_RESPONSE_TIME, "from sending the request to the last byte of the answer"),
            Map.entry(
                    MetricNames.LLM_TTFT,
                    "first non-empty text from the provider, as the service reports it; of a stream, as its caller sees it"),
            Map.entry(
                    MetricNames.LLM_INTER_TOKEN_LATENCY,
                    "(provider time less time to first token) / (output tokens less one), of answers at the first attempt; of a"
                            + " stream, from its first to its last piece of text"),
            Map.entry(MetricNames.LLM_CHUNK_GAP, "between two pieces of text of a stream, as its caller sees them"),
            Map.entry(MetricNames.LLM_TURNS, "good turns of a conversation with the model"),
            Map.entry(MetricNames.LLM_CANCELLED, "streams that their caller left on purpose, by CANCEL_AFTER"),
            Map.entry(
                    MetricNames.LLM_PROVIDER_TIME, "time at the provider, retries included, as the service reports it"),
            Map.entry(MetricNames.LLM_APP_OVERHEAD, "response time less provider time: what the service itself adds"),
            Map.entry(
                    MetricNames.LLM_TRANSPORT_TIME,
                    "response time less what the service says it took: network, queues, client"),
            Map.entry(MetricNames.LLM_TOKENS_PER_SECOND, "output tokens / response time"),
            Map.entry(
                    MetricNames.LLM_ERRORS,
                    "summaries with another status than expected, without a text or cut off / all summaries"),
            Map.entry(MetricNames.LLM_OPERATIONS, "summaries with the expected status and a text"),
            Map.entry(MetricNames.LLM_INPUT_TOKENS, "sum of what the answers tell"),
            Map.entry(MetricNames.LLM_OUTPUT_TOKENS, "sum of what the answers tell"),
            Map.entry(MetricNames.LLM_COST_USD, "sum of what the answers tell"),
            Map.entry(
                    MetricNames.LLM_CACHE_HITS, "answers from the cache or from a shared call / answers that tell it"),
            Map.entry(MetricNames.LLM_RETRIES, "sum of attempts less one"),
            Map.entry(MetricNames.CRUD_RESPONSE_TIME, "requests that do not reach the model"),
            Map.entry(MetricNames.CRUD_ERRORS, "plain requests not answered as expected / all plain requests"),
            Map.entry(MetricNames.HTTP_REQ_DURATION, "sending, waiting and receiving of every HTTP request"),
            Map.entry(MetricNames.HTTP_REQ_FAILED, "requests with an unexpected status or no answer / all requests"),
            Map.entry(MetricNames.HTTP_REQS, "requests sent, each redirect one more"),
            Map.entry(MetricNames.CHECKS, "checks that passed / all checks"),
            Map.entry(MetricNames.ITERATION_DURATION, "one pass of the script, pauses included"),
            Map.entry(MetricNames.ITERATIONS, "passes of the script that came to their end"),
            Map.entry(MetricNames.DROPPED_ITERATIONS, "arrivals that found no free virtual user"));

    /** The formula of {@link io.bookstore.perf.results.LlmResult#costPerThousandUsd}. */
    public static final String COST_PER_THOUSAND = "cost / summaries with a text × 1,000";

    private Formula() {}

    /**
     * The formula of a metric of k6 or of our scripts; empty for another one.
     *
     * @param metric with its tag filter, if it has one
     */
    public static String of(String metric) {
        return formulas.getOrDefault(metric.replaceFirst("\\{.*", ""), "");
    }
}
