package io.bookstore.perf.report;

import io.bookstore.perf.metrics.MetricNames;
import io.bookstore.perf.results.TrendStatistics;

/** @param meaning what is measured, empty for a script's own metric */
public record LatencyRow(String metric, String meaning, TrendStatistics values) {

    /** The metrics of our scripts and of k6, in the order in which a reader asks for them. */
    enum Known {
        RESPONSE(MetricNames.LLM_RESPONSE_TIME, "from sending the request to the last byte of the answer"),
        TTFT(MetricNames.LLM_TTFT, "first non-empty text from the provider, as the service reports it"),
        INTER_TOKEN(
                MetricNames.LLM_INTER_TOKEN_LATENCY,
                "(provider time less time to first token) / (output tokens less one), of answers at the first attempt"),
        PROVIDER(MetricNames.LLM_PROVIDER_TIME, "time at the provider, retries included, as the service reports it"),
        OVERHEAD(MetricNames.LLM_APP_OVERHEAD, "response time less provider time: what the service itself adds"),
        TRANSPORT(
                MetricNames.LLM_TRANSPORT_TIME,
                "response time less what the service says it took: network, queues, client"),
        CRUD(MetricNames.CRUD_RESPONSE_TIME, "requests that do not reach the model"),
        REQUEST(MetricNames.HTTP_REQ_DURATION, "sending, waiting and receiving of every HTTP request");

        final String metric;
        final String meaning;

        Known(String metric, String meaning) {
            this.metric = metric;
            this.meaning = meaning;
        }
    }
}
