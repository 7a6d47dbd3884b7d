package io.bookstore.llm.framework;

import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.GenAiTelemetryBuilder;
import io.bookstore.llm.content.ContentPolicy;
import io.bookstore.llm.cost.PriceList;
import io.bookstore.llm.metrics.MetricsRecorder;
import io.bookstore.llm.otel.OpenTelemetryRecorder;
import io.bookstore.llm.semconv.GenAiConventions;
import io.bookstore.llm.semconv.GenAiEvent;
import io.bookstore.llm.semconv.Profile;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds the telemetry of an application from its beans and properties. */
public final class ApplicationTelemetry {

    private static final Logger logger = LoggerFactory.getLogger(ApplicationTelemetry.class);

    private final ApplicationBeans beans;

    private ApplicationTelemetry(ApplicationBeans beans) {
        this.beans = beans;
    }

    /**
     * Builds it. A mistake in a bean or a property is one warning and a telemetry that measures nothing, not an exception: the
     * service matters more than its telemetry.
     */
    public static GenAiTelemetry create(ApplicationBeans beans) {
        try {
            TelemetryProperties properties = beans.properties();
            return properties.enabled() ? new ApplicationTelemetry(beans).build(properties) : off();
        } catch (RuntimeException | LinkageError broken) {
            logger.warn("LLM calls are not measured: {}", beans.describe(broken));
            return off();
        }
    }

    private GenAiTelemetry build(TelemetryProperties properties) {
        List<MetricsRecorder> recorders = new ArrayList<>(beans.recorders());
        OpenTelemetry sdk = sdk();
        if (sdk == null) {
            logger.warn(
                    "LLM calls {}: there is no bean of type OpenTelemetry and no global one; {},"
                            + " or set llm.instrumentation.enabled=false",
                    recorders.isEmpty() ? "are not measured" : "have metrics but no spans",
                    beans.openTelemetryRemedy());
            if (recorders.isEmpty()) {
                return off();
            }
            sdk = OpenTelemetry.noop();
        } else if (recorders.isEmpty()) {
            recorders.add(OpenTelemetryRecorder.create(sdk));
        }
        GenAiTelemetryBuilder builder = GenAiTelemetry.builder(sdk);
        recorders.forEach(builder::metrics);
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
                .readBaggage(properties.readBaggage())
                .build();
    }

    private @Nullable OpenTelemetry sdk() {
        OpenTelemetry bean = beans.openTelemetry();
        return bean == null ? GlobalSdk.find() : bean;
    }

    private void putPrices(GenAiTelemetryBuilder builder, @Nullable Path file) {
        if (file == null) {
            return;
        }
        try {
            builder.prices(PriceList.fromEnvironment(System.getenv()).with(file));
        } catch (IOException | IllegalArgumentException unreadable) {
            logger.warn(
                    "LLM calls have the prices of llm-instrumentation, not those of llm.instrumentation.prices-file={}: {}",
                    file,
                    beans.describe(unreadable));
        }
    }

    private void putContent(GenAiTelemetryBuilder builder, TelemetryProperties properties) {
        if (!properties.captureContent()) {
            return;
        }
        ContentPolicy bean = beans.contentPolicy();
        ContentPolicy policy = bean == null ? ContentPolicy.everything() : bean;
        Integer maxCharacters = properties.contentMaxCharacters();
        builder.content(maxCharacters == null ? policy : policy.cutAt(maxCharacters));
    }

    private static GenAiTelemetry off() {
        return GenAiTelemetry.builder(OpenTelemetry.noop()).enabled(false).build();
    }
}
