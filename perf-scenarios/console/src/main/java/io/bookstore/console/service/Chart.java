package io.bookstore.console.service;

import io.bookstore.perf.adapt.Dialect;
import java.util.List;

/** A chart of the page, or a figure that is shown without its past. */
record Chart(String title, Unit unit, List<Line> lines) {

    private static final String HTTP = "http_server_request_duration_seconds";
    private static final String ROUTE = "http_route";
    private static final String CALLS = "gen_ai_client_operation_duration_seconds";
    private static final String ERROR = "error_type";

    /** Routes that ask the model, as the kit's recording rules have them. */
    static final String LLM_ROUTES = ".*generate-summary.*|.*/chat/completions";

    /** All others but those of observers, and requests without a route. */
    private static final String OTHER_ROUTES = allBut(String.join(
            "|",
            LLM_ROUTES,
            "/health.*|/metrics|/prometheus|/actuator/.*|/q/.*",
            Dialect.OPENTELEMETRY.withoutRoute(),
            Dialect.MICROMETER.withoutRoute()));

    /** A cancelled call has not failed. */
    private static final String NO_FAILURE = "none|cancelled|";

    static final List<Chart> CHARTS = List.of(
            new Chart(
                    "Requests a second",
                    Unit.PER_SECOND,
                    List.of(
                            Line.rate("LLM", HTTP, "_count").where(ROUTE, LLM_ROUTES),
                            Line.rate("other", HTTP, "_count").where(ROUTE, OTHER_ROUTES))),
            new Chart(
                    "P95 of requests",
                    Unit.SECONDS,
                    List.of(
                            Line.p95("LLM", HTTP).where(ROUTE, LLM_ROUTES),
                            Line.p95("other", HTTP).where(ROUTE, OTHER_ROUTES))),
            new Chart(
                    "Error answers a second",
                    Unit.PER_SECOND,
                    List.of(Line.rate("", HTTP, "_count")
                            .where("http_response_status_code", "[45]..")
                            .by("http_response_status_code"))),
            new Chart(
                    "LLM calls a second",
                    Unit.PER_SECOND,
                    List.of(
                            Line.rate("completed", CALLS, "_count").where(ERROR, NO_FAILURE),
                            Line.rate("failed", CALLS, "_count").where(ERROR, allBut(NO_FAILURE)))),
            new Chart(
                    "P95 of LLM calls",
                    Unit.SECONDS,
                    List.of(
                            Line.p95("whole call", CALLS),
                            Line.p95("first token", "gen_ai_client_operation_time_to_first_chunk_seconds"))),
            new Chart(
                    "Tokens a second",
                    Unit.PER_SECOND,
                    List.of(Line.rate("", "gen_ai_client_token_usage", "_sum").by("gen_ai_token_type"))),
            new Chart("Dollars a minute", Unit.USD_PER_MINUTE, List.of(Line.rate("", "llm_cost_usd_total", ""))),
            new Chart(
                    "Failed attempts a second",
                    Unit.PER_SECOND,
                    List.of(Line.rate("", "llm_attempts_total", "")
                            .where(ERROR, allBut(NO_FAILURE))
                            .by(ERROR))),
            new Chart(
                    "Heap",
                    Unit.BYTES,
                    List.of(Line.sum("", "jvm_memory_used_bytes").where("area", "heap"))),
            new Chart("Threads", Unit.COUNT, List.of(Line.sum("", "jvm_threads_live_threads"))));

    static final List<Chart> FIGURES = List.of(
            new Chart("LLM calls in flight", Unit.COUNT, List.of(Line.sum("", "llm_requests_active"))),
            new Chart(
                    "Circuit breaker",
                    Unit.OPEN,
                    List.of(Line.sum("", "llm_breaker_open").by("provider"))),
            new Chart(
                    "Left of the provider's limits",
                    Unit.COUNT,
                    List.of(Line.lowest("", "llm_ratelimit_remaining").by("kind"))),
            new Chart("Budget left today", Unit.USD, List.of(Line.sum("", "llm_budget_remaining_usd"))));

    Chart {
        lines = List.copyOf(lines);
    }

    private static String allBut(String pattern) {
        return "(?!(?:" + pattern + ")$).*";
    }
}
