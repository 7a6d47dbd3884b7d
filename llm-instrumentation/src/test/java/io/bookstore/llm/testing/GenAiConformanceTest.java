package io.bookstore.llm.testing;

import static io.opentelemetry.api.common.AttributeKey.booleanKey;
import static io.opentelemetry.api.common.AttributeKey.doubleKey;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bookstore.llm.semconv.GenAiConventions;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Telemetry written by hand, one fault each: the checker knows no other code. */
class GenAiConformanceTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    private static final GenAiConformance CURRENT = GenAiConformance.of(GenAiConventions.V1_41);

    @Test
    void soundSpanHasNoFinding() {
        chat(span -> {}).end();

        assertThat(findings()).isEmpty();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault("missing_required: chat m: gen_ai.provider.name", without(stringKey("gen_ai.provider.name"))),
                fault(
                        "unknown_attribute: chat m: gen_ai.usage.total_tokens is not in these conventions",
                        with(longKey("gen_ai.usage.total_tokens"), 3L)),
                fault(
                        "unknown_attribute: chat m: gen_ai.system is not in these conventions",
                        with(stringKey("gen_ai.system"), "openai")),
                fault(
                        "wrong_type: chat m: gen_ai.usage.input_tokens must be int, is STRING",
                        with(stringKey("gen_ai.usage.input_tokens"), "3")),
                fault(
                        "unexpected_attribute: chat m: gen_ai.tool.name does not belong on a span of type inference",
                        with(stringKey("gen_ai.tool.name"), "clock")),
                fault(
                        "opt_in_attribute_present: chat m: gen_ai.input.messages",
                        with(stringKey("gen_ai.input.messages"), "[]")),
                fault(
                        "missing_required: chat m: server.port, which goes with server.address",
                        with(stringKey("server.address"), "localhost")),
                fault(
                        "wrong_value: chat m: gen_ai.request.stream must be absent unless true",
                        with(booleanKey("gen_ai.request.stream"), false)),
                fault(
                        "wrong_value: chat m: gen_ai.request.choice.count must be absent if 1",
                        with(longKey("gen_ai.request.choice.count"), 1L)),
                fault(
                        "wrong_type: chat m: gen_ai.request.top_k must be double, is LONG",
                        with(longKey("gen_ai.request.top_k"), 40L)),
                fault(
                        "error_type_without_error_status: chat m: error.type is timeout",
                        with(stringKey("error.type"), "timeout")),
                fault(
                        "subset_exceeds_total: chat m: 9 cached tokens of 8 input tokens",
                        span -> span.setAttribute("gen_ai.usage.input_tokens", 8L)
                                .setAttribute("gen_ai.usage.cache_read.input_tokens", 4L)
                                .setAttribute("gen_ai.usage.cache_creation.input_tokens", 5L)),
                fault(
                        "subset_exceeds_total: chat m: 9 reasoning of 8 output tokens",
                        span -> span.setAttribute("gen_ai.usage.output_tokens", 8L)
                                .setAttribute("gen_ai.usage.reasoning.output_tokens", 9L)),
                fault(
                        "wrong_value: chat m: error.type must not be cancelled, for a cancelled call is no error",
                        span -> span.setStatus(StatusCode.ERROR).setAttribute("error.type", "cancelled")),
                fault("error_type_missing_on_error: chat m: status is ERROR", span -> span.setStatus(StatusCode.ERROR)),
                fault(
                        "span_status_ok_set_by_instrumentation: chat m: status must be UNSET on success",
                        span -> span.setStatus(StatusCode.OK)),
                fault("wrong_name: completion m: must be \"chat m\"", span -> span.updateName("completion m")));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void faultOfASpanIsFoundByName(String finding, Consumer<Span> fault) {
        chat(fault).end();

        assertThat(findings()).containsExactly(finding);
    }

    @Test
    void wrongKindIsFound() {
        Attributes attributes = chatAttributes().build();
        otel.getOpenTelemetry()
                .getTracer("test")
                .spanBuilder("chat m")
                .setAllAttributes(attributes)
                .startSpan()
                .end();

        assertThat(findings()).containsExactly("wrong_kind: chat m: must be CLIENT, is INTERNAL");
    }

    @Test
    void spanWithoutGenAiNamesIsPassedOver() {
        otel.getOpenTelemetry()
                .getTracer("test")
                .spanBuilder("GET")
                .startSpan()
                .setStatus(StatusCode.OK)
                .end();

        assertThat(findings()).isEmpty();
    }

    @Test
    void generationDecidesWhichNamesAreKnown() {
        chat(span -> {}).end();

        assertThat(GenAiConformance.of(GenAiConventions.V1_36).checkSpans(otel.getSpans()))
                .extracting(Finding::toString)
                .containsExactlyInAnyOrder(
                        "missing_required: chat m: gen_ai.system",
                        "unknown_attribute: chat m: gen_ai.provider.name is not in these conventions");
    }

    @Test
    void contentMayBeAllowed() {
        chat(span -> span.setAttribute("gen_ai.input.messages", "[]")).end();

        assertThatCode(() -> CURRENT.allowingContent().assertConforms(otel.getSpans()))
                .doesNotThrowAnyException();
    }

    @Test
    void faultsOfMetricsAreFoundByName() {
        Meter meter = otel.getOpenTelemetry().getMeter("test");
        meter.histogramBuilder("gen_ai.client.operation.duration")
                .setUnit("ms")
                .build()
                .record(1, chatAttributes().put("gen_ai.response.id", "id").build());
        meter.counterBuilder("gen_ai.client.token.usage")
                .setUnit("{token}")
                .build()
                .add(1, chatAttributes().put("gen_ai.token.type", "total").build());
        meter.counterBuilder("gen_ai.client.estimated_cost").build().add(1);

        assertThat(CURRENT.checkMetrics(otel.getMetrics()))
                .extracting(finding -> finding.rule() + " " + finding.subject())
                .containsExactlyInAnyOrder(
                        "WRONG_UNIT gen_ai.client.operation.duration",
                        "WRONG_BUCKETS gen_ai.client.operation.duration",
                        "UNEXPECTED_ATTRIBUTE gen_ai.client.operation.duration",
                        "WRONG_INSTRUMENT gen_ai.client.token.usage",
                        "WRONG_VALUE gen_ai.client.token.usage",
                        "UNKNOWN_METRIC gen_ai.client.estimated_cost");
    }

    @Test
    void callWithoutItsDurationIsFound() {
        chat(span -> {}).end();

        assertThat(CURRENT.check(otel.getSpans(), List.of()))
                .extracting(Finding::toString)
                .containsExactly(
                        "missing_metric: gen_ai.client.operation.duration: there are spans but no measurements");
    }

    @Test
    void assertionListsEveryFinding() {
        chat(span -> span.setStatus(StatusCode.OK).setAttribute(doubleKey("gen_ai.made_up"), 1.0))
                .end();

        assertThatThrownBy(() -> CURRENT.assertConforms(otel.getSpans()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("2 departures from the GenAI conventions [V1_41]")
                .hasMessageContaining("unknown_attribute: chat m: gen_ai.made_up")
                .hasMessageContaining("span_status_ok_set_by_instrumentation: chat m");
    }

    private static Arguments fault(String finding, Consumer<Span> fault) {
        return Arguments.of(finding, fault);
    }

    private static <T> Consumer<Span> with(AttributeKey<T> key, T value) {
        return span -> span.setAttribute(key, value);
    }

    /** A span cannot lose an attribute: this one is made without it. */
    private static Consumer<Span> without(AttributeKey<String> key) {
        return new Without(key);
    }

    private record Without(AttributeKey<String> key) implements Consumer<Span> {
        @Override
        public void accept(Span span) {}
    }

    private static Span chat(Consumer<Span> change) {
        AttributesBuilder attributes = chatAttributes();
        if (change instanceof Without without) {
            attributes.remove(without.key());
        }
        Span span = otel.getOpenTelemetry()
                .getTracer("test")
                .spanBuilder("chat m")
                .setSpanKind(SpanKind.CLIENT)
                .setAllAttributes(attributes.build())
                .startSpan();
        change.accept(span);
        return span;
    }

    private static AttributesBuilder chatAttributes() {
        return Attributes.builder()
                .put("gen_ai.operation.name", "chat")
                .put("gen_ai.provider.name", "openai")
                .put("gen_ai.request.model", "m");
    }

    private static List<String> findings() {
        return CURRENT.checkSpans(otel.getSpans()).stream()
                .map(Finding::toString)
                .toList();
    }
}
