package io.bookstore.llm.spring;

import io.bookstore.llm.metrics.MetricsRecorder;
import io.bookstore.llm.micrometer.MicrometerRecorder;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class MicrometerExample {

    @Bean
    MetricsRecorder llmMetrics(MeterRegistry registry) {
        return MicrometerRecorder.create(registry);
    }
}
