package io.bookstore.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.ToolRequest.Call;
import java.util.function.Function;
import java.util.function.Predicate;

/** The texts of a wire format that has tools, with places such as {@code <name>} for what a request puts there. */
final class ToolForm {

    final String path;
    final String streamPath;
    String body = "";
    String tool = "";
    String forced = "";
    String named = "";
    String none = "";
    String callsAt = "";
    Predicate<JsonNode> isCall = item -> true;
    Function<JsonNode, Call> call = item -> new Call("", "", "");
    String history = "";
    String inputTokens = "";
    String finishReason = "";

    ToolForm(String path, String streamPath) {
        this.path = path;
        this.streamPath = streamPath;
    }

    /** Sets a request: {@code <stream>}, {@code <tools>}, {@code <choice>}, {@code <history>}. */
    ToolForm body(String text) {
        body = text;
        return this;
    }

    /** Sets a definition: {@code <name>}, {@code <schema>}. */
    ToolForm tool(String text) {
        tool = text;
        return this;
    }

    ToolForm forced(String text) {
        forced = text;
        return this;
    }

    ToolForm named(String text) {
        named = text;
        return this;
    }

    ToolForm none(String text) {
        none = text;
        return this;
    }

    /**
     * Sets where an answer has its calls.
     *
     * @param at the pointer to the list of them, which may have other items too
     */
    ToolForm calls(String at, Predicate<JsonNode> isCall, Function<JsonNode, Call> call) {
        this.callsAt = at;
        this.isCall = isCall;
        this.call = call;
        return this;
    }

    /** Sets a call and its result: {@code <id>}, {@code <name>}, {@code <arguments>}, {@code <argumentsText>}, {@code <result>}. */
    ToolForm history(String text) {
        history = text;
        return this;
    }

    ToolForm inputTokens(String text) {
        inputTokens = text;
        return this;
    }

    ToolForm finishReason(String text) {
        finishReason = text;
        return this;
    }
}
