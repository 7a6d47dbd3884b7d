package io.bookstore.llm.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.ChatModel;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.content.ContentPolicy;
import io.bookstore.llm.operation.CallContext;
import io.bookstore.testing.Warnings;
import io.bookstore.testing.framework.EchoModel;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The telemetry that an application gets for its beans and properties, and the one warning that tells of a missing one. */
class ApplicationTelemetryTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    @RegisterExtension
    final Warnings warnings = new Warnings();

    private final ApplicationContextRunner withoutSdk = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(LlmInstrumentationAutoConfiguration.class))
            .withBean("echo", EchoModel.class);

    private final ApplicationContextRunner application = TestSdk.in(withoutSdk, otel);

    @Test
    void onePrimarySdkOfTwoIsTaken() {
        call(withoutSdk
                .withBean("other", OpenTelemetry.class, OpenTelemetry::noop)
                .withBean("sdk", OpenTelemetry.class, otel::getOpenTelemetry, bean -> {
                    bean.setPrimary(true);
                    bean.setDestroyMethodName("");
                }));

        assertThat(otel.getSpans()).hasSize(1);
    }

    @Test
    void twoSdksAreOneSentenceAndNoTelemetry() {
        call(application
                .withBean("openTelemetry", OpenTelemetry.class, OpenTelemetry::noop)
                .withBean("secondModel", EchoModel.class, EchoModel::new, bean -> bean.setFallback(true)));

        assertThat(otel.getSpans()).isEmpty();
        assertThat(warnings.all())
                .containsExactly("LLM calls are not measured: No qualifying bean of type"
                        + " 'io.opentelemetry.api.OpenTelemetry' available: expected single matching bean but found 2:"
                        + " sdk,openTelemetry; mark one of them with @Primary");
    }

    @Test
    void withoutABeanTheGlobalSdkIsTaken() {
        call(withoutSdk);

        assertThat(otel.getSpans()).hasSize(1);
    }

    @Test
    void withoutAnySdkOneWarningSaysWhyAndALaterGlobalOneCanStillBeSet() {
        GlobalOpenTelemetry.resetForTest();

        call(withoutSdk.withBean("secondModel", EchoModel.class, EchoModel::new, bean -> bean.setFallback(true)));

        assertThat(warnings.all())
                .containsExactly("LLM calls are not measured: there is no bean of type OpenTelemetry and no global one;"
                        + " add a starter of OpenTelemetry, or set llm.instrumentation.enabled=false");
        GlobalOpenTelemetry.set(otel.getOpenTelemetry());
    }

    @Test
    void applicationWithoutAModelIsNotWarned() {
        GlobalOpenTelemetry.resetForTest();

        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(LlmInstrumentationAutoConfiguration.class))
                .run(context -> assertThat(context).hasNotFailed());

        GlobalOpenTelemetry.set(otel.getOpenTelemetry());
    }

    @Test
    void recorderOfTheApplicationTakesTheMetricsInPlaceOfOpenTelemetry() {
        MeterRegistry registry = new SimpleMeterRegistry();

        call(application.withBean(MeterRegistry.class, () -> registry).withUserConfiguration(MicrometerExample.class));

        assertThat(otel.getSpans()).hasSize(1);
        assertThat(otel.getMetrics()).isEmpty();
        assertThat(registry.get("gen_ai.client.operation.duration").timer().count())
                .isEqualTo(1);
    }

    @Test
    void recorderWorksWithoutAnSdk() {
        MeterRegistry registry = new SimpleMeterRegistry();
        GlobalOpenTelemetry.resetForTest();

        call(withoutSdk.withBean(MeterRegistry.class, () -> registry).withUserConfiguration(MicrometerExample.class));

        assertThat(registry.get("gen_ai.client.operation.duration").timer().count())
                .isEqualTo(1);
        assertThat(warnings.all()).singleElement().asString().startsWith("LLM calls have metrics but no spans: ");
        GlobalOpenTelemetry.set(otel.getOpenTelemetry());
    }

    @Test
    void telemetryOfTheApplicationGoesFirst() {
        GenAiTelemetry own = GenAiTelemetry.create(OpenTelemetry.noop());

        application
                .withBean(GenAiTelemetry.class, () -> own)
                .run(context ->
                        assertThat(context.getBean(GenAiTelemetry.class)).isSameAs(own));
    }

    @Test
    void everyPropertyReachesTheTelemetry(@TempDir Path folder) throws Exception {
        Path prices = prices(folder, "openai, gpt-4o-mini, 2, 4, 2026-11-20, our contract");

        call(application.withPropertyValues(
                "llm.instrumentation.prices-file=" + prices,
                "llm.instrumentation.capture-content=true",
                "llm.instrumentation.content-max-characters=4",
                "llm.instrumentation.conventions=v1-36,v1-41",
                "llm.instrumentation.profiles=open-inference",
                "llm.instrumentation.metric-keys=user.id"));

        assertThat(span())
                .containsEntry("llm.cost.usd", 0.0024)
                .containsEntry(
                        "gen_ai.input.messages",
                        "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"my q\"}]}]")
                .containsKeys("gen_ai.system", "gen_ai.provider.name", "openinference.span.kind")
                .doesNotContainKey("llm.request.type");
        assertThat(otel.getMetrics())
                .filteredOn(metric -> metric.getName().equals("gen_ai.client.operation.duration"))
                .flatExtracting(metric -> metric.getHistogramData().getPoints())
                .allSatisfy(point -> assertThat(point.getAttributes().get(AttributeKey.stringKey("user.id")))
                        .isEqualTo("u-17"));
    }

    @Test
    void contentPolicyOfTheApplicationDecidesOnlyWhereCaptureIsOn() {
        ApplicationContextRunner redacting = application.withBean(
                ContentPolicy.class, () -> ContentPolicy.redacted(text -> text.replace("question", "***")));

        call(redacting);
        assertThat(span()).doesNotContainKey("gen_ai.input.messages");

        otel.clearSpans();
        call(redacting.withPropertyValues("llm.instrumentation.capture-content=true"));
        assertThat(span().get("gen_ai.input.messages")).asString().contains("my ***");
    }

    @Test
    void brokenPriceFileIsOneWarningAndThePricesOfTheJarStay(@TempDir Path folder) throws Exception {
        Path prices = prices(folder, "openai, gpt-4o-mini, cheap, 4, 2026-11-20, our contract");

        call(application.withPropertyValues("llm.instrumentation.prices-file=" + prices));

        assertThat(span()).containsKey("llm.cost.usd");
        assertThat(warnings.all())
                .singleElement()
                .asString()
                .startsWith("LLM calls have the prices of llm-instrumentation, not those of"
                        + " llm.instrumentation.prices-file=" + prices + ": ");
    }

    @Test
    void missingPriceFileIsOneWarningToo(@TempDir Path folder) {
        call(application.withPropertyValues("llm.instrumentation.prices-file=" + folder.resolve("none.csv")));

        assertThat(span()).containsKey("llm.cost.usd");
        assertThat(warnings.all()).singleElement().asString().contains("none.csv", "NoSuchFileException");
    }

    @Test
    void valueThatCannotBeReadIsOneWarningAndNoTelemetry() {
        call(application.withPropertyValues("llm.instrumentation.max-models=many"));

        assertThat(otel.getSpans()).isEmpty();
        assertThat(warnings.all())
                .singleElement()
                .asString()
                .startsWith("LLM calls are not measured: ")
                .contains("llm.instrumentation.max-models", "many");
    }

    @Test
    void valueOutsideOfItsRangeIsOneWarningAndNoTelemetry() {
        call(application.withPropertyValues("llm.instrumentation.max-models=0"));

        assertThat(otel.getSpans()).isEmpty();
        assertThat(warnings.all())
                .containsExactly(
                        "LLM calls are not measured: java.lang.IllegalArgumentException: maxModels must be >= 1,"
                                + " was 0");
    }

    private static void call(ApplicationContextRunner application) {
        application.run(context -> {
            try (Scope ignored =
                    CallContext.ofUser("u-17").storeInContext(Context.current()).makeCurrent()) {
                assertThat(context.getBean(ChatModel.class).chat("my question")).isEqualTo("echo");
            }
        });
    }

    private static Path prices(Path folder, String row) throws Exception {
        return Files.writeString(
                folder.resolve("prices.csv"), "provider, model, input, output, checked, source\n" + row + "\n");
    }

    private static Map<String, Object> span() {
        assertThat(otel.getSpans()).hasSize(1);
        Map<String, Object> attributes = new TreeMap<>();
        otel.getSpans()
                .get(0)
                .getAttributes()
                .forEach((AttributeKey<?> key, Object value) -> attributes.put(key.getKey(), value));
        return attributes;
    }
}
