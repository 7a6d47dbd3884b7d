package io.bookstore.api.summary;

import io.micronaut.context.annotation.EachProperty;
import io.micronaut.context.annotation.Parameter;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * One arm of an experiment, from {@code bookstore.variants.<name>}.
 *
 * @param name what answers, spans and metrics call it
 * @param weight its share of the books, relative to the other arms; 0 for on request only
 * @param provider empty for the default one
 * @param model empty for the provider's default one
 * @param prompt the version of the prompt
 */
@EachProperty("bookstore.variants")
record VariantConfig(
        @Parameter String name,
        @Bindable(defaultValue = "1") int weight,
        @Bindable(defaultValue = "") String provider,
        @Bindable(defaultValue = "") String model,

        @Bindable(defaultValue = VariantConfig.DEFAULT_PROMPT)
        String prompt) {

    static final String DEFAULT_PROMPT = "summary-1";

    VariantConfig {
        if (weight < 0) {
            throw new IllegalArgumentException("bookstore.variants." + name + ".weight must be >= 0, was " + weight);
        }
    }
}
