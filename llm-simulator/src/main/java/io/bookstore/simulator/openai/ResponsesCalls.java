package io.bookstore.simulator.openai;

import io.bookstore.simulator.wire.Answer;
import io.bookstore.simulator.wire.Json;
import io.bookstore.simulator.wire.ToolCall;

/** The calls of tools in a response: an item each, whose arguments come in parts. */
final class ResponsesCalls {

    // created and in_progress come before the first call; each call has an event at its begin and two at its end.
    private static final int EVENTS_BEFORE_CALLS = 2;
    private static final int EVENTS_AFTER_CALL = 2;

    private ResponsesCalls() {}

    static String item(ToolCall call) {
        return item(call, status(call), call.arguments());
    }

    /** A part of a call's arguments, after the end of the call before and its own begin where it is the first. */
    static String frame(Answer answer, int chunk, String part) {
        int index = answer.callAt(chunk);
        ToolCall call = answer.calls().get(index);
        int number = ResponsesReasoning.events(answer) + eventsBefore(chunk, index);
        int item = ResponsesAnswer.itemsBefore(answer) + index;
        String begin = "";
        if (call.firstChunk() == chunk) {
            begin = (index == 0 ? "" : done(answer, index - 1, number - 1 - EVENTS_AFTER_CALL))
                    + ResponsesAnswer.event(
                            "response.output_item.added",
                            number - 1,
                            ",\"output_index\":" + item + ",\"item\":" + item(call, "in_progress", ""));
        }
        return begin
                + ResponsesAnswer.event(
                        "response.function_call_arguments.delta",
                        number,
                        place(call, item) + ",\"delta\":" + Json.quote(part));
    }

    /** The end of the last call, after so many chunks of all. */
    static String end(Answer answer, int chunks) {
        int last = answer.calls().size() - 1;
        return done(answer, last, ResponsesReasoning.events(answer) + eventsBefore(chunks, last));
    }

    /** The events up to the end of the last call, those of reasoning apart. */
    static int events(Answer answer, int chunks) {
        return eventsBefore(chunks, answer.calls().size() - 1) + EVENTS_AFTER_CALL;
    }

    /** The events before a part of a call, the begin of the call included. */
    static int eventsBefore(int chunk, int call) {
        return EVENTS_BEFORE_CALLS + chunk + call + 1 + EVENTS_AFTER_CALL * call;
    }

    private static String done(Answer answer, int index, int number) {
        ToolCall call = answer.calls().get(index);
        int item = ResponsesAnswer.itemsBefore(answer) + index;
        return ResponsesAnswer.event(
                        "response.function_call_arguments.done",
                        number,
                        place(call, item) + ",\"name\":" + Json.quote(call.name()) + ",\"arguments\":"
                                + Json.quote(call.arguments()))
                + ResponsesAnswer.event(
                        "response.output_item.done",
                        number + 1,
                        ",\"output_index\":" + item + ",\"item\":" + item(call));
    }

    private static String place(ToolCall call, int index) {
        return ",\"item_id\":\"fc_" + call.id() + "\",\"output_index\":" + index;
    }

    private static String status(ToolCall call) {
        return call.whole() ? "completed" : "incomplete";
    }

    private static String item(ToolCall call, String status, String arguments) {
        return "{\"id\":\"fc_" + call.id() + "\",\"type\":\"function_call\",\"status\":\"" + status
                + "\",\"arguments\":" + Json.quote(arguments) + ",\"call_id\":\"call_" + call.id() + "\",\"name\":"
                + Json.quote(call.name()) + "}";
    }
}
