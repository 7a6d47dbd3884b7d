package io.bookstore.api.summary.cache;

import io.bookstore.api.llm.call.LlmAnswer;
import io.bookstore.api.summary.cache.SummaryCache.Found;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** Counts look-ups of the cache, and the cost and tokens that it saved. */
@Singleton
final class CacheMetrics {

    private final MeterRegistry registry;

    CacheMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    Found record(Found found) {
        count(found.result().wireName());
        if (found.result() == CacheResult.HIT || found.result() == CacheResult.COALESCED) {
            saved(found.answer());
        }
        return found;
    }

    /** Counts a request that is not sent because the provider has refused the same one a moment ago. */
    void recordRefusal() {
        count("refusal");
    }

    /** Counts a failure of Redis, without which the request goes on. */
    void recordError() {
        count("error");
    }

    private void count(String result) {
        Counter.builder("llm.cache.requests")
                .description("Look-ups of the summary cache")
                .tag("result", result)
                .register(registry)
                .increment();
    }

    private void saved(LlmAnswer answer) {
        if (answer.costUsd() != null) {
            counter("llm.cache.saved.usd", "Cost of calls that the cache made unnecessary", answer)
                    .increment(answer.costUsd().doubleValue());
        }
        if (answer.inputTokens() != null && answer.outputTokens() != null) {
            counter("llm.cache.saved.tokens", "Tokens of calls that the cache made unnecessary", answer)
                    .increment(answer.inputTokens() + answer.outputTokens());
        }
    }

    private Counter counter(String name, String description, LlmAnswer answer) {
        return Counter.builder(name)
                .description(description)
                .tag("gen_ai.provider.name", answer.answeredBy().semanticProvider())
                .tag("gen_ai.request.model", answer.answeredBy().requestModel())
                .register(registry);
    }
}
