package io.bookstore.llm.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.SpanReader;
import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.micrometer.MicrometerRecorder;
import io.bookstore.llm.semconv.GenAiConventions;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CallContextTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Test
    void requestGoesBeforeTheCurrentContextAndThatBeforeTheBaggage() {
        GenAiTelemetry telemetry = GenAiTelemetry.create(otel.getOpenTelemetry());
        Baggage baggage = Baggage.builder()
                .put("user.id", "baggage")
                .put("session.id", "baggage")
                .put("llm.experiment.variant", "baggage")
                .build();

        try (Scope outer = baggage.makeCurrent();
                Scope inner = CallContext.ofUser("filter")
                        .withSession("filter")
                        .storeInContext(Context.current())
                        .makeCurrent()) {
            complete(telemetry, CallContext.ofUser("request").withPrompt("summary", "3"));
        }

        assertThat(span())
                .containsEntry("user.id", "request")
                .containsEntry("session.id", "filter")
                .containsEntry("llm.experiment.variant", "baggage")
                .containsEntry("llm.prompt.name", "summary")
                .containsEntry("llm.prompt.version", "3")
                .doesNotContainKeys("gen_ai.conversation.id", "gen_ai.prompt.name");
    }

    @Test
    void promptHasTheStandardsNameSinceItHasOne() {
        GenAiTelemetry telemetry = GenAiTelemetry.builder(otel.getOpenTelemetry())
                .conventions(GenAiConventions.V0_1)
                .build();

        complete(telemetry, CallContext.NONE.withPrompt("summary", "3").withConversation("c-1"));

        assertThat(span())
                .containsEntry("gen_ai.prompt.name", "summary")
                .containsEntry("gen_ai.prompt.version", "3")
                .containsEntry("gen_ai.conversation.id", "c-1");
    }

    @Test
    void baggageMayBeLeftUnread() {
        GenAiTelemetry telemetry = GenAiTelemetry.builder(otel.getOpenTelemetry())
                .readBaggage(false)
                .build();

        try (Scope ignored =
                Baggage.builder().put("user.id", "somebody").build().makeCurrent()) {
            complete(telemetry, CallContext.NONE);
        }

        assertThat(span()).doesNotContainKey("user.id");
    }

    @Test
    void oversizedValueIsCut() {
        assertThat(CallContext.ofUser("x".repeat(10_000)).user()).hasSize(256);
    }

    @Test
    void metricsCarryAllowedKeysOnly() {
        GenAiTelemetry telemetry = GenAiTelemetry.builder(otel.getOpenTelemetry())
                .metrics(MicrometerRecorder.create(registry))
                .metricKeys("llm.experiment.variant", "tenant")
                .build();

        telemetry
                .start(InferenceRequest.chat("openai", "gpt-4o")
                        .context(CallContext.ofUser("u-1").withVariant("b"))
                        .attributes(Attributes.builder().put("tenant", "acme").build())
                        .build())
                .complete(InferenceResponse.of(null, TokenUsage.UNKNOWN));

        assertThat(registry.scrape())
                .contains("llm_experiment_variant=\"b\"", "tenant=\"acme\"")
                .doesNotContain("u-1");
    }

    @Test
    void valuesOfAnAllowedKeyAreLimited() {
        GenAiTelemetry telemetry = GenAiTelemetry.builder(otel.getOpenTelemetry())
                .metrics(MicrometerRecorder.create(registry))
                .metricKeys("user.id")
                .maxModels(2)
                .build();

        for (int i = 0; i < 5; i++) {
            complete(telemetry, CallContext.ofUser("u-" + i));
        }

        assertThat(registry.scrape())
                .contains("user_id=\"u-0\"", "user_id=\"u-1\"", "user_id=\"other\"")
                .doesNotContain("u-2");
    }

    @Test
    void blankMetricKeyIsRefused() {
        assertThatThrownBy(() -> GenAiTelemetry.builder(otel.getOpenTelemetry()).metricKeys(" "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("metricKeys must name attributes, one was blank");
    }

    private static void complete(GenAiTelemetry telemetry, CallContext context) {
        telemetry
                .start(InferenceRequest.chat("openai", "gpt-4o")
                        .context(context)
                        .build())
                .complete(InferenceResponse.of(null, TokenUsage.UNKNOWN));
    }

    private static Map<String, Object> span() {
        return SpanReader.attributes(SpanReader.onlySpan(otel));
    }
}
