package io.bookstore.perf.report;

import io.bookstore.perf.results.TrendStatistics;

/** @param meaning what is measured, empty for a script's own metric */
public record LatencyRow(String metric, String meaning, TrendStatistics values) {

    /** The metrics of our scripts and of k6, in the order in which a reader asks for them. */
    enum Known {
        RESPONSE("llm_response_time", "from sending the request to the last byte of the answer"),
        TTFT("llm_ttft", "first non-empty text from the provider, as the service reports it"),
        PROVIDER("llm_provider_time", "time at the provider, retries included, as the service reports it"),
        OVERHEAD("llm_app_overhead", "response time less provider time: what the service itself adds"),
        TRANSPORT("llm_transport_time", "response time less what the service says it took: network, queues, client"),
        CRUD("crud_response_time", "requests that do not reach the model"),
        REQUEST("http_req_duration", "sending, waiting and receiving of every HTTP request");

        final String metric;
        final String meaning;

        Known(String metric, String meaning) {
            this.metric = metric;
            this.meaning = meaning;
        }
    }
}
