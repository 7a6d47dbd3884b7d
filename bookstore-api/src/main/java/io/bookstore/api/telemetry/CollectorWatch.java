package io.bookstore.api.telemetry;

import io.bookstore.api.health.HealthDetail;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.tracing.opentelemetry.OpenTelemetryBuilderCustomizer;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdkBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells {@code /health} and {@code /metrics} whether the collector of traces took the last ones. */
@Singleton
final class CollectorWatch implements OpenTelemetryBuilderCustomizer, HealthDetail {

    private static final Logger logger = LoggerFactory.getLogger(CollectorWatch.class);

    private enum State {
        OFF,
        UNKNOWN,
        UP,
        DEGRADED
    }

    private final Counter taken;
    private final Counter lost;
    private volatile State state = State.OFF;

    CollectorWatch(MeterRegistry registry) {
        this.taken = spans(registry, "taken");
        this.lost = spans(registry, "lost");
    }

    @Override
    public void configure(AutoConfiguredOpenTelemetrySdkBuilder builder) {
        // Called for an exporter that there is, and so not at all if nothing is sent.
        builder.addSpanExporterCustomizer((exporter, config) -> {
            state = State.UNKNOWN;
            return new Watched(exporter);
        });
    }

    @Override
    public String part() {
        return "collector";
    }

    @Override
    public Map<String, Object> describe() {
        return Map.of("status", state.name());
    }

    /** An outage is one line of the log, as its end is; the exporter's own words are a stack trace for each batch. */
    private synchronized void become(State next) {
        if (next == State.DEGRADED && state != next) {
            logger.warn("The collector of traces takes no spans at the moment; they are lost until it does");
        } else if (next == State.UP && state == State.DEGRADED) {
            logger.warn("The collector of traces takes spans again");
        }
        state = next;
    }

    private static Counter spans(MeterRegistry registry, String outcome) {
        return Counter.builder("otel.exporter.spans")
                .description("Spans that the collector took, or that were lost because it did not")
                .tag("outcome", outcome)
                .register(registry);
    }

    private final class Watched implements SpanExporter {

        private final SpanExporter exporter;

        Watched(SpanExporter exporter) {
            this.exporter = exporter;
        }

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            CompletableResultCode result = exporter.export(spans);
            return result.whenComplete(() -> {
                become(result.isSuccess() ? State.UP : State.DEGRADED);
                (result.isSuccess() ? taken : lost).increment(spans.size());
            });
        }

        @Override
        public CompletableResultCode flush() {
            return exporter.flush();
        }

        @Override
        public CompletableResultCode shutdown() {
            return exporter.shutdown();
        }
    }
}
