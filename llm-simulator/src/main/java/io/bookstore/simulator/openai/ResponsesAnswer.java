package io.bookstore.simulator.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.wire.Answer;
import io.bookstore.simulator.wire.Answer.Usage;
import io.bookstore.simulator.wire.AnswerFormat;
import io.bookstore.simulator.wire.Json;
import io.bookstore.simulator.wire.Refusal;
import io.bookstore.simulator.wire.TextFrames;
import io.bookstore.simulator.wire.ToolCall;
import java.util.stream.Collectors;

/**
 * A response as one document or as typed, numbered events: https://platform.openai.com/docs/api-reference/responses-streaming.
 *
 * @param echo the fields of the request that come back in the answer, see {@link #echo}
 */
record ResponsesAnswer(boolean streaming, String echo) implements AnswerFormat {

    private static final String[] ECHOED_WITH_DEFAULT = {
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

    // created, in_progress, output_item.added and content_part.added come before the first text.
    private static final int EVENTS_BEFORE_TEXT = 4;

    // created and in_progress come before the first call; each call has an event at its begin and two at its end.
    private static final int EVENTS_BEFORE_CALLS = 2;
    private static final int EVENTS_AFTER_CALL = 2;

    /** The fields of the request that a response repeats, with the defaults of those that it did not set. */
    static String echo(JsonNode request) {
        StringBuilder echo = new StringBuilder();
        for (int i = 0; i < ECHOED_WITH_DEFAULT.length; i += 2) {
            JsonNode set = request.path(ECHOED_WITH_DEFAULT[i]);
            echo.append(",\"")
                    .append(ECHOED_WITH_DEFAULT[i])
                    .append("\":")
                    .append(set.isMissingNode() || set.isNull() ? ECHOED_WITH_DEFAULT[i + 1] : set.toString());
        }
        return echo.toString();
    }

    @Override
    public String contentType() {
        return streaming ? "text/event-stream; charset=utf-8" : "application/json";
    }

    @Override
    public String whole(Answer answer) {
        String output = answer.calls().isEmpty()
                ? item(answer, status(answer), part(answer.text()))
                : answer.calls().stream()
                        .map(call -> callItem(call, callStatus(call), call.arguments()))
                        .collect(Collectors.joining(","));
        return response(answer, status(answer), "[" + output + "]", true);
    }

    @Override
    public String opening(Answer answer) {
        String begun = ",\"response\":" + response(answer, "in_progress", "[]", false);
        String both = event("response.created", 0, begun) + event("response.in_progress", 1, begun);
        if (!answer.calls().isEmpty()) {
            return both;
        }
        return both
                + event(
                        "response.output_item.added",
                        2,
                        ",\"output_index\":0,\"item\":" + item(answer, "in_progress", ""))
                + event("response.content_part.added", 3, place(answer) + ",\"part\":" + part(""));
    }

    @Override
    public TextFrames frames(Answer answer) {
        if (!answer.calls().isEmpty()) {
            return (chunksBefore, text) -> callFrame(answer, chunksBefore, text);
        }
        String place = place(answer);
        return (chunksBefore, text) -> event(
                "response.output_text.delta",
                EVENTS_BEFORE_TEXT + chunksBefore,
                place + ",\"delta\":" + Json.quote(text) + ",\"logprobs\":[]");
    }

    @Override
    public String closing(Answer answer, int chunks) {
        if (!answer.calls().isEmpty()) {
            int last = answer.calls().size() - 1;
            int number = eventsBefore(chunks, last);
            return callDone(answer, last, number)
                    + event("response." + status(answer), number + EVENTS_AFTER_CALL, ",\"response\":" + whole(answer));
        }
        int number = EVENTS_BEFORE_TEXT + chunks;
        String status = status(answer);
        String part = part(answer.text());
        return event(
                        "response.output_text.done",
                        number,
                        place(answer) + ",\"text\":" + Json.quote(answer.text()) + ",\"logprobs\":[]")
                + event("response.content_part.done", number + 1, place(answer) + ",\"part\":" + part)
                + event(
                        "response.output_item.done",
                        number + 2,
                        ",\"output_index\":0,\"item\":" + item(answer, status, part))
                + event("response." + status, number + 3, ",\"response\":" + whole(answer));
    }

    @Override
    public String failure(Refusal refusal, int chunks) {
        return event(
                "error",
                EVENTS_BEFORE_TEXT + chunks,
                ",\"code\":\"" + OpenAiErrors.streamCode(refusal) + "\",\"message\":" + Json.quote(refusal.message())
                        + ",\"param\":null");
    }

    /** A part of a call's arguments, after the end of the call before and its own begin where it is the first. */
    private static String callFrame(Answer answer, int chunk, String part) {
        int index = answer.callAt(chunk);
        ToolCall call = answer.calls().get(index);
        int number = eventsBefore(chunk, index);
        String begin = "";
        if (call.firstChunk() == chunk) {
            begin = (index == 0 ? "" : callDone(answer, index - 1, number - 1 - EVENTS_AFTER_CALL))
                    + event(
                            "response.output_item.added",
                            number - 1,
                            ",\"output_index\":" + index + ",\"item\":" + callItem(call, "in_progress", ""));
        }
        return begin
                + event(
                        "response.function_call_arguments.delta",
                        number,
                        callPlace(call, index) + ",\"delta\":" + Json.quote(part));
    }

    /** The events before a part of a call, the begin of the call included. */
    private static int eventsBefore(int chunk, int call) {
        return EVENTS_BEFORE_CALLS + chunk + call + 1 + EVENTS_AFTER_CALL * call;
    }

    private static String callDone(Answer answer, int index, int number) {
        ToolCall call = answer.calls().get(index);
        return event(
                        "response.function_call_arguments.done",
                        number,
                        callPlace(call, index) + ",\"name\":" + Json.quote(call.name()) + ",\"arguments\":"
                                + Json.quote(call.arguments()))
                + event(
                        "response.output_item.done",
                        number + 1,
                        ",\"output_index\":" + index + ",\"item\":"
                                + callItem(call, callStatus(call), call.arguments()));
    }

    private static String callPlace(ToolCall call, int index) {
        return ",\"item_id\":\"fc_" + call.id() + "\",\"output_index\":" + index;
    }

    private static String callStatus(ToolCall call) {
        return call.whole() ? "completed" : "incomplete";
    }

    private static String callItem(ToolCall call, String status, String arguments) {
        return "{\"id\":\"fc_" + call.id() + "\",\"type\":\"function_call\",\"status\":\"" + status
                + "\",\"arguments\":" + Json.quote(arguments) + ",\"call_id\":\"call_" + call.id() + "\",\"name\":"
                + Json.quote(call.name()) + "}";
    }

    private static String event(String type, int number, String fields) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\",\"sequence_number\":" + number + fields + "}\n\n";
    }

