package io.bookstore.simulator.openai;

import io.bookstore.simulator.state.LaterAnswer;
import io.bookstore.simulator.wire.Answer;
import io.bookstore.simulator.wire.Answer.FinishReason;
import io.bookstore.simulator.wire.Answer.Thoughts;
import io.bookstore.simulator.wire.Answer.Usage;
import io.bookstore.simulator.wire.AnswerFormat;
import io.bookstore.simulator.wire.Json;
import io.bookstore.simulator.wire.Refusal;
import io.bookstore.simulator.wire.TextFrames;
import io.bookstore.simulator.wire.TokenOdds;
import io.bookstore.simulator.wire.ToolCall;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A response as one document or as typed, numbered events: https://platform.openai.com/docs/api-reference/responses-streaming.
 * Reasoning is an item of its own before all others.
 *
 * @param encrypted whether reasoning comes with its encrypted content
 * @param echo the fields of the request that come back in the answer, see {@link ResponsesEcho}
 * @param keeper of the answer; null if the request does not want it kept
 */
record ResponsesAnswer(
        boolean streaming,
        boolean encrypted,
        String echo,
        @Nullable ResponsesKeeper keeper) implements AnswerFormat {

    // created and in_progress come before the first item.
    private static final int EVENTS_BEFORE_ITEMS = 2;

    // created, in_progress, output_item.added and content_part.added come before the first text.
    private static final int EVENTS_BEFORE_TEXT = 4;

    // created and in_progress come before the first call; each call has an event at its begin and two at its end.
    private static final int EVENTS_BEFORE_CALLS = 2;
    private static final int EVENTS_AFTER_CALL = 2;

    @Override
    public String contentType() {
        return streaming ? "text/event-stream; charset=utf-8" : "application/json";
    }

    @Override
    public String whole(Answer answer) {
        String output = answer.calls().isEmpty()
                ? item(answer, status(answer), part(answer))
                : answer.calls().stream()
                        .map(call -> callItem(call, callStatus(call), call.arguments()))
                        .collect(Collectors.joining(","));
        Thoughts thoughts = answer.thoughts();
        String begin = thoughts == null ? "[" : "[" + ResponsesReasoning.item(thoughts, encrypted) + ",";
        return response(answer, status(answer), begin + output + "]", true);
    }

    @Override
    public void keep(Answer answer) {
        if (keeper != null) {
            keeper.keep(id(answer), whole(answer), null);
        }
    }

    /** A stream is sent as in the foreground. */
    @Override
    public boolean isBackground() {
        return !streaming && keeper != null && keeper.background();
    }

    @Override
    public String accepted(Answer answer, LaterAnswer later) {
        Objects.requireNonNull(keeper).keep(id(answer), whole(answer), later);
        return response(answer, "queued", "[]", false);
    }

    private static String id(Answer answer) {
        return "resp_" + answer.id();
    }

    @Override
    public String opening(Answer answer) {
        String begun = ",\"response\":" + response(answer, "in_progress", "[]", false);
        String both = event("response.created", 0, begun) + event("response.in_progress", 1, begun);
        if (answer.thoughts() != null) {
            return both + ResponsesReasoning.begin(answer.thoughts(), EVENTS_BEFORE_ITEMS, encrypted);
        }
        return answer.calls().isEmpty() ? both + textBegin(answer, EVENTS_BEFORE_ITEMS) : both;
    }

    private static String textBegin(Answer answer, int number) {
        String empty = answer.isRefused() ? refusal("") : part("", "[]");
        return event(
                        "response.output_item.added",
                        number,
                        ",\"output_index\":" + itemsBefore(answer) + ",\"item\":" + item(answer, "in_progress", ""))
                + event("response.content_part.added", number + 1, place(answer) + ",\"part\":" + empty);
    }

    @Override
    public TextFrames frames(Answer answer) {
        TextFrames frames = answer.calls().isEmpty()
                ? textFrames(answer)
                : (chunksBefore, text) -> callFrame(answer, chunksBefore, text);
        Thoughts thoughts = answer.thoughts();
        if (thoughts == null) {
            return frames;
        }
        int next = EVENTS_BEFORE_ITEMS + ResponsesReasoning.events(answer);
        return thoughts.frames(
                ResponsesReasoning.frames(thoughts, EVENTS_BEFORE_ITEMS),
                ResponsesReasoning.end(thoughts, next, encrypted)
                        + (answer.calls().isEmpty() ? textBegin(answer, next) : ""),
                frames);
    }

    private static TextFrames textFrames(Answer answer) {
        String place = place(answer);
        int before = EVENTS_BEFORE_TEXT + ResponsesReasoning.events(answer);
        if (answer.isRefused()) {
            return (chunksBefore, text) ->
                    event("response.refusal.delta", before + chunksBefore, place + ",\"delta\":" + Json.quote(text));
        }
        TokenOdds odds = answer.odds();
        return (chunksBefore, text) -> event(
                "response.output_text.delta",
                before + chunksBefore,
                place + ",\"delta\":" + Json.quote(text) + ",\"logprobs\":"
                        + (odds == null ? "[]" : OpenAiOdds.list(odds.ofChunk(chunksBefore), false)));
    }

    @Override
    public String closing(Answer answer, int chunks) {
        int ofContent =
                answer.thoughts() == null ? chunks : chunks - answer.thoughts().chunks();
        if (!answer.calls().isEmpty()) {
            int last = answer.calls().size() - 1;
            int number = ResponsesReasoning.events(answer) + eventsBefore(ofContent, last);
            return callDone(answer, last, number)
                    + event("response." + status(answer), number + EVENTS_AFTER_CALL, ",\"response\":" + whole(answer));
        }
        int number = EVENTS_BEFORE_TEXT + ResponsesReasoning.events(answer) + ofContent;
        String status = status(answer);
        String part = part(answer);
        return textDone(answer, number)
                + event("response.content_part.done", number + 1, place(answer) + ",\"part\":" + part)
                + event(
                        "response.output_item.done",
                        number + 2,
                        ",\"output_index\":" + itemsBefore(answer) + ",\"item\":" + item(answer, status, part))
                + event("response." + status, number + 3, ",\"response\":" + whole(answer));
    }

    private static String textDone(Answer answer, int number) {
        if (answer.isRefused()) {
            return event("response.refusal.done", number, place(answer) + ",\"refusal\":" + Json.quote(answer.text()));
        }
        String odds =
                answer.odds() == null ? "[]" : OpenAiOdds.list(answer.odds().all(), false);
        return event(
                "response.output_text.done",
                number,
                place(answer) + ",\"text\":" + Json.quote(answer.text()) + ",\"logprobs\":" + odds);
    }

    /** The items before the text or the first call. */
    private static int itemsBefore(Answer answer) {
        return answer.thoughts() == null ? 0 : 1;
    }

    @Override
    public String failure(Refusal refusal, int chunks) {
        return error(refusal, EVENTS_BEFORE_TEXT + chunks);
    }

    @Override
    public String failure(Answer answer, Refusal refusal, int chunks) {
        int ofContent =
                answer.thoughts() == null ? chunks : chunks - answer.thoughts().chunks();
        if (ofContent <= 0) {
            return failure(refusal, chunks);
        }
        int number = answer.calls().isEmpty()
                ? EVENTS_BEFORE_TEXT + ofContent
                : eventsBefore(ofContent, answer.callAt(ofContent - 1));
        return error(refusal, ResponsesReasoning.events(answer) + number);
    }

    private static String error(Refusal refusal, int number) {
        return event(
                "error",
                number,
                ",\"code\":\"" + OpenAiErrors.streamCode(refusal) + "\",\"message\":" + Json.quote(refusal.message())
                        + ",\"param\":null");
    }

    /** A part of a call's arguments, after the end of the call before and its own begin where it is the first. */
    private static String callFrame(Answer answer, int chunk, String part) {
        int index = answer.callAt(chunk);
        ToolCall call = answer.calls().get(index);
        int number = ResponsesReasoning.events(answer) + eventsBefore(chunk, index);
        int item = itemsBefore(answer) + index;
        String begin = "";
        if (call.firstChunk() == chunk) {
            begin = (index == 0 ? "" : callDone(answer, index - 1, number - 1 - EVENTS_AFTER_CALL))
                    + event(
                            "response.output_item.added",
                            number - 1,
                            ",\"output_index\":" + item + ",\"item\":" + callItem(call, "in_progress", ""));
        }
        return begin
                + event(
                        "response.function_call_arguments.delta",
                        number,
                        callPlace(call, item) + ",\"delta\":" + Json.quote(part));
    }

    /** The events before a part of a call, the begin of the call included. */
    private static int eventsBefore(int chunk, int call) {
        return EVENTS_BEFORE_CALLS + chunk + call + 1 + EVENTS_AFTER_CALL * call;
    }

    private static String callDone(Answer answer, int index, int number) {
        ToolCall call = answer.calls().get(index);
        int item = itemsBefore(answer) + index;
        return event(
                        "response.function_call_arguments.done",
                        number,
                        callPlace(call, item) + ",\"name\":" + Json.quote(call.name()) + ",\"arguments\":"
                                + Json.quote(call.arguments()))
                + event(
                        "response.output_item.done",
                        number + 1,
                        ",\"output_index\":" + item + ",\"item\":"
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

    static String event(String type, int number, String fields) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\",\"sequence_number\":" + number + fields + "}\n\n";
    }

    private static String place(Answer answer) {
        return ",\"item_id\":\"msg_" + answer.id() + "\",\"output_index\":" + itemsBefore(answer)
                + ",\"content_index\":0";
    }

    private static String item(Answer answer, String status, String parts) {
        return "{\"id\":\"msg_" + answer.id() + "\",\"type\":\"message\",\"status\":\"" + status + "\",\"content\":["
                + parts + "],\"role\":\"assistant\"}";
    }

    private static String part(Answer answer) {
        if (answer.isRefused()) {
            return refusal(answer.text());
        }
        return part(
                answer.text(),
                answer.odds() == null ? "[]" : OpenAiOdds.list(answer.odds().all(), true));
    }

    private static String part(String text, String odds) {
        return "{\"type\":\"output_text\",\"annotations\":[],\"logprobs\":" + odds + ",\"text\":" + Json.quote(text)
                + "}";
    }

    private static String refusal(String text) {
        return "{\"type\":\"refusal\",\"refusal\":" + Json.quote(text) + "}";
    }

    private String response(Answer answer, String status, String output, boolean ended) {
        String reason = status.equals("incomplete") ? "{\"reason\":\"" + incomplete(answer) + "\"}" : "null";
        return "{\"id\":\"" + id(answer) + "\",\"object\":\"response\",\"created_at\":"
                + answer.created().getEpochSecond() + ",\"status\":\"" + status
                + "\",\"error\":null,\"incomplete_details\":" + reason + ",\"model\":" + Json.quote(answer.model())
                + ",\"output\":" + output + echo + ",\"usage\":" + (ended ? usage(answer) : "null") + "}";
    }

    private static String incomplete(Answer answer) {
        return answer.finishReason() == FinishReason.CONTENT_FILTER ? "content_filter" : "max_output_tokens";
    }

    private static String usage(Answer answer) {
        Usage usage = answer.usage();
        return "{\"input_tokens\":" + usage.inputTokens()
                + ",\"input_tokens_details\":{\"cached_tokens\":"
                + usage.cache().read() + "},\"output_tokens\":" + usage.outputTokens()
                + ",\"output_tokens_details\":{\"reasoning_tokens\":" + answer.reasoningTokens() + "},\"total_tokens\":"
                + usage.totalTokens() + "}";
    }

    private static String status(Answer answer) {
        return switch (answer.finishReason()) {
            case END, STOP_SEQUENCE, TOOL_CALLS, NAMED_TOOL_CALL, REFUSAL, PAUSE_TURN -> "completed";
            case MAX_TOKENS, CONTENT_FILTER -> "incomplete";
        };
    }
}
