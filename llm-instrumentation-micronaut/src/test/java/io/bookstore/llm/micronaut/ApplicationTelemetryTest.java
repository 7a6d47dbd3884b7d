package io.bookstore.llm.micronaut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.langchain4j.model.chat.ChatModel;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.content.ContentPolicy;
import io.bookstore.llm.operation.CallContext;
import io.bookstore.testing.Warnings;
import io.bookstore.testing.framework.EchoModel;
import io.bookstore.testing.framework.Recorded;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Requires;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The telemetry that an application gets for its beans and properties, and the one warning that tells of a missing one. */
class ApplicationTelemetryTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    private static final Recorded recorded = new Recorded(otel);

    @RegisterExtension
    final Warnings warnings = new Warnings();

    private final TestApplication withoutSdk = TestApplication.withoutSdk().bean(ChatModel.class, EchoModel::new);

    private final TestApplication application = TestApplication.with(otel).bean(ChatModel.class, EchoModel::new);

    /** The extension has made its own one global before the first test. */
    @AfterEach
    void restoreTheGlobalSdk() {
        GlobalOpenTelemetry.resetForTest();
        GlobalOpenTelemetry.set(otel.getOpenTelemetry());
    }

    @Test
    void onePrimarySdkOfTwoIsTaken() {
        call(withoutSdk.with("primary sdk").bean(OpenTelemetry.class, OpenTelemetry::noop));

        assertThat(otel.getSpans()).hasSize(1);
    }

    @Test
    void twoSdksAreOneSentenceAndNoTelemetry() {
        call(application.bean(OpenTelemetry.class, OpenTelemetry::noop).bean(EchoModel.class, EchoModel::new));

        assertThat(otel.getSpans()).isEmpty();
        assertThat(warnings.all())
                .singleElement()
                .asString()
                .startsWith("LLM calls are not measured: Multiple possible bean candidates found: [")
                .endsWith("; mark one of them with @Primary");
    }

    @Test
    void withoutABeanTheGlobalSdkIsTaken() {
        call(withoutSdk);

        assertThat(otel.getSpans()).hasSize(1);
    }

    @Test
    void withoutAnySdkOneWarningSaysWhyAndALaterGlobalOneCanStillBeSet() {
        GlobalOpenTelemetry.resetForTest();

        call(withoutSdk.bean(EchoModel.class, EchoModel::new));

        assertThat(warnings.all())
                .containsExactly("LLM calls are not measured: there is no bean of type OpenTelemetry and no global one;"
                        + " add micronaut-tracing-opentelemetry, or set llm.instrumentation.enabled=false");
        assertThatNoException().isThrownBy(() -> GlobalOpenTelemetry.set(otel.getOpenTelemetry()));
    }

    @Test
    void applicationWithoutAModelIsNotWarned() {
        GlobalOpenTelemetry.resetForTest();

        TestApplication.withoutSdk().start().close();
    }

    @Test
    void recorderOfTheApplicationTakesTheMetricsInPlaceOfOpenTelemetry() {
        MeterRegistry registry = new SimpleMeterRegistry();

        call(application.bean(MeterRegistry.class, () -> registry));

        assertThat(otel.getSpans()).hasSize(1);
        assertThat(otel.getMetrics()).isEmpty();
        assertThat(registry.get("gen_ai.client.operation.duration").timer().count())
                .isEqualTo(1);
    }

    @Test
    void recorderWorksWithoutAnSdk() {
        MeterRegistry registry = new SimpleMeterRegistry();
        GlobalOpenTelemetry.resetForTest();

        call(withoutSdk.bean(MeterRegistry.class, () -> registry));

        assertThat(registry.get("gen_ai.client.operation.duration").timer().count())
                .isEqualTo(1);
        assertThat(warnings.all()).singleElement().asString().startsWith("LLM calls have metrics but no spans: ");
    }

    @Test
    void telemetryOfTheApplicationGoesFirst() {
        GenAiTelemetry own = GenAiTelemetry.create(OpenTelemetry.noop());

        try (ApplicationContext context =
                application.bean(GenAiTelemetry.class, () -> own).start()) {
            assertThat(context.getBean(GenAiTelemetry.class)).isSameAs(own);
        }
    }

    @Test
    void everyPropertyReachesTheTelemetry(@TempDir Path folder) throws Exception {
        Path prices = prices(folder, "openai, gpt-4o-mini, 2, 4, 2026-11-20, our contract");

        call(application
                .property("llm.instrumentation.prices-file", prices.toString())
                .property("llm.instrumentation.capture-content", "true")
                .property("llm.instrumentation.content-max-characters", "4")
                .property("llm.instrumentation.conventions", "v1-36,v1-41")
                .property("llm.instrumentation.profiles", "open-inference")
                .property("llm.instrumentation.metric-keys", "user.id"));

        assertThat(span())
                .containsEntry("llm.cost.usd", 0.0024)
                .containsEntry(
                        "gen_ai.input.messages",
                        "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"my q\"}]}]")
                .containsKeys("gen_ai.system", "gen_ai.provider.name", "openinference.span.kind")
                .doesNotContainKey("llm.request.type");
        assertThat(recorded.histogram("gen_ai.client.operation.duration"))
                .isNotEmpty()
                .allSatisfy(point -> assertThat(point.getAttributes().get(AttributeKey.stringKey("user.id")))
                        .isEqualTo("u-17"));
    }

    @Test
    void contentPolicyOfTheApplicationDecidesOnlyWhereCaptureIsOn() {
        TestApplication redacting = application.bean(
                ContentPolicy.class, () -> ContentPolicy.redacted(text -> text.replace("question", "***")));

        call(redacting);
        assertThat(span()).doesNotContainKey("gen_ai.input.messages");

        otel.clearSpans();
        call(redacting.property("llm.instrumentation.capture-content", "true"));
        assertThat(span().get("gen_ai.input.messages")).asString().contains("my ***");
    }

    @Test
    void brokenPriceFileIsOneWarningAndThePricesOfTheJarStay(@TempDir Path folder) throws Exception {
        Path prices = prices(folder, "openai, gpt-4o-mini, cheap, 4, 2026-11-20, our contract");

        call(application.property("llm.instrumentation.prices-file", prices.toString()));

        assertThat(span()).containsKey("llm.cost.usd");
        assertThat(warnings.all())
                .singleElement()
                .asString()
                .startsWith("LLM calls have the prices of llm-instrumentation, not those of"
                        + " llm.instrumentation.prices-file=" + prices + ": ");
    }

    @Test
    void missingPriceFileIsOneWarningToo(@TempDir Path folder) {
        call(application.property(
                "llm.instrumentation.prices-file", folder.resolve("none.csv").toString()));

        assertThat(span()).containsKey("llm.cost.usd");
        assertThat(warnings.all()).singleElement().asString().contains("none.csv", "NoSuchFileException");
    }

    @Test
    void valueThatCannotBeReadIsOneWarningAndNoTelemetry() {
        call(application.property("llm.instrumentation.max-models", "many"));

        assertThat(otel.getSpans()).isEmpty();
        assertThat(warnings.all())
                .containsExactly("LLM calls are not measured: java.lang.IllegalArgumentException:"
                        + " llm.instrumentation.max-models must be of type int, was many");
    }

    @Test
    void switchThatCannotBeReadIsOneWarningAndNoTelemetry() {
        call(application.property("llm.instrumentation.enabled", "perhaps"));

        assertThat(otel.getSpans()).isEmpty();
        assertThat(warnings.all())
                .singleElement()
                .asString()
                .endsWith("llm.instrumentation.enabled must be of type boolean, was perhaps");
    }

    @Test
    void valueOutsideOfItsRangeIsOneWarningAndNoTelemetry() {
        call(application.property("llm.instrumentation.max-models", "0"));

        assertThat(otel.getSpans()).isEmpty();
        assertThat(warnings.all())
                .containsExactly(
                        "LLM calls are not measured: java.lang.IllegalArgumentException: maxModels must be >= 1,"
                                + " was 0");
    }

    private static void call(TestApplication application) {
        try (ApplicationContext context = application.start();
                Scope ignored = CallContext.ofUser("u-17")
                        .storeInContext(Context.current())
                        .makeCurrent()) {
            assertThat(context.getBeansOfType(ChatModel.class))
                    .isNotEmpty()
                    .allSatisfy(model -> assertThat(model.chat("my question")).isEqualTo("echo"));
        }
    }

    private static Path prices(Path folder, String row) throws Exception {
        return Files.writeString(
                folder.resolve("prices.csv"), "provider, model, input, output, checked, source\n" + row + "\n");
    }

    private static Map<String, Object> span() {
        return Recorded.attributes(recorded.onlySpan());
    }

    @Factory
    @Requires(property = TestApplication.BEANS, value = "primary sdk")
    static class PrimarySdk {

        @Primary
        @Singleton
        OpenTelemetry openTelemetry() {
            return otel.getOpenTelemetry();
        }
    }
}