    private static String place(Answer answer) {
        return ",\"item_id\":\"msg_" + answer.id() + "\",\"output_index\":0,\"content_index\":0";
    }

    private static String item(Answer answer, String status, String parts) {
        return "{\"id\":\"msg_" + answer.id() + "\",\"type\":\"message\",\"status\":\"" + status + "\",\"content\":["
                + parts + "],\"role\":\"assistant\"}";
    }

    private static String part(String text) {
        return "{\"type\":\"output_text\",\"annotations\":[],\"logprobs\":[],\"text\":" + Json.quote(text) + "}";
    }

    private String response(Answer answer, String status, String output, boolean ended) {
        String reason = status.equals("incomplete") ? "{\"reason\":\"max_output_tokens\"}" : "null";
        return "{\"id\":\"resp_" + answer.id() + "\",\"object\":\"response\",\"created_at\":"
                + answer.created().getEpochSecond() + ",\"status\":\"" + status
                + "\",\"error\":null,\"incomplete_details\":" + reason + ",\"model\":" + Json.quote(answer.model())
                + ",\"output\":" + output + echo + ",\"usage\":" + (ended ? usage(answer.usage()) : "null") + "}";
    }

    private static String usage(Usage usage) {
        return "{\"input_tokens\":" + usage.inputTokens()
                + ",\"input_tokens_details\":{\"cached_tokens\":"
                + usage.cache().read() + "},\"output_tokens\":" + usage.outputTokens()
                + ",\"output_tokens_details\":{\"reasoning_tokens\":0},\"total_tokens\":"
                + usage.totalTokens() + "}";
    }

    private static String status(Answer answer) {
        return switch (answer.finishReason()) {
            case END, STOP_SEQUENCE, TOOL_CALLS, NAMED_TOOL_CALL -> "completed";
            case MAX_TOKENS -> "incomplete";
        };
    }
}
