package io.bookstore.simulator.bedrock;

import io.bookstore.simulator.anthropic.AnthropicOnBedrock;
import io.bookstore.simulator.wire.Answer;
import io.bookstore.simulator.wire.Answer.Thoughts;
import io.bookstore.simulator.wire.Answer.Timing;
import io.bookstore.simulator.wire.Answer.Usage;
import io.bookstore.simulator.wire.AnswerFormat;
import io.bookstore.simulator.wire.Json;
import io.bookstore.simulator.wire.Refusal;
import io.bookstore.simulator.wire.TextFrames;
import io.bookstore.simulator.wire.ToolCall;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A message as one document, or as the events of a ConverseStreamOutput. Text has no contentBlockStart: only tools do. Reasoning
 * as https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ReasoningContentBlockDelta.html has it.
 */
record BedrockAnswer(boolean streaming, String echo, boolean tellsStop) implements AnswerFormat {

    @Override
    public String contentType() {
        return streaming ? "application/vnd.amazon.eventstream" : "application/json";
    }

    @Override
    public Charset charset() {
        return streaming ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
    }

    @Override
    public boolean redactsReasoning() {
        return true;
    }

    @Override
    public String whole(Answer answer) {
        return "{" + modelFields(answer) + "\"metrics\":" + metrics(answer.timing())
                + ",\"output\":{\"message\":{\"content\":["
                + content(answer) + "],\"role\":\"assistant\"}},\"stopReason\":\"" + stopReason(answer)
                + "\",\"usage\":" + usage(answer.usage()) + echo + "}";
    }

    /** The field of the model that a request may ask for; Anthropic's models have the stop sequence. */
    private String modelFields(Answer answer) {
        return tellsStop
                ? "\"additionalModelResponseFields\":{\"stop_sequence\":"
                        + (answer.stop() == null ? "null" : Json.quote(answer.stop())) + "},"
                : "";
    }

    @Override
    public String opening(Answer answer) {
        return EventStream.event("messageStart", "{\"role\":\"assistant\"}");
    }

    @Override
    public TextFrames frames(Answer answer) {
        String text = delta(blocksBefore(answer), "\"text\":");
        TextFrames frames = answer.calls().isEmpty()
                ? (chunksBefore, part) -> EventStream.event("contentBlockDelta", text + Json.quote(part) + "}}")
                : (chunksBefore, part) -> callFrame(answer, chunksBefore, part);
        Thoughts thoughts = answer.thoughts();
        if (thoughts == null) {
            return frames;
        }
        String thought = delta(0, "\"reasoningContent\":{\"text\":");
        String seal = thoughts.redacted()
                ? "\"redactedContent\":\"" + AnthropicOnBedrock.redacted(thoughts)
                : "\"signature\":\"" + AnthropicOnBedrock.signature(thoughts);
        String end =
                EventStream.event("contentBlockDelta", delta(0, "\"reasoningContent\":{") + seal + "\"}}}") + stop(0);
        return thoughts.frames(
                (chunksBefore, part) -> EventStream.event("contentBlockDelta", thought + Json.quote(part) + "}}}"),
                end,
                frames);
    }

    private static String delta(int block, String begin) {
        return "{\"contentBlockIndex\":" + block + ",\"delta\":{" + begin;
    }

    /** The blocks before the text or the first call. */
    private static int blocksBefore(Answer answer) {
        return answer.thoughts() == null ? 0 : 1;
    }

    /** A part of a call's input, after the end of the block before and the begin of its own where it is the first. */
    private static String callFrame(Answer answer, int chunk, String part) {
        int index = answer.callAt(chunk);
        ToolCall call = answer.calls().get(index);
        int block = blocksBefore(answer) + index;
        String begin = "";
        if (call.firstChunk() == chunk) {
            begin = (index == 0 ? "" : stop(block - 1))
                    + EventStream.event(
                            "contentBlockStart",
                            "{\"contentBlockIndex\":" + block + ",\"start\":{\"toolUse\":{\"name\":"
                                    + Json.quote(call.name()) + ",\"toolUseId\":\"tooluse_" + call.id() + "\"}}}");
        }
        return begin
                + EventStream.event(
                        "contentBlockDelta", delta(block, "\"toolUse\":{\"input\":") + Json.quote(part) + "}}}");
    }

    private static String content(Answer answer) {
        Thoughts thoughts = answer.thoughts();
        String begin = thoughts == null ? "" : "{\"reasoningContent\":" + reasoning(thoughts) + "},";
        return answer.calls().isEmpty()
                ? begin + "{\"text\":" + Json.quote(answer.text()) + "}"
                : answer.calls().stream()
                        .map(call -> "{\"toolUse\":{\"input\":" + call.input() + ",\"name\":" + Json.quote(call.name())
                                + ",\"toolUseId\":\"tooluse_" + call.id() + "\"}}")
                        .collect(Collectors.joining(",", begin, ""));
    }

    private static String reasoning(Thoughts thoughts) {
        return thoughts.redacted()
                ? "{\"redactedContent\":\"" + AnthropicOnBedrock.redacted(thoughts) + "\"}"
                : "{\"reasoningText\":{\"signature\":\"" + AnthropicOnBedrock.signature(thoughts) + "\",\"text\":"
                        + Json.quote(thoughts.text()) + "}}";
    }

    private static String stop(int index) {
        return EventStream.event("contentBlockStop", "{\"contentBlockIndex\":" + index + "}");
    }

    @Override
    public String closing(Answer answer, int chunks) {
        return stop(blocksBefore(answer) + Math.max(0, answer.calls().size() - 1))
                + EventStream.event(
                        "messageStop", "{" + modelFields(answer) + "\"stopReason\":\"" + stopReason(answer) + "\"}")
                + EventStream.event(
                        "metadata",
                        "{\"metrics\":" + metrics(answer.timing()) + ",\"usage\":" + usage(answer.usage()) + echo
                                + "}");
    }

    @Override
    public String failure(Refusal refusal, int chunks) {
        return BedrockErrors.event(refusal);
    }

    private static String metrics(Timing timing) {
        return "{\"latencyMs\":"
                + TimeUnit.NANOSECONDS.toMillis(timing.loadNanos() + timing.promptNanos() + timing.outputNanos()) + "}";
    }

    private static String usage(Usage usage) {
        return "{\"cacheReadInputTokens\":" + usage.cache().read() + ",\"cacheWriteInputTokens\":"
                + usage.cache().written() + ",\"inputTokens\":" + usage.uncachedInputTokens()
                + ",\"outputTokens\":" + usage.outputTokens() + ",\"totalTokens\":"
                + usage.totalTokens() + "}";
    }

    private static String stopReason(Answer answer) {
        return switch (answer.finishReason()) {
            case END, PAUSE_TURN -> "end_turn";
            case MAX_TOKENS -> "max_tokens";
            case STOP_SEQUENCE -> "stop_sequence";
            case TOOL_CALLS, NAMED_TOOL_CALL -> "tool_use";
            case REFUSAL -> "guardrail_intervened";
            case CONTENT_FILTER -> "content_filtered";
        };
    }
}
