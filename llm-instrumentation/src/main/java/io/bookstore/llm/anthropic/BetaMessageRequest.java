package io.bookstore.llm.anthropic;

import com.anthropic.core.JsonValue;
import com.anthropic.models.beta.messages.BetaMessage;
import com.anthropic.models.beta.messages.BetaOutputConfig;
import com.anthropic.models.beta.messages.BetaOutputTokensDetails;
import com.anthropic.models.beta.messages.BetaRawMessageStreamEvent;
import com.anthropic.models.beta.messages.BetaStopReason;
import com.anthropic.models.beta.messages.BetaUsage;
import com.anthropic.models.beta.messages.MessageCreateParams;
import com.anthropic.models.messages.Model;
import io.bookstore.llm.content.Content;
import io.bookstore.llm.internal.sdk.Answer;
import io.bookstore.llm.internal.sdk.Pieces;
import io.bookstore.llm.internal.sdk.SdkRequest;
import io.bookstore.llm.operation.InferenceRequest;
import org.jspecify.annotations.Nullable;

/** A request for a message by way of the betas. */
record BetaMessageRequest(MessageCreateParams params) implements SdkRequest<BetaMessage, BetaRawMessageStreamEvent> {

    @Override
    public String operation() {
        return "chat";
    }

    @Override
    public InferenceRequest.Builder read(String provider) {
        boolean json = params._outputFormat().asKnown().isPresent()
                || Known.of(params._outputConfig(), config -> Known.of(config._format())) != null;
        return Parameters.read(
                InferenceRequest.chat(provider, Known.of(params._model(), Model::asString))
                        .maxTokens(Known.intOf(Known.of(params._maxTokens())))
                        .stopSequences(Known.listOf(params._stopSequences()))
                        .outputType(json ? "json" : null)
                        .reasoningLevel(Known.of(
                                params._outputConfig(),
                                config -> Known.of(config._effort(), BetaOutputConfig.Effort::asString))),
                params._additionalBodyProperties());
    }

    @Override
    public Content input() {
        return MessageContent.input(JsonValue.from(params._body()));
    }

    @Override
    public Answer answer(BetaMessage whole) {
        return AnswerSoFar.answer(
                Known.of(whole._id()),
                Known.of(whole._model(), Model::asString),
                Known.of(whole._stopReason(), BetaStopReason::asString),
                tokens(whole));
    }

    @Override
    public Content output(BetaMessage whole) {
        return MessageContent.output(JsonValue.from(whole));
    }

    @Override
    public Pieces<BetaRawMessageStreamEvent> pieces(boolean withContent) {
        return new BetaMessagePieces(withContent);
    }

    static Tokens tokens(BetaMessage message) {
        BetaUsage usage = Known.of(message._usage());
        return usage == null
                ? Tokens.UNKNOWN
                : new Tokens(
                        Known.of(usage._inputTokens()),
                        Known.of(usage._outputTokens()),
                        Known.of(usage._cacheReadInputTokens()),
                        Known.of(usage._cacheCreationInputTokens()),
                        Known.of(usage._cacheCreation(), kept -> Known.of(kept._ephemeral1hInputTokens())),
                        Known.of(usage._outputTokensDetails(), BetaMessageRequest::thinking));
    }

    static @Nullable Long thinking(BetaOutputTokensDetails details) {
        return Known.of(details._thinkingTokens());
    }
}
