package io.bookstore.api.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bookstore.api.RunningStore;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MetricsControllerTest {

    private static RunningStore store;

    @BeforeAll
    static void start() {
        store = RunningStore.start();
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    @Test
    void eachRequestIsRecordedOnceUnderItsRoute() {
        for (int i = 0; i < 7; i++) {
            store.get("/api/v1/Books/" + i);
        }

        await().untilAsserted(() -> assertThat(store.metric(
                        "http_server_request_duration_seconds_count",
                        "http_request_method=\"GET\"",
                        "http_route=\"/api/v1/Books/{bookId}\"",
                        "http_response_status_code=\"404\"",
                        "error_type=\"none\""))
                .isEqualTo(7));
    }

    @Test
    void requestsWithoutARouteShareOneSeries() {
        for (int i = 0; i < 3; i++) {
            store.get("/made-up-" + i);
        }

        await().untilAsserted(() -> assertThat(
                        store.metric("http_server_request_duration_seconds_count", "http_route=\"none\""))
                .isEqualTo(3));
        assertThat(store.get("/metrics").body()).doesNotContain("made-up");
    }

    @Test
    void errorsTheServerItselfAnswersAreRecorded() {
        store.post("/api/v1/Books", "{");
        store.post("/api/v1/Books", "\"" + "x".repeat(1_100_000) + "\"");

        await().untilAsserted(() -> assertThat(store.metric(
                        "http_server_request_duration_seconds_count",
                        "http_route=\"/api/v1/Books\"",
                        "http_response_status_code=\"400\""))
                .isEqualTo(1));
        await().untilAsserted(() -> assertThat(
                        store.metric("http_server_request_duration_seconds_count", "http_response_status_code=\"413\""))
                .isEqualTo(1));
    }

    @Test
    void bucketsReachBeyondTheLimitsOfAnLlmEndpoint() {
        store.get("/health");

        await().untilAsserted(() -> assertThat(store.get("/metrics").body())
                .contains("http_route=\"/health\",le=\"12.0\"", "http_route=\"/health\",le=\"60.0\""));
    }

    @Test
    void driverAndMachineAreMeasured() {
        store.get("/api/v1/Books");

        assertThat(store.get("/metrics").body())
                .contains("mongodb_driver_commands_seconds_bucket", "mongodb_driver_pool_size")
                .contains("jvm_memory_used_bytes", "process_cpu_usage", "process_files_open_files");
    }

    @Test
    void plainScrapeIsPrometheusText() {
        HttpResponse<String> scrape = store.get("/metrics");

        assertThat(scrape.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(scrape.body()).doesNotContain("# EOF");
    }

    @Test
    void openMetricsScrapeCarriesTheTraceOfARequest() {
        store.get("/api/v1/Books?pageSize=2", "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        HttpResponse<String> scrape = store.get("/metrics", "Accept", "application/openmetrics-text; version=1.0.0");

        assertThat(scrape.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("application/openmetrics-text; version=1.0.0");
        assertThat(scrape.body()).endsWith("# EOF\n").contains("trace_id=\"0af7651916cd43dd8448eb211c80319c\"");
    }

    @Test
    void onlyBucketsAndCountersCarryExemplars() {
        store.get("/api/v1/Books?pageSize=2", "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        HttpResponse<String> scrape = store.get("/metrics", "Accept", "application/openmetrics-text; version=1.0.0");

        // Prometheus 2.42 refuses the whole scrape for one on a _count.
        assertThat(scrape.body().lines().filter(line -> line.contains(" # {")))
                .isNotEmpty()
                .allMatch(line -> line.matches("\\w+(_bucket|_total)\\{.*"));
    }
}
