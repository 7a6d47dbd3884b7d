package io.bookstore.perf.adapt;

import java.util.List;
import java.util.Map;

/** The names that an HTTP server gives its metrics, in the words of the kit's own. */
public enum Dialect {

    /** Semantic conventions of OpenTelemetry, as the kit's own service has them. */
    OPENTELEMETRY("opentelemetry", Map.of(), "/metrics", List.of("http-server", "llm-instrumentation"), "none|"),

    /** Micrometer, as Spring Boot's Actuator, Quarkus and Micronaut have it. */
    MICROMETER(
            "micrometer",
            Map.of(
                    "http_server_request_duration_seconds", "http_server_requests_seconds",
                    "http_request_method", "method",
                    "http_route", "uri",
                    "http_response_status_code", "status"),
            "/actuator/prometheus",
            List.of("http-server", "llm-instrumentation", "jvm"),
            "UNKNOWN|NOT_FOUND|REDIRECTION|/[*][*]");

    private final String label;
    private final Map<String, String> names;
    private final String path;
    private final List<String> emits;
    private final String withoutRoute;

    Dialect(String label, Map<String, String> names, String path, List<String> emits, String withoutRoute) {
        this.label = label;
        this.names = names;
        this.path = path;
        this.emits = emits;
        this.withoutRoute = withoutRoute;
    }

    /** The word in the descriptor. */
    String label() {
        return label;
    }

    /** Its name of a metric, without suffix, or of a label. */
    public String nameOf(String ours) {
        return names.getOrDefault(ours, ours);
    }

    /** The path that is usually scraped. */
    String path() {
        return path;
    }

    /** The sources of metrics that a service usually has, as {@code from} in the catalogue names them. */
    List<String> emits() {
        return emits;
    }

    /** A pattern of the values that stand for requests without a route. */
    public String withoutRoute() {
        return withoutRoute;
    }
}
