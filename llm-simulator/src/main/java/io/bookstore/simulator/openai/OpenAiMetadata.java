package io.bookstore.simulator.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** The pairs that a client attaches to a conversation, within the limits of its page. */
final class OpenAiMetadata {

    private static final String NAME = "metadata";
    private static final int MOST_PAIRS = 16;
    private static final int MOST_OF_KEY = 64;
    private static final int MOST_OF_VALUE = 512;
    private static final int SHOWN_OF_LONG_KEY = 3;

    private OpenAiMetadata() {}

    /** The pairs of a request, of which none need be. */
    static String of(JsonNode request) {
        JsonNode metadata = request.path(NAME);
        return metadata.isMissingNode() || metadata.isNull() ? "{}" : changed("{}", metadata);
    }

    /**
     * The pairs after those of an update have been put in; one without a value is taken out.
     *
     * @param before as a JSON object
     */
    static String update(String before, JsonNode request) {
        if (!request.has(NAME)) {
            throw OpenAiInvalid.missing(NAME);
        }
        return changed(before, request.path(NAME));
    }

    private static String changed(String before, JsonNode change) {
        if (!change.isObject()) {
            throw OpenAiInvalid.wrongType(NAME, "an object", change);
        }
        ObjectNode pairs = (ObjectNode) ResponsesHistory.read(before);
        for (Map.Entry<String, JsonNode> pair : change.properties()) {
            if (pair.getValue().isNull()) {
                pairs.remove(pair.getKey());
            } else {
                check(pair.getKey(), pair.getValue());
                pairs.set(pair.getKey(), pair.getValue());
            }
        }
        if (pairs.size() > MOST_PAIRS) {
            throw OpenAiInvalid.tooManyProperties(NAME, MOST_PAIRS, pairs.size());
        }
        return pairs.toString();
    }

    private static void check(String key, JsonNode value) {
        String parameter = NAME + "." + key;
        if (key.length() > MOST_OF_KEY) {
            String shown =
                    key.substring(0, SHOWN_OF_LONG_KEY) + "..." + key.substring(key.length() - SHOWN_OF_LONG_KEY);
            throw OpenAiInvalid.longName(NAME, shown, parameter, MOST_OF_KEY, key.length());
        }
        if (!value.isTextual()) {
            throw OpenAiInvalid.wrongType(parameter, "a string", value);
        }
        if (value.textValue().length() > MOST_OF_VALUE) {
            throw OpenAiInvalid.longText(
                    parameter, MOST_OF_VALUE, value.textValue().length());
        }
    }
}
