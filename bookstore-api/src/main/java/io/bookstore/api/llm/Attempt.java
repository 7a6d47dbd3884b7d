package io.bookstore.api.llm;

import dev.langchain4j.model.chat.request.ChatRequest;

/** One attempt at one provider: its turn, the breaker's leave, the request, and the breaker's lesson from it. */
record Attempt(LlmProviders.Provider provider, Deadline deadline) {

    /**
     * What came of it.
     *
     * @param text what the reply says
     * @param nanos how long the provider took
     */
    record Success(ChatReply reply, String text, long nanos) {}

    /** Throws an {@link LlmException} for whatever goes wrong. */
    Success make(ChatRequest request, AnswerWatch watch) throws InterruptedException {
        provider.guard().awaitTurn(deadline);
        provider.guard().admit();
        long start = System.nanoTime();
        try {
            ChatReply reply = provider.usableClient().ask(request, deadline, watch);
            Success success = new Success(reply, reply.text(), System.nanoTime() - start);
            provider.guard().succeeded(success.nanos());
            return success;
        } catch (Exception e) {
            LlmException failure = FailureClassifier.classify(e);
            provider.guard().failed(failure, System.nanoTime() - start);
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw failure;
        }
    }
}
