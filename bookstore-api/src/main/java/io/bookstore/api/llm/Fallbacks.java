package io.bookstore.api.llm;

import io.bookstore.api.llm.call.LlmException;
import io.bookstore.api.llm.call.LlmRequest;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Stream;

/** The providers to ask for a summary, one after the other, until one answers. */
@Singleton
final class Fallbacks {

    private final LlmProviders providers;
    private final MeterRegistry registry;

    Fallbacks(LlmProviders providers, MeterRegistry registry) {
        this.providers = providers;
        this.registry = registry;
    }

    /** The request itself, and then the same for each further provider that can be used. */
    List<LlmRequest> chain(LlmRequest request) {
        if (request.pinned()) {
            return List.of(request);
        }
        Stream<LlmRequest> further = providers.fallbackNames().stream()
                .filter(name -> !name.equals(request.provider()) && providers.configured(name))
                .map(name -> request.to(name, providers.defaultModel(name)));
        return Stream.concat(Stream.of(request), further).toList();
    }

    /** Counts a provider that failed, so that the next one, if there is one, is asked instead. */
    void countFallback(LlmRequest failed, LlmException reason) {
        Counter.builder("llm.fallbacks")
                .description("Calls that failed in a way that sends the request on to the next provider")
                .tag("provider", failed.provider())
                .tag("error.type", reason.failure().errorType().wireName())
                .register(registry)
                .increment();
    }
}
