package io.bookstore.simulator.bedrock;

import io.bookstore.simulator.wire.Answer;
import io.bookstore.simulator.wire.Answer.Timing;
import io.bookstore.simulator.wire.Answer.Usage;
import io.bookstore.simulator.wire.AnswerFormat;
import io.bookstore.simulator.wire.Json;
import io.bookstore.simulator.wire.Refusal;
import io.bookstore.simulator.wire.TextFrames;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** A message as one document, or as the events of a ConverseStreamOutput. Text has no contentBlockStart: only tools do. */
enum BedrockAnswer implements AnswerFormat {
    DOCUMENT("application/json", StandardCharsets.UTF_8),
    STREAM("application/vnd.amazon.eventstream", StandardCharsets.ISO_8859_1);

    private final String contentType;
    private final Charset charset;

    BedrockAnswer(String contentType, Charset charset) {
        this.contentType = contentType;
        this.charset = charset;
    }

    @Override
    public String contentType() {
        return contentType;
    }

    @Override
    public Charset charset() {
        return charset;
    }

    @Override
    public String whole(Answer answer) {
        return "{\"metrics\":" + metrics(answer.timing()) + ",\"output\":{\"message\":{\"content\":[{\"text\":"
                + Json.quote(answer.text()) + "}],\"role\":\"assistant\"}},\"stopReason\":\"" + stopReason(answer)
                + "\",\"usage\":" + usage(answer.usage()) + "}";
    }

    @Override
    public String opening(Answer answer) {
        return EventStream.event("messageStart", "{\"role\":\"assistant\"}");
    }

    @Override
    public TextFrames frames(Answer answer) {
        return (chunksBefore, text) -> EventStream.event(
                "contentBlockDelta", "{\"contentBlockIndex\":0,\"delta\":{\"text\":" + Json.quote(text) + "}}");
    }

    @Override
    public String closing(Answer answer, int chunks) {
        return EventStream.event("contentBlockStop", "{\"contentBlockIndex\":0}")
                + EventStream.event("messageStop", "{\"stopReason\":\"" + stopReason(answer) + "\"}")
                + EventStream.event(
                        "metadata",
                        "{\"metrics\":" + metrics(answer.timing()) + ",\"usage\":" + usage(answer.usage()) + "}");
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
            case END -> "end_turn";
            case MAX_TOKENS -> "max_tokens";
            case STOP_SEQUENCE -> "stop_sequence";
            case TOOL_CALLS -> "tool_use";
        };
    }
}
