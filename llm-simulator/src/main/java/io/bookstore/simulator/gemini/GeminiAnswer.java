package io.bookstore.simulator.gemini;

import io.bookstore.simulator.wire.Answer;
import io.bookstore.simulator.wire.AnswerFormat;
import io.bookstore.simulator.wire.Json;
import io.bookstore.simulator.wire.Refusal;
import io.bookstore.simulator.wire.TextFrames;
import io.bookstore.simulator.wire.ToolCall;
import java.util.stream.Collectors;

/** An answer as one document, as server-sent events, or (without {@code alt=sse}) as a JSON array that grows. */
enum GeminiAnswer implements AnswerFormat {
    DOCUMENT("application/json; charset=UTF-8", "", "", "", ""),
    EVENTS("text/event-stream", "", "data: ", "\r\n\r\n", ""),
    ARRAY("application/json; charset=UTF-8", "[", "", "\n,\r\n", "]");

    private final String contentType;
    private final String open;
    private final String before;
    private final String between;
    private final String close;

    GeminiAnswer(String contentType, String open, String before, String between, String close) {
        this.contentType = contentType;
        this.open = open;
        this.before = before;
        this.between = between;
        this.close = close;
    }

    @Override
    public String contentType() {
        return contentType;
    }

    @Override
    public String whole(Answer answer) {
        return last(
                answer,
                answer.calls().isEmpty()
                        ? part(answer.text())
                        : answer.calls().stream().map(GeminiAnswer::part).collect(Collectors.joining(",")));
    }

    /** False: a call is one part, which comes whole. */
    @Override
    public boolean streamsArguments() {
        return false;
    }

    @Override
    public String opening(Answer answer) {
        return open;
    }

    @Override
    public TextFrames frames(Answer answer) {
        String usage = usage(answer, "", answer.usage().inputTokens());
        return answer.calls().isEmpty()
                ? (chunksBefore, text) -> before + response(answer, part(text), "", usage) + between
                : (chunksBefore, text) -> before
                        + response(answer, part(answer.calls().get(answer.callAt(chunksBefore))), "", usage)
                        + between;
    }

    @Override
    public String closing(Answer answer, int chunks) {
        return before + last(answer, part("")) + (this == ARRAY ? close : between);
    }

    @Override
    public String failure(Refusal refusal, int chunks) {
        return before + GeminiErrors.body(refusal) + (this == ARRAY ? close : between);
    }

    private static String part(String text) {
        return "{\"text\":" + Json.quote(text) + "}";
    }

    private static String part(ToolCall call) {
        return "{\"functionCall\":{\"name\":" + Json.quote(call.name()) + ",\"args\":" + call.input() + "}}";
    }

    private static String last(Answer answer, String parts) {
        return response(
                answer,
                parts,
                ",\"finishReason\":\"" + finishReason(answer) + "\"",
                usage(
                        answer,
                        ",\"candidatesTokenCount\":" + answer.usage().outputTokens(),
                        answer.usage().totalTokens()));
    }

    /** A count of cached tokens is only there if there are any. */
    private static String usage(Answer answer, String output, int total) {
        int cached = answer.usage().cache().read();
        return "{\"promptTokenCount\":" + answer.usage().inputTokens() + output + ",\"totalTokenCount\":" + total
                + (cached == 0 ? "" : ",\"cachedContentTokenCount\":" + cached) + "}";
    }

    private static String response(Answer answer, String parts, String finishReason, String usage) {
        return "{\"candidates\":[{\"content\":{\"parts\":[" + parts
                + "],\"role\":\"model\"}" + finishReason + ",\"index\":0}],\"usageMetadata\":" + usage
                + ",\"modelVersion\":" + Json.quote(answer.model()) + ",\"responseId\":\"" + answer.id() + "\"}";
    }

    private static String finishReason(Answer answer) {
        return switch (answer.finishReason()) {
            case END, STOP_SEQUENCE, TOOL_CALLS, NAMED_TOOL_CALL -> "STOP";
            case MAX_TOKENS -> "MAX_TOKENS";
        };
    }
}
