package io.bookstore.perf.promql;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.promql.MetricsText.Series;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsTextTest {

    @Test
    void seriesThatAreAskedForAreReadWithTheirLabels() {
        String page = """
                # TYPE http_requests counter
                http_requests_total{route="/books/{id}", method = "GET",} 7 1700000000
                http_requests_total{route="a \\"quoted\\" }"} 1e3 # {trace_id="4bf9"} 1.0
                http_seconds_bucket{le="+Inf"}	+Inf
                other_total 5
                no line of metrics
                http_requests_total
                """;

        assertThat(MetricsText.series(page, name -> name.startsWith("http_")))
                .containsExactly(
                        new Series("http_requests_total", Map.of("route", "/books/{id}", "method", "GET"), 7),
                        new Series("http_requests_total", Map.of("route", "a \\\"quoted\\\" }"), 1000),
                        new Series("http_seconds_bucket", Map.of("le", "+Inf"), Double.POSITIVE_INFINITY));
    }

    /** A pattern that looks for the end of a label on the lines below would take minutes. */
    @Test
    void hostilePageIsReadOnce() {
        String page = "a{\n".repeat(200_000) + "a{" + "b".repeat(1_000_000) + "} 1\na " + "\"".repeat(1_000_000);

        assertThat(MetricsText.series(page, any -> true))
                .extracting(Series::name)
                .containsExactly("a", "a");
    }
}
