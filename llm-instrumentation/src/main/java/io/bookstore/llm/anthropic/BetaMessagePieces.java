package io.bookstore.llm.anthropic;

import com.anthropic.core.JsonValue;
import com.anthropic.helpers.BetaMessageAccumulator;
import com.anthropic.models.beta.messages.BetaMessage;
import com.anthropic.models.beta.messages.BetaMessageDeltaUsage;
import com.anthropic.models.beta.messages.BetaRawContentBlockDelta;
import com.anthropic.models.beta.messages.BetaRawContentBlockDeltaEvent;
import com.anthropic.models.beta.messages.BetaRawContentBlockStartEvent;
import com.anthropic.models.beta.messages.BetaRawMessageDeltaEvent;
import com.anthropic.models.beta.messages.BetaRawMessageStopEvent;
import com.anthropic.models.beta.messages.BetaRawMessageStreamEvent;
import com.anthropic.models.beta.messages.BetaStopReason;
import com.anthropic.models.messages.Model;
import io.bookstore.llm.content.Content;
import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.internal.sdk.Accumulation;
import io.bookstore.llm.internal.sdk.Answer;
import io.bookstore.llm.internal.sdk.Pieces;
import org.jspecify.annotations.Nullable;

/** The events of a message that is streamed by way of the betas. */
final class BetaMessagePieces implements Pieces<BetaRawMessageStreamEvent> {

    private final AnswerSoFar soFar = new AnswerSoFar();
    private final @Nullable Accumulation<BetaMessageAccumulator, BetaRawMessageStreamEvent> accumulation;

    BetaMessagePieces(boolean withContent) {
        this.accumulation = withContent
                ? new Accumulation<>(
                        BetaMessageAccumulator.create(),
                        BetaMessageAccumulator::accumulate,
                        whole -> MessageContent.output(JsonValue.from(whole.message())))
                : null;
    }

    @Override
    public boolean add(BetaRawMessageStreamEvent event) {
        event.messageStart().ifPresent(start -> start._message().asKnown().ifPresent(this::start));
        event.messageDelta().ifPresent(this::change);
        event.messageStop().ifPresent(stop -> soFar.stop());
        if (accumulation != null) {
            accumulation.add(event);
        }
        return event.contentBlockDelta().map(BetaMessagePieces::isOutput).orElse(false)
                || event.contentBlockStart().map(BetaMessagePieces::isTool).orElse(false);
    }

    private void start(BetaMessage begun) {
        soFar.start(Known.of(begun._id()), Known.of(begun._model(), Model::asString), BetaMessageRequest.tokens(begun));
    }

    private void change(BetaRawMessageDeltaEvent event) {
        BetaMessageDeltaUsage usage = Known.of(event._usage());
        soFar.change(
                Known.of(event._delta(), delta -> Known.of(delta._stopReason(), BetaStopReason::asString)),
                usage == null
                        ? Tokens.UNKNOWN
                        : new Tokens(
                                Known.of(usage._inputTokens()),
                                Known.of(usage._outputTokens()),
                                Known.of(usage._cacheReadInputTokens()),
                                Known.of(usage._cacheCreationInputTokens()),
                                null,
                                Known.of(usage._outputTokensDetails(), BetaMessageRequest::thinking)));
    }

    private static boolean isOutput(BetaRawContentBlockDeltaEvent event) {
        BetaRawContentBlockDelta delta = Known.of(event._delta());
        return delta != null && (delta.isText() || delta.isThinking() || delta.isInputJson());
    }

    /** A tool without arguments has no other event. */
    private static boolean isTool(BetaRawContentBlockStartEvent event) {
        BetaRawContentBlockStartEvent.ContentBlock block = Known.of(event._contentBlock());
        return block != null && (block.isToolUse() || block.isServerToolUse() || block.isMcpToolUse());
    }

    @Override
    public boolean whole() {
        return soFar.whole();
    }

    @Override
    public TokenUsage usage() {
        return soFar.usage();
    }

    @Override
    public Answer answer() {
        return soFar.answer();
    }

    @Override
    public Content content() {
        if (accumulation == null) {
            return Content.NONE;
        }
        if (!soFar.stopped()) {
            // The host has closed the stream, or its server ends it, before the event that has nothing of the answer.
            accumulation.add(BetaRawMessageStreamEvent.ofMessageStop(
                    BetaRawMessageStopEvent.builder().build()));
        }
        return accumulation.content();
    }
}
