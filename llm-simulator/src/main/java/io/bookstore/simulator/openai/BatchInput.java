package io.bookstore.simulator.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.simulator.wire.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The requests in the file of a batch, one a line: https://platform.openai.com/docs/api-reference/batch/request-input. All lines are
 * checked; if one is wrong, none is answered.
 */
final class BatchInput {

    /** The most requests of a batch; the real one takes 50,000. */
    static final int MOST_REQUESTS = 10_000;

    private static final ObjectMapper json = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final String endpoint;
    private final List<String> customIds = new ArrayList<>();
    private final List<JsonNode> bodies = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    private BatchInput(String endpoint) {
        this.endpoint = endpoint;
    }

    static BatchInput read(String content, String endpoint) {
        BatchInput input = new BatchInput(endpoint);
        List<String> lines = content.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                input.readLine(lines.get(i), i + 1);
            }
        }
        if (input.bodies.isEmpty() && input.errors.isEmpty()) {
            input.refuse("empty_file", "The input file has no requests.", null, null);
        }
        if (input.bodies.size() > MOST_REQUESTS) {
            input.refuse(
                    "too_many_tasks",
                    "llm-simulator takes " + MOST_REQUESTS + " requests in a batch at most, this one has "
                            + input.bodies.size() + ".",
                    null,
                    null);
        }
        return input;
    }

    List<String> customIds() {
        return customIds;
    }

    List<JsonNode> bodies() {
        return bodies;
    }

    /** The faults as the batch shows them; null if there is none. */
    @Nullable
    String errors() {
        return errors.isEmpty() ? null : "{\"object\":\"list\",\"data\":[" + String.join(",", errors) + "]}";
    }

    private void readLine(String text, int number) {
        JsonNode line;
        try {
            line = json.readTree(text);
        } catch (JsonProcessingException e) {
            refuse("invalid_json_line", "This line is not parseable as valid JSON.", null, number);
            return;
        }
        for (String required : new String[] {"custom_id", "method", "url", "body"}) {
            if (line.path(required).isMissingNode()) {
                refuse(
                        "missing_required_parameter",
                        "Missing required parameter: '" + required + "'.",
                        required,
                        number);
                return;
            }
        }
        String customId = line.path("custom_id").asText();
        if (!seen.add(customId)) {
            refuse(
                    "duplicate_custom_id",
                    "The custom_id '" + customId + "' for this request is a duplicate of another request. The custom_id"
                            + " parameter must be unique for each request in a batch.",
                    "custom_id",
                    number);
        } else if (!line.path("method").asText().equals("POST")) {
            refuse("invalid_method", "Invalid value: the method must be 'POST'.", "method", number);
        } else if (!line.path("url").asText().equals(endpoint)) {
            refuse(
                    "invalid_url",
                    "The URL provided for this request does not match the batch endpoint.",
                    "url",
                    number);
        } else if (!line.path("body").isObject()) {
            refuse("invalid_type", "Invalid type for 'body': expected an object.", "body", number);
        } else {
            customIds.add(customId);
            bodies.add(line.path("body"));
        }
    }

    private void refuse(String code, String sentence, @Nullable String parameter, @Nullable Integer line) {
        errors.add("{\"code\":\"" + code + "\",\"line\":" + line + ",\"message\":" + Json.quote(sentence)
                + ",\"param\":" + (parameter == null ? "null" : Json.quote(parameter)) + "}");
    }
}
