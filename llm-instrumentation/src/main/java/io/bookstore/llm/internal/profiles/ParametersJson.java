package io.bookstore.llm.internal.profiles;

import io.bookstore.llm.operation.RequestParameters;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The numbers that a request sets, as the JSON object that OpenInference and Langfuse want. */
final class ParametersJson {

    private ParametersJson() {}

    static String of(RequestParameters parameters) {
        StringJoiner json = new StringJoiner(",", "{", "}");
        add(json, "max_tokens", parameters.maxTokens());
        add(json, "temperature", parameters.temperature());
        add(json, "top_p", parameters.topP());
        add(json, "top_k", parameters.topK());
        add(json, "frequency_penalty", parameters.frequencyPenalty());
        add(json, "presence_penalty", parameters.presencePenalty());
        add(json, "seed", parameters.seed());
        add(json, "dimensions", parameters.dimensions());
        return json.toString();
    }

    private static void add(StringJoiner json, String name, @Nullable Number value) {
        // JSON has no NaN and no infinity.
        if (value != null && Double.isFinite(value.doubleValue())) {
            json.add("\"" + name + "\":" + value);
        }
    }
}
