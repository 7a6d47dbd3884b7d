package io.bookstore.llm.bench;

import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * A listener as a careful team writes it with LangChain4j's own interface: a span, a duration and two token meters; no cost,
 * no attempts, no time to first chunk.
 */
final class SpanListener implements ChatModelListener {

    private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("gen_ai.operation.name");
    private static final AttributeKey<String> PROVIDER = AttributeKey.stringKey("gen_ai.provider.name");
    private static final AttributeKey<String> MODEL = AttributeKey.stringKey("gen_ai.request.model");
    private static final AttributeKey<Long> INPUT = AttributeKey.longKey("gen_ai.usage.input_tokens");
    private static final AttributeKey<Long> OUTPUT = AttributeKey.longKey("gen_ai.usage.output_tokens");

    private final Tracer tracer;
    private final MeterRegistry meters;

    SpanListener(OpenTelemetry openTelemetry, MeterRegistry meters) {
        this.tracer = openTelemetry.getTracer("listener");
        this.meters = meters;
    }

    @Override
    public void onRequest(ChatModelRequestContext context) {
        String model = context.chatRequest().modelName();
        Span span = tracer.spanBuilder("chat " + model)
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute(OPERATION, "chat")
                .setAttribute(PROVIDER, "anthropic")
                .setAttribute(MODEL, model)
                .startSpan();
        context.attributes().put(Call.class, new Call(span, System.nanoTime()));
    }

    @Override
    public void onResponse(ChatModelResponseContext context) {
        String model = context.chatRequest().modelName();
        var usage = context.chatResponse().tokenUsage();
        Call call = call(context.attributes());
        Span span = call.span();
        span.setAttribute(INPUT, usage.inputTokenCount().longValue());
        span.setAttribute(OUTPUT, usage.outputTokenCount().longValue());
        span.end();
        Timer.builder("listener.duration")
                .tags("model", model)
                .register(meters)
                .record(Duration.ofNanos(System.nanoTime() - call.startNanos()));
        tokens(model, "input", usage.inputTokenCount());
        tokens(model, "output", usage.outputTokenCount());
    }

    @Override
    public void onError(ChatModelErrorContext context) {
        Span span = call(context.attributes()).span();
        span.setStatus(StatusCode.ERROR);
        span.end();
    }

    private void tokens(String model, String type, int count) {
        DistributionSummary.builder("listener.tokens")
                .tags("model", model, "type", type)
                .register(meters)
                .record(count);
    }

    private record Call(Span span, long startNanos) {}

    private static Call call(Map<Object, Object> attributes) {
        return (Call) Objects.requireNonNull(attributes.get(Call.class));
    }
}
