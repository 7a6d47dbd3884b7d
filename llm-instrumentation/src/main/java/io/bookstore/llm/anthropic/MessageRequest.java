package io.bookstore.llm.anthropic;

import com.anthropic.core.JsonValue;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.Model;
import com.anthropic.models.messages.OutputConfig;
import com.anthropic.models.messages.OutputTokensDetails;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Usage;
import io.bookstore.llm.content.Content;
import io.bookstore.llm.internal.sdk.Answer;
import io.bookstore.llm.internal.sdk.Pieces;
import io.bookstore.llm.internal.sdk.SdkRequest;
import io.bookstore.llm.operation.InferenceRequest;
import org.jspecify.annotations.Nullable;

/** A request for a message. */
record MessageRequest(MessageCreateParams params) implements SdkRequest<Message, RawMessageStreamEvent> {

    @Override
    public String operation() {
        return "chat";
    }

    @Override
    public InferenceRequest.Builder read(String provider) {
        boolean json = Known.of(params._outputConfig(), config -> Known.of(config._format())) != null;
        return Parameters.read(
                InferenceRequest.chat(provider, Known.of(params._model(), Model::asString))
                        .maxTokens(Known.intOf(Known.of(params._maxTokens())))
                        .stopSequences(Known.listOf(params._stopSequences()))
                        .outputType(json ? "json" : null)
                        .reasoningLevel(Known.of(
                                params._outputConfig(),
                                config -> Known.of(config._effort(), OutputConfig.Effort::asString))),
                params._additionalBodyProperties());
    }

    @Override
    public Content input() {
        return MessageContent.input(JsonValue.from(params._body()));
    }

    @Override
    public Answer answer(Message whole) {
        return AnswerSoFar.answer(
                Known.of(whole._id()),
                Known.of(whole._model(), Model::asString),
                Known.of(whole._stopReason(), StopReason::asString),
                tokens(whole));
    }

    @Override
    public Content output(Message whole) {
        return MessageContent.output(JsonValue.from(whole));
    }

    @Override
    public Pieces<RawMessageStreamEvent> pieces(boolean withContent) {
        return new MessagePieces(withContent);
    }

    static Tokens tokens(Message message) {
        Usage usage = Known.of(message._usage());
        return usage == null
                ? Tokens.UNKNOWN
                : new Tokens(
                        Known.of(usage._inputTokens()),
                        Known.of(usage._outputTokens()),
                        Known.of(usage._cacheReadInputTokens()),
                        Known.of(usage._cacheCreationInputTokens()),
                        Known.of(usage._cacheCreation(), kept -> Known.of(kept._ephemeral1hInputTokens())),
                        Known.of(usage._outputTokensDetails(), MessageRequest::thinking));
    }

    static @Nullable Long thinking(OutputTokensDetails details) {
        return Known.of(details._thinkingTokens());
    }
}
