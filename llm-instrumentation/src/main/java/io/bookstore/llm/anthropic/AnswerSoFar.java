package io.bookstore.llm.anthropic;

import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.internal.sdk.Answer;
import io.bookstore.llm.operation.InferenceResponse;
import io.opentelemetry.api.common.Attributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message as far as its stream has told it. */
final class AnswerSoFar {

    private @Nullable String id;
    private @Nullable String model;
    private @Nullable String stopReason;
    private Tokens tokens = Tokens.UNKNOWN;
    private boolean stopped;

    void start(@Nullable String withId, @Nullable String withModel, Tokens counted) {
        id = withId;
        model = withModel;
        tokens = counted.ofStart();
    }

    void change(@Nullable String reason, Tokens counted) {
        stopReason = reason == null ? stopReason : reason;
        tokens = tokens.then(counted);
    }

    void stop() {
        stopped = true;
    }

    boolean stopped() {
        return stopped;
    }

    /** Returns true once it is told why the answer stopped: nothing of it follows. */
    boolean whole() {
        return stopped || stopReason != null;
    }

    TokenUsage usage() {
        return tokens.usage();
    }

    Answer answer() {
        return answer(id, model, stopReason, tokens);
    }

    static Answer answer(@Nullable String id, @Nullable String model, @Nullable String stopReason, Tokens tokens) {
        List<String> reasons = stopReason == null ? List.of() : List.of(finishReason(stopReason));
        return new Answer(new InferenceResponse(id, model, reasons, tokens.usage(), null, Attributes.empty()));
    }

    /** The conventions' name of a reason. */
    static String finishReason(String stopReason) {
        return switch (stopReason) {
            case "end_turn", "stop_sequence" -> "stop";
            case "max_tokens", "model_context_window_exceeded" -> "length";
            case "tool_use" -> "tool_call";
            case "refusal" -> "content_filter";
            default -> stopReason;
        };
    }
}
