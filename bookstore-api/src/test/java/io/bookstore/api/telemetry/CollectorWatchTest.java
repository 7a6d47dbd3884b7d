package io.bookstore.api.telemetry;

import static io.bookstore.api.RunningStore.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bookstore.api.RunningStore;
import io.bookstore.api.SharedStore;
import io.bookstore.testing.OtlpReceiver;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class CollectorWatchTest {

    @Test
    void collectorThatTakesSpansIsUp() {
        try (OtlpReceiver collector = OtlpReceiver.start();
                RunningStore store = RunningStore.start(sendingTo(collector.endpoint()))) {
            store.get("/api/v1/Books");

            await().untilAsserted(() -> assertThat(status(store)).isEqualTo("UP"));
            await().untilAsserted(() -> assertThat(store.metric("otel_exporter_spans_total", "outcome=\"taken\""))
                    .isPositive());
        }
    }

    @Test
    void collectorThatIsGoneIsDegradedAndTheServiceStaysUp() {
        try (RunningStore store = RunningStore.start(sendingTo("http://127.0.0.1:9"))) {
            store.get("/api/v1/Books");

            await().untilAsserted(() -> assertThat(status(store)).isEqualTo("DEGRADED"));
            store.assertReady();
            assertThat(store.get("/health").statusCode()).isEqualTo(200);
            await().untilAsserted(() -> assertThat(store.metric("otel_exporter_spans_total", "outcome=\"lost\""))
                    .isPositive());
        }
    }

    @Test
    @ExtendWith(SharedStore.class)
    void collectorIsOffUnlessAnAddressIsGiven(RunningStore store) {
        assertThat(status(store)).isEqualTo("OFF");
    }

    private static Map<String, Object> sendingTo(String endpoint) {
        return Map.of(
                "otel.exporter.otlp.endpoint",
                endpoint,
                "otel.exporter.otlp.timeout",
                "120000",
                "otel.bsp.schedule.delay",
                "50");
    }

    private static String status(RunningStore store) {
        return json(store.get("/health")).at("/details/collector/status").asText();
    }
}
