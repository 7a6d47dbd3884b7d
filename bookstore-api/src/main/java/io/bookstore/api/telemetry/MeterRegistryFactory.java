package io.bookstore.api.telemetry;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.opentelemetry.api.trace.Span;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.tracer.common.SpanContext;
import jakarta.inject.Singleton;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The one meter registry. */
@Factory
final class MeterRegistryFactory {

    @Singleton
    @Bean(
            preDestroy = "close",
            typed = {PrometheusMeterRegistry.class, io.micrometer.core.instrument.MeterRegistry.class})
    PrometheusMeterRegistry registry(JvmGcMetrics gcMetrics) {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(
                new ExemplarsWhereAllowed(), new PrometheusRegistry(), Clock.SYSTEM, new CurrentSpan());
        registry.config().meterFilter(MeterFilter.ignoreTags("cluster.id")).meterFilter(new CommandBuckets());
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        gcMetrics.bindTo(registry);
        return registry;
    }

    /** A bean of its own because it listens to the collector until it is closed. */
    @Singleton
    @Bean(preDestroy = "close")
    JvmGcMetrics gcMetrics() {
        return new JvmGcMetrics();
    }

    /**
     * Exemplars on buckets and counters only, as OpenMetrics 1.0 says. Micrometer puts them on {@code _count} as well, and
     * Prometheus 2.42 then throws the whole scrape away: "metric name ..._count does not support exemplars".
     */
    private static final class ExemplarsWhereAllowed implements PrometheusConfig {

        @Override
        public @Nullable String get(String key) {
            return null;
        }

        @Override
        public Properties prometheusProperties() {
            return new Properties();
        }
    }

    /** Commands of MongoDB as a histogram: the driver's own listener keeps only count and sum. */
    private static final class CommandBuckets implements MeterFilter {

        private static final double[] NANOS = {1e6, 2.5e6, 5e6, 10e6, 25e6, 50e6, 100e6, 250e6, 500e6, 1e9, 2.5e9, 5e9};

        @Override
        public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
            return id.getName().equals("mongodb.driver.commands")
                    ? DistributionStatisticConfig.builder()
                            .serviceLevelObjectives(NANOS)
                            .build()
                            .merge(config)
                    : config;
        }
    }

    /** The trace that an exemplar points to. */
    private static final class CurrentSpan implements SpanContext {

        @Override
        public @Nullable String getCurrentTraceId() {
            return isCurrentSpanSampled() ? Span.current().getSpanContext().getTraceId() : null;
        }

        @Override
        public @Nullable String getCurrentSpanId() {
            return isCurrentSpanSampled() ? Span.current().getSpanContext().getSpanId() : null;
        }

        @Override
        public boolean isCurrentSpanSampled() {
            return Span.current().getSpanContext().isSampled();
        }

        @Override
        public void markCurrentSpanAsExemplar() {}
    }
}
