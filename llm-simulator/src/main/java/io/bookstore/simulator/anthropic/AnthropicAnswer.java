package io.bookstore.simulator.anthropic;

import io.bookstore.simulator.cache.CacheUse;
import io.bookstore.simulator.wire.Answer;
import io.bookstore.simulator.wire.Answer.Usage;
import io.bookstore.simulator.wire.AnswerFormat;
import io.bookstore.simulator.wire.Json;
import io.bookstore.simulator.wire.Refusal;
import io.bookstore.simulator.wire.TextFrames;
import io.bookstore.simulator.wire.ToolCall;
import java.util.stream.Collectors;

/** A message as one document, or as the events of https://docs.claude.com/en/docs/build-with-claude/streaming. */
enum AnthropicAnswer implements AnswerFormat {
    DOCUMENT("application/json"),
    STREAM("text/event-stream; charset=utf-8");

    private final String contentType;

    AnthropicAnswer(String contentType) {
        this.contentType = contentType;
    }

    @Override
    public String contentType() {
        return contentType;
    }

    @Override
    public String whole(Answer answer) {
        return message(
                answer,
                content(answer),
                "\"" + stopReason(answer) + "\",\"stop_sequence\":" + stopSequence(answer),
                answer.usage().outputTokens());
    }

    @Override
    public String opening(Answer answer) {
        return event("message_start", "\"message\":" + message(answer, "[]", "null,\"stop_sequence\":null", 1))
                + (answer.calls().isEmpty() ? start(0, "{\"type\":\"text\",\"text\":\"\"}") : "")
                + "event: ping\ndata: {\"type\":\"ping\"}\n\n";
    }

    @Override
    public TextFrames frames(Answer answer) {
        return answer.calls().isEmpty()
                ? (chunksBefore, text) -> event(
                        "content_block_delta",
                        "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":" + Json.quote(text) + "}")
                : (chunksBefore, text) -> callFrame(answer, chunksBefore, text);
    }

    /** A part of a call's input, after the end of the block before and the begin of its own where it is the first. */
    private static String callFrame(Answer answer, int chunk, String part) {
        int index = answer.callAt(chunk);
        ToolCall call = answer.calls().get(index);
        String begin = "";
        if (call.firstChunk() == chunk) {
            begin = (index == 0 ? "" : stop(index - 1)) + start(index, block(call, "{}"));
        }
        return begin
                + event(
                        "content_block_delta",
                        "\"index\":" + index + ",\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":"
                                + Json.quote(part) + "}");
    }

    private static String content(Answer answer) {
        return answer.calls().isEmpty()
                ? "[{\"type\":\"text\",\"text\":" + Json.quote(answer.text()) + "}]"
                : answer.calls().stream()
                        .map(call -> block(call, call.input()))
                        .collect(Collectors.joining(",", "[", "]"));
    }

    private static String block(ToolCall call, String input) {
        return "{\"type\":\"tool_use\",\"id\":\"toolu_01" + call.id() + "\",\"name\":" + Json.quote(call.name())
                + ",\"input\":" + input + "}";
    }

    private static String start(int index, String block) {
        return event("content_block_start", "\"index\":" + index + ",\"content_block\":" + block);
    }

    private static String stop(int index) {
        return event("content_block_stop", "\"index\":" + index);
    }

    @Override
    public String closing(Answer answer, int chunks) {
        return stop(Math.max(0, answer.calls().size() - 1))
                + event(
                        "message_delta",
                        "\"delta\":{\"stop_reason\":\"" + stopReason(answer)
                                + "\",\"stop_sequence\":" + stopSequence(answer) + "},\"usage\":{\"output_tokens\":"
                                + answer.usage().outputTokens() + "}")
                + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
    }

    @Override
    public String failure(Refusal refusal, int chunks) {
        return AnthropicErrors.event(refusal);
    }

    private static String event(String type, String fields) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + fields + "}\n\n";
    }

    private static String message(Answer answer, String content, String stopReason, int outputTokens) {
        Usage usage = answer.usage();
        CacheUse cache = usage.cache();
        return "{\"id\":\"msg_01" + answer.id() + "\",\"type\":\"message\",\"role\":\"assistant\",\"model\":"
                + Json.quote(answer.model()) + ",\"content\":" + content + ",\"stop_reason\":" + stopReason
                + ",\"usage\":{\"input_tokens\":" + usage.uncachedInputTokens()
                + ",\"cache_creation_input_tokens\":" + cache.written() + ",\"cache_read_input_tokens\":" + cache.read()
                + ",\"cache_creation\":{\"ephemeral_5m_input_tokens\":" + (cache.written() - cache.writtenForHour())
                + ",\"ephemeral_1h_input_tokens\":" + cache.writtenForHour() + "},\"output_tokens\":" + outputTokens
                + "}}";
    }

    private static String stopSequence(Answer answer) {
        return answer.stop() == null ? "null" : Json.quote(answer.stop());
    }

    private static String stopReason(Answer answer) {
        return switch (answer.finishReason()) {
            case END -> "end_turn";
            case MAX_TOKENS -> "max_tokens";
            case STOP_SEQUENCE -> "stop_sequence";
            case TOOL_CALLS, NAMED_TOOL_CALL -> "tool_use";
        };
    }
}
