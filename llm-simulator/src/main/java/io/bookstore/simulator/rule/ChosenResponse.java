package io.bookstore.simulator.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * The response that a rule gives to a request.
 *
 * @param rule the name of the rule
 */
public record ChosenResponse(String rule, Response response, RuleRequest request) {

    /** The text of the answer with its templates filled; empty if it calls tools. */
    public String text() {
        JsonNode content = response.content();
        if (content == null) {
            return "";
        }
        JsonNode filled = Template.fill(content, request);
        return filled.isTextual() ? filled.textValue() : filled.toString();
    }

    /** The calls of the answer with the templates of their arguments filled. */
    public List<Response.Call> calls() {
        return response.toolCalls().stream()
                .map(call -> new Response.Call(call.name(), Template.fill(call.arguments(), request)))
                .toList();
    }
}
