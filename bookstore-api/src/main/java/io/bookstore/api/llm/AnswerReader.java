package io.bookstore.api.llm;

import dev.langchain4j.model.chat.response.ChatResponse;
import io.bookstore.api.llm.call.AnsweredBy;
import io.bookstore.api.llm.call.LlmAnswer;
import io.bookstore.api.llm.call.LlmRequest;
import io.bookstore.api.llm.provider.ChatReply;
import io.bookstore.llm.Inference;
import io.bookstore.llm.content.Content;
import io.bookstore.llm.content.Message;
import io.bookstore.llm.content.Part;
import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.operation.InferenceResponse;
import java.util.List;

/** Tells telemetry and caller what a reply says. */
final class AnswerReader {

    private AnswerReader() {}

    /** Ends the call and returns what it gave. */
    static LlmAnswer complete(
            Inference call,
            LlmProviders.Provider provider,
            LlmRequest request,
            ProviderAttempt.Success success,
            AttemptTotals totals) {
        ChatReply reply = success.reply();
        ChatResponse response = reply.response();
        TokenUsage usage = reply.usage();
        String finishReason = reply.finishReason();
        call.content(() -> Content.ofOutput(new Message(
                "assistant",
                List.of(new Part.Text(success.text())),
                // The schema of answers requires one.
                finishReason == null ? "unknown" : finishReason)));
        call.complete(new InferenceResponse(
                response.id(), response.modelName(), finishReason == null ? List.of() : List.of(finishReason), usage));
        String model = response.modelName() == null ? request.model() : response.modelName();
        String semanticProvider = provider.config().semanticName();
        return new LlmAnswer(
                success.text(),
                new AnsweredBy(
                        provider.config().name(), semanticProvider, request.model(), model, provider.simulated()),
                usage.input(),
                usage.output(),
                success.costUsd(),
                reply.timeToFirstToken(),
                totals.providerTime(),
                finishReason,
                totals.attempts());
    }
}
