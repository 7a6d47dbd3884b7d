package io.bookstore.api.summary;

import io.bookstore.api.llm.LlmProviders;
import io.bookstore.api.llm.call.ChatParameters;
import io.micronaut.context.annotation.EachProperty;
import io.micronaut.context.annotation.Parameter;
import io.micronaut.core.bind.annotation.Bindable;
import org.jspecify.annotations.Nullable;

/**
 * An arm of an experiment, from {@code bookstore.variants.<name>}.
 *
 * @param name name of the arm in answers, spans and metrics
 * @param weight share of the books, relative to the other variants; 0 for on request only
 * @param provider name of the provider; the default one if empty
 * @param model model of that provider, which then has no stand-in; the provider's own if empty
 * @param prompt version of the prompt: the name of a file in {@code prompts/}
 * @param temperature 0 to 2; that of {@code bookstore.llm} if absent
 * @param maxOutputTokens at least 1; that of {@code bookstore.llm} if absent
 */
@EachProperty("bookstore.variants")
record VariantConfig(
        @Parameter String name,
        @Bindable(defaultValue = "1") int weight,
        @Bindable(defaultValue = "") String provider,
        @Bindable(defaultValue = "") String model,

        @Bindable(defaultValue = VariantConfig.DEFAULT_PROMPT)
        String prompt,

        @Nullable Double temperature,
        @Nullable Integer maxOutputTokens) {

    static final String DEFAULT_PROMPT = "summary-1";

    VariantConfig {
        if (weight < 0) {
            throw new IllegalArgumentException("bookstore.variants." + name + ".weight must be >= 0, was " + weight);
        }
        if (name.equals(Variant.NONE)) {
            throw new IllegalArgumentException(
                    "bookstore.variants." + name + ": the name stands for no variant at all; choose another");
        }
    }

    /**
     * The name as the providers have it; null if the arm leaves it open. An arm that names a model alone means the
     * default provider's.
     *
     * @throws IllegalArgumentException if there is no provider of that name
     */
    @Nullable
    String providerAmong(LlmProviders providers) {
        if (provider.isEmpty()) {
            return model.isEmpty() ? null : providers.defaultName();
        }
        return providers.known("bookstore.variants." + name + ".provider", provider);
    }

    /** @throws IllegalArgumentException if one of them breaks its rule */
    ChatParameters parameters(ChatParameters defaults) {
        try {
            return new ChatParameters(
                    temperature == null ? defaults.temperature() : temperature,
                    maxOutputTokens == null ? defaults.maxOutputTokens() : maxOutputTokens);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("bookstore.variants." + name + "." + e.getMessage(), e);
        }
    }
}
