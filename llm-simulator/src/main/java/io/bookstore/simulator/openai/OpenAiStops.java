package io.bookstore.simulator.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code stop}: up to four sequences (https://platform.openai.com/docs/api-reference/chat/create). */
final class OpenAiStops {

    private static final int MOST = 4;

    private OpenAiStops() {}

    static List<String> read(JsonNode stop) {
        if (stop.isMissingNode() || stop.isNull()) {
            return List.of();
        }
        if (stop.isTextual()) {
            return stop.textValue().isEmpty() ? List.of() : List.of(stop.textValue());
        }
        if (!stop.isArray()) {
            throw OpenAiInvalid.wrongType("stop", "one of a string or array of strings", stop);
        }
        if (stop.size() > MOST) {
            throw OpenAiInvalid.tooLong("stop", MOST, stop.size());
        }
        List<String> stops = new ArrayList<>();
        for (JsonNode each : stop) {
            if (!each.isTextual()) {
                throw OpenAiInvalid.wrongType("stop[" + stops.size() + "]", "a string", each);
            }
            stops.add(each.textValue());
        }
        return stops;
    }
}
