package io.bookstore.simulator.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.wire.Json;

/** The fields of the request that a response repeats, with the defaults of those that it did not set. */
final class ResponsesEcho {

    private static final String[] FIELDS_WITH_DEFAULT = {
        "background", "false",
        "instructions", "null",
        "max_output_tokens", "null",
        "metadata", "{}",
        "parallel_tool_calls", "true",
        "previous_response_id", "null",
        "reasoning", "{\"effort\":null,\"summary\":null}",
        "service_tier", "\"default\"",
        "store", "true",
        "temperature", "1.0",
        "text", "{\"format\":{\"type\":\"text\"},\"verbosity\":\"medium\"}",
        "tool_choice", "\"auto\"",
        "tools", "[]",
        "top_p", "1.0",
        "truncation", "\"disabled\"",
        "user", "null"
    };

    private ResponsesEcho() {}

    /** The fields as JSON, each after a comma. */
    static String of(JsonNode request) {
        StringBuilder echo = new StringBuilder();
        for (int i = 0; i < FIELDS_WITH_DEFAULT.length; i += 2) {
            JsonNode set = request.path(FIELDS_WITH_DEFAULT[i]);
            echo.append(",\"")
                    .append(FIELDS_WITH_DEFAULT[i])
                    .append("\":")
                    .append(set.isMissingNode() || set.isNull() ? FIELDS_WITH_DEFAULT[i + 1] : set.toString());
        }
        String conversation = ResponsesHistory.conversation(request);
        if (conversation != null) {
            echo.append(",\"conversation\":{\"id\":")
                    .append(Json.quote(conversation))
                    .append('}');
        }
        return echo.toString();
    }
}
