package io.bookstore.simulator.openai;

import com.fasterxml.jackson.databind.JsonNode;

/** Checks the ranges of sampling parameters, and the switch of streams. They change nothing in the answer. */
final class OpenAiSampling {

    private OpenAiSampling() {}

    static void check(JsonNode body, OpenAiModel model) {
        requireRange(body, "temperature", 0, 2);
        requireRange(body, "top_p", 0, 1);
        requireRange(body, "frequency_penalty", -2, 2);
        requireRange(body, "presence_penalty", -2, 2);
        JsonNode stream = body.path("stream");
        if (!OpenAiTools.isAbsent(stream) && !stream.isBoolean()) {
            throw OpenAiInvalid.wrongType("stream", "a boolean", stream);
        }
        JsonNode seed = body.path("seed");
        if (!OpenAiTools.isAbsent(seed) && !seed.isIntegralNumber()) {
            throw OpenAiInvalid.wrongType("seed", "an integer", seed);
        }
        JsonNode temperature = body.path("temperature");
        if (model.reasons() && !OpenAiTools.isAbsent(temperature) && temperature.doubleValue() != 1) {
            throw OpenAiInvalid.unsupportedValue("temperature", temperature, "1");
        }
    }

    private static void requireRange(JsonNode body, String key, int least, int most) {
        JsonNode value = body.path(key);
        if (OpenAiTools.isAbsent(value)) {
            return;
        }
        if (!value.isNumber()) {
            throw OpenAiInvalid.wrongType(key, "a decimal", value);
        }
        if (value.doubleValue() > most) {
            throw OpenAiInvalid.aboveMaximum(key, "decimal", most, value);
        }
        if (value.doubleValue() < least) {
            throw OpenAiInvalid.belowMinimum(key, "decimal", least, value);
        }
    }
}
