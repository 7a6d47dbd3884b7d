package io.bookstore.simulator.openai;

import io.bookstore.simulator.state.LaterAnswer;
import io.bookstore.simulator.state.StreamPart;
import io.bookstore.simulator.wire.Answer;
import io.bookstore.simulator.wire.Answer.FinishReason;
import io.bookstore.simulator.wire.Answer.Thoughts;
import io.bookstore.simulator.wire.Answer.Usage;
import io.bookstore.simulator.wire.AnswerFormat;
import io.bookstore.simulator.wire.Json;
import io.bookstore.simulator.wire.Refusal;
import io.bookstore.simulator.wire.TextFrames;
import io.bookstore.simulator.wire.TokenOdds;
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

    @Override
    public String contentType() {
        return streaming ? "text/event-stream; charset=utf-8" : "application/json";
    }

    @Override
    public String whole(Answer answer) {
        String output = answer.calls().isEmpty()
                ? item(answer, status(answer), part(answer))
                : answer.calls().stream().map(ResponsesCalls::item).collect(Collectors.joining(","));
        Thoughts thoughts = answer.thoughts();
        String begin = thoughts == null ? "[" : "[" + ResponsesReasoning.item(thoughts, encrypted) + ",";
        return response(answer, status(answer), begin + output + "]", true);
    }

    @Override
    public void begin(Answer answer) {
        if (keeper != null) {
            keeper.begin(id(answer));
        }
    }

    @Override
    public void end(Answer answer, boolean whole) {
        if (keeper != null && whole) {
            keeper.keep(id(answer), whole(answer));
        } else if (keeper != null) {
            keeper.drop(id(answer));
        }
    }

    @Override
    public boolean isBackground() {
        return keeper != null && keeper.background();
    }

    @Override
    public String accepted(Answer answer, LaterAnswer later, @Nullable Iterable<StreamPart> stream) {
        Objects.requireNonNull(keeper).keepLater(id(answer), whole(answer), later, stream);
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
                : (chunksBefore, text) -> ResponsesCalls.frame(answer, chunksBefore, text);
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
            int number = ResponsesReasoning.events(answer) + ResponsesCalls.events(answer, ofContent);
            return ResponsesCalls.end(answer, ofContent)
                    + event("response." + status(answer), number, ",\"response\":" + whole(answer));
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
    static int itemsBefore(Answer answer) {
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
                : ResponsesCalls.eventsBefore(ofContent, answer.callAt(ofContent - 1));
        return error(refusal, ResponsesReasoning.events(answer) + number);
    }

    private static String error(Refusal refusal, int number) {
        return event(
                "error",
                number,
                ",\"code\":\"" + OpenAiErrors.streamCode(refusal) + "\",\"message\":" + Json.quote(refusal.message())
                        + ",\"param\":null");
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
