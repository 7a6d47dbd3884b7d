package io.bookstore.api.summary;

import io.bookstore.api.llm.Generation;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.inject.Singleton;

/** What the providers' texts are like, per model, prompt version and variant; answers from the cache do not count. */
@Singleton
final class QualityMetrics {

    private static final double[] CHARACTERS = {50, 100, 200, 300, 400, 600, 800, 1_200, 2_000};

    private final MeterRegistry registry;

    QualityMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void record(Variant variant, Generation generation) {
        Tags tags = Tags.of(
                "gen_ai.request.model", generation.answerer().requestModel(),
                "prompt.version", variant.prompt().version(),
                "variant", variant.name());
        DistributionSummary.builder("llm.summary.length")
                .description("Length of generated summaries")
                .baseUnit("chars")
                .serviceLevelObjectives(CHARACTERS)
                .tags(tags)
                .register(registry)
                .record(generation.text().length());
        Counter.builder("llm.summary.finish")
                .description("Why the provider stopped writing")
                .tags(tags)
                .tag("finish.reason", generation.finishReason() == null ? "none" : generation.finishReason())
                .register(registry)
                .increment();
    }
}
