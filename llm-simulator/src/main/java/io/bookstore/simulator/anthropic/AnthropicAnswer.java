package io.bookstore.simulator.anthropic;

import io.bookstore.simulator.cache.CacheUse;
import io.bookstore.simulator.wire.Answer;
import io.bookstore.simulator.wire.Answer.Thoughts;
import io.bookstore.simulator.wire.Answer.Usage;
import io.bookstore.simulator.wire.AnswerFormat;
import io.bookstore.simulator.wire.Json;
import io.bookstore.simulator.wire.Refusal;
import io.bookstore.simulator.wire.TextFrames;
import io.bookstore.simulator.wire.ToolCall;
import java.util.stream.Collectors;

/**
 * A message as one document, or as the events of https://docs.claude.com/en/docs/build-with-claude/streaming; thinking as
 * https://docs.claude.com/en/docs/build-with-claude/extended-thinking#streaming-thinking has it, and refusals as
 * https://docs.claude.com/en/docs/test-and-evaluate/strengthen-guardrails/handle-streaming-refusals.
 */
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
    public boolean redactsReasoning() {
        return true;
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
                + firstBlock(answer)
                + "event: ping\ndata: {\"type\":\"ping\"}\n\n";
    }

    private static String firstBlock(Answer answer) {
        Thoughts thoughts = answer.thoughts();
        if (thoughts != null) {
            return start(0, thoughts.redacted() ? redacted(thoughts) : thinking("", ""));
        }
        return answer.calls().isEmpty() ? textStart(0) : "";
    }

    @Override
    public TextFrames frames(Answer answer) {
        int first = blocksBefore(answer);
        String delta = "\"index\":" + first + ",\"delta\":{\"type\":\"text_delta\",\"text\":";
        TextFrames frames = answer.calls().isEmpty()
                ? (chunksBefore, text) -> event("content_block_delta", delta + Json.quote(text) + "}")
                : (chunksBefore, text) -> callFrame(answer, chunksBefore, text);
        Thoughts thoughts = answer.thoughts();
        if (thoughts == null) {
            return frames;
        }
        // A redacted block comes whole in its begin, and has no deltas.
        String end = (thoughts.redacted() ? "" : signatureDelta(thoughts))
                + stop(0)
                + (answer.calls().isEmpty() ? textStart(1) : "");
        return thoughts.frames(
                (chunksBefore, text) -> event(
                        "content_block_delta",
                        "\"index\":0,\"delta\":{\"type\":\"thinking_delta\",\"thinking\":" + Json.quote(text) + "}"),
                end,
                frames);
    }

    /** The blocks before the text or the first call. */
    private static int blocksBefore(Answer answer) {
        return answer.thoughts() == null ? 0 : 1;
    }

    private static String signatureDelta(Thoughts thoughts) {
        return event(
                "content_block_delta",
                "\"index\":0,\"delta\":{\"type\":\"signature_delta\",\"signature\":\"" + ThoughtSeal.signature(thoughts)
                        + "\"}");
    }

    private static String thinking(String text, String signature) {
        return "{\"type\":\"thinking\",\"thinking\":" + Json.quote(text) + ",\"signature\":\"" + signature + "\"}";
    }

    private static String redacted(Thoughts thoughts) {
        return "{\"type\":\"redacted_thinking\",\"data\":\"" + ThoughtSeal.data(thoughts) + "\"}";
    }

    private static String textStart(int index) {
        return start(index, "{\"type\":\"text\",\"text\":\"\"}");
    }

    /** A part of a call's input, after the end of the block before and the begin of its own where it is the first. */
    private static String callFrame(Answer answer, int chunk, String part) {
        int index = answer.callAt(chunk);
        ToolCall call = answer.calls().get(index);
        int block = blocksBefore(answer) + index;
        String begin = "";
        if (call.firstChunk() == chunk) {
            begin = (index == 0 ? "" : stop(block - 1)) + start(block, block(call, "{}"));
        }
        return begin
                + event(
                        "content_block_delta",
                        "\"index\":" + block + ",\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":"
                                + Json.quote(part) + "}");
    }

    private static String content(Answer answer) {
        Thoughts thoughts = answer.thoughts();
        String begin = thoughts == null
                ? "["
                : "["
                        + (thoughts.redacted()
                                ? redacted(thoughts)
                                : thinking(thoughts.text(), ThoughtSeal.signature(thoughts)))
                        + ",";
        return answer.calls().isEmpty()
                ? begin + "{\"type\":\"text\",\"text\":" + Json.quote(answer.text()) + "}]"
                : answer.calls().stream()
                        .map(call -> block(call, call.input()))
                        .collect(Collectors.joining(",", begin, "]"));
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
        return stop(blocksBefore(answer) + Math.max(0, answer.calls().size() - 1))
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
            case REFUSAL, CONTENT_FILTER -> "refusal";
            case PAUSE_TURN -> "pause_turn";
        };
    }
}
