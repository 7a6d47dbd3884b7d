package io.bookstore.api.summary;

import io.bookstore.api.llm.call.LlmException;
import io.bookstore.api.llm.call.LlmRequest;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import jakarta.inject.Singleton;

/** Counts each summary that could not be had, and says so on the span of the request, whatever the reason was. */
@Singleton
final class FailureMetrics {

    private static final AttributeKey<String> REASON = AttributeKey.stringKey("llm.failure.reason");
    private static final AttributeKey<String> PROVIDER = AttributeKey.stringKey("llm.failure.provider");

    private final MeterRegistry registry;

    FailureMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void record(LlmRequest call, LlmException failure) {
        String reason = failure.failure().reason();
        Counter.builder("llm.failures")
                .description("Summaries that could not be had, one for each request")
                .tag("provider", call.provider())
                .tag("reason", reason)
                .register(registry)
                .increment();
        Span.current().addEvent("llm.failure", Attributes.of(REASON, reason, PROVIDER, call.provider()));
    }
}
