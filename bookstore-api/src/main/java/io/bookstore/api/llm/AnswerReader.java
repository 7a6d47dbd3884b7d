package io.bookstore.api.llm;

import dev.langchain4j.model.chat.response.ChatResponse;
import io.bookstore.llm.Inference;
import io.bookstore.llm.InferenceResponse;
import io.bookstore.llm.TokenUsage;
import io.bookstore.llm.cost.Cost;
import io.bookstore.llm.cost.PriceList;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** Tells telemetry and caller what a reply says, and what it cost. */
@Singleton
final class AnswerReader {

    private final PriceList prices;

    AnswerReader(PriceList prices) {
        this.prices = prices;
    }

    /** Ends the call and returns what it gave. */
    Generation complete(
            Inference call,
            LlmProviders.Provider provider,
            LlmRequest request,
            Attempt.Success success,
            Duration providerTime,
            int attempts) {
        ChatReply reply = success.reply();
        ChatResponse response = reply.response();
        TokenUsage usage = reply.usage();
        String finishReason = reply.finishReason();
        call.complete(new InferenceResponse(
                response.id(), response.modelName(), finishReason == null ? List.of() : List.of(finishReason), usage));
        String model = response.modelName() == null ? request.model() : response.modelName();
        String semanticProvider = provider.config().semanticName();
        Cost cost = prices.cost(semanticProvider, model, request.model(), usage);
        return new Generation(
                success.text(),
                new Answerer(provider.config().name(), semanticProvider, request.model(), model, provider.simulated()),
                usage.input(),
                usage.output(),
                cost == null ? null : cost.usd(),
                reply.timeToFirstToken(),
                providerTime,
                finishReason,
                attempts);
    }
}
