package io.bookstore.api.summary;

import io.bookstore.api.llm.call.ChatParameters;
import org.jspecify.annotations.Nullable;

/**
 * A way to ask for a summary: provider, model, prompt and parameters.
 *
 * @param name {@value #NONE} outside of an experiment
 * @param provider null if it may be any; never if there is a model
 * @param model empty for the provider's default one
 * @param parameters the temperature and the longest answer
 */
record Variant(String name, @Nullable String provider, String model, Prompt prompt, ChatParameters parameters) {

    /** The name where there is no experiment; metrics need one. */
    static final String NONE = "none";

    /** The name; null outside of an experiment. */
    @Nullable
    String experimental() {
        return name.equals(NONE) ? null : name;
    }
}
