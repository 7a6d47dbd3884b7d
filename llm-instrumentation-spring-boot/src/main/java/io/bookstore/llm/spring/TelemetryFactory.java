package io.bookstore.llm.spring;

import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.GenAiTelemetryBuilder;
import io.bookstore.llm.MetricsRecorder;
import io.bookstore.llm.Profile;
import io.bookstore.llm.content.ContentPolicy;
import io.bookstore.llm.cost.PriceList;
import io.bookstore.llm.otel.OpenTelemetryRecorder;
import io.bookstore.llm.semconv.GenAiConventions;
import io.bookstore.llm.semconv.GenAiEvent;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.core.env.Environment;

/** Builds the telemetry from the application's beans and properties; a mistake in them is one warning, not a failed start. */
final class TelemetryFactory {

    private static final Logger logger = LoggerFactory.getLogger(LlmInstrumentationAutoConfiguration.class);

    private final BeanFactory beans;

    TelemetryFactory(BeanFactory beans) {
        this.beans = beans;
    }

    GenAiTelemetry create(Environment environment) {
        try {
            InstrumentationProperties properties = InstrumentationProperties.of(environment);
            return properties.enabled() ? telemetry(properties) : off();
        } catch (NoUniqueBeanDefinitionException several) {
            logger.warn("LLM calls are not measured: {}; mark one of them with @Primary", several.getMessage());
        } catch (RuntimeException | LinkageError broken) {
            logger.warn("LLM calls are not measured: {}", reason(broken));
        }
        return off();
    }

    private GenAiTelemetry telemetry(InstrumentationProperties properties) {
        List<MetricsRecorder> sinks = new ArrayList<>(
                beans.getBeanProvider(MetricsRecorder.class).orderedStream().toList());
        OpenTelemetry sdk = sdk();
        if (sdk == null) {
            logger.warn(
                    "LLM calls {}: there is no bean of type OpenTelemetry and no global one; add a starter of OpenTelemetry,"
                            + " or set llm.instrumentation.enabled=false",
                    sinks.isEmpty() ? "are not measured" : "have metrics but no spans");
            if (sinks.isEmpty()) {
                return off();
            }
            sdk = OpenTelemetry.noop();
        } else if (sinks.isEmpty()) {
            sinks.add(OpenTelemetryRecorder.create(sdk));
        }
        GenAiTelemetryBuilder builder = GenAiTelemetry.builder(sdk);
        sinks.forEach(builder::metrics);
        return configured(builder, properties).build();
    }

    private @Nullable OpenTelemetry sdk() {
        OpenTelemetry bean = beans.getBeanProvider(OpenTelemetry.class).getIfAvailable();
        return bean == null ? GlobalSdk.find() : bean;
    }

    private GenAiTelemetryBuilder configured(GenAiTelemetryBuilder builder, InstrumentationProperties properties) {
        putPrices(builder, properties.pricesFile());
        putContent(builder, properties);
        Set<GenAiConventions> conventions = properties.conventions();
        if (conventions != null && !conventions.isEmpty()) {
            GenAiConventions[] all = conventions.toArray(GenAiConventions[]::new);
            builder.conventions(all[0], all);
        }
        return builder.exceptionMessages(properties.exceptionMessages())
                .profiles(properties.profiles().toArray(Profile[]::new))
                .events(properties.events().toArray(GenAiEvent[]::new))
                .metricKeys(properties.metricKeys().toArray(String[]::new))
                .maxModels(properties.maxModels())
                .readBaggage(properties.readBaggage());
    }

    private static void putPrices(GenAiTelemetryBuilder builder, @Nullable Path file) {
        if (file == null) {
            return;
        }
        try {
            builder.prices(PriceList.fromEnvironment(System.getenv()).with(file));
        } catch (IOException | IllegalArgumentException unreadable) {
            logger.warn(
                    "LLM calls have the prices of llm-instrumentation, not those of llm.instrumentation.prices-file={}: {}",
                    file,
                    reason(unreadable));
        }
    }

    private void putContent(GenAiTelemetryBuilder builder, InstrumentationProperties properties) {
        if (!properties.captureContent()) {
            return;
        }
        ContentPolicy policy = beans.getBeanProvider(ContentPolicy.class).getIfAvailable(ContentPolicy::everything);
        Integer maxCharacters = properties.contentMaxCharacters();
        builder.content(maxCharacters == null ? policy : policy.cutAt(maxCharacters));
    }

    private static GenAiTelemetry off() {
        return GenAiTelemetry.builder(OpenTelemetry.noop()).enabled(false).build();
    }

    /** The messages of an exception and its causes: Spring names the property in the first, the rule in the last. */
    private static String reason(Throwable error) {
        StringBuilder reason = new StringBuilder();
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            reason.append(reason.isEmpty() ? "" : "; ").append(cause);
        }
        return reason.toString();
    }
}
