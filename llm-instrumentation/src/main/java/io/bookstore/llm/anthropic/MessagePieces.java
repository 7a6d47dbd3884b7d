package io.bookstore.llm.anthropic;

import com.anthropic.core.JsonValue;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageDeltaUsage;
import com.anthropic.models.messages.Model;
import com.anthropic.models.messages.RawContentBlockDelta;
import com.anthropic.models.messages.RawContentBlockDeltaEvent;
import com.anthropic.models.messages.RawContentBlockStartEvent;
import com.anthropic.models.messages.RawMessageDeltaEvent;
import com.anthropic.models.messages.RawMessageStopEvent;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import io.bookstore.llm.content.Content;
import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.internal.sdk.Accumulation;
import io.bookstore.llm.internal.sdk.Answer;
import io.bookstore.llm.internal.sdk.Pieces;
import org.jspecify.annotations.Nullable;

/** The events of a streamed message: the first tells its input, the last but one its output and why it stopped. */
final class MessagePieces implements Pieces<RawMessageStreamEvent> {

    private final AnswerSoFar soFar = new AnswerSoFar();
    private final @Nullable Accumulation<MessageAccumulator, RawMessageStreamEvent> accumulation;

    MessagePieces(boolean withContent) {
        this.accumulation = withContent
                ? new Accumulation<>(
                        MessageAccumulator.create(),
                        MessageAccumulator::accumulate,
                        whole -> MessageContent.output(JsonValue.from(whole.message())))
                : null;
    }

    @Override
    public boolean add(RawMessageStreamEvent event) {
        event.messageStart().ifPresent(start -> start._message().asKnown().ifPresent(this::start));
        event.messageDelta().ifPresent(this::change);
        event.messageStop().ifPresent(stop -> soFar.stop());
        if (accumulation != null) {
            accumulation.add(event);
        }
        return event.contentBlockDelta().map(MessagePieces::isOutput).orElse(false)
                || event.contentBlockStart().map(MessagePieces::isTool).orElse(false);
    }

    private void start(Message begun) {
        soFar.start(Known.of(begun._id()), Known.of(begun._model(), Model::asString), MessageRequest.tokens(begun));
    }

    private void change(RawMessageDeltaEvent event) {
        MessageDeltaUsage usage = Known.of(event._usage());
        soFar.change(
                Known.of(event._delta(), delta -> Known.of(delta._stopReason(), StopReason::asString)),
                usage == null
                        ? Tokens.UNKNOWN
                        : new Tokens(
                                Known.of(usage._inputTokens()),
                                Known.of(usage._outputTokens()),
                                Known.of(usage._cacheReadInputTokens()),
                                Known.of(usage._cacheCreationInputTokens()),
                                null,
                                Known.of(usage._outputTokensDetails(), MessageRequest::thinking)));
    }

    private static boolean isOutput(RawContentBlockDeltaEvent event) {
        RawContentBlockDelta delta = Known.of(event._delta());
        return delta != null && (delta.isText() || delta.isThinking() || delta.isInputJson());
    }

    /** A tool without arguments has no other event. */
    private static boolean isTool(RawContentBlockStartEvent event) {
        RawContentBlockStartEvent.ContentBlock block = Known.of(event._contentBlock());
        return block != null && (block.isToolUse() || block.isServerToolUse());
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
            accumulation.add(RawMessageStreamEvent.ofMessageStop(
                    RawMessageStopEvent.builder().build()));
        }
        return accumulation.content();
    }
}
