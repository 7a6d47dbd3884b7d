package io.bookstore.api.llm;

import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way to a provider: deadline, limit, place, then attempts with a breaker around each.
 *
 * <p>The calling thread waits, never longer than the deadline of the request.
 */
@Singleton
public final class LlmGateway {

    private final LlmProviders providers;
    private final RetryPolicy retryPolicy;

    LlmGateway(LlmProviders providers, ResilienceConfig resilience) {
        this.providers = providers;
        this.retryPolicy = resilience.retryPolicy();
    }

    /**
     * Asks the provider, more than once if need be.
     *
     * @param watcher called with each piece of the answer as it arrives; once there was one, a failure is final, for
     *     what has been shown cannot be taken back; null if nobody watches
     * @throws LlmException if no answer could be had
     */
    public Generation generate(LlmRequest request, @Nullable Consumer<String> watcher) {
        LlmProviders.Provider provider = providers.named(request.provider());
        provider.guard().enter();
        try (Scope ignored =
                RequestKey.storeIn(Context.current(), request.requestKey()).makeCurrent()) {
            return attempts(provider, request, new Shown(watcher));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FailureClassifier.classify(e);
        } finally {
            provider.guard().leave();
        }
    }

    private Generation attempts(LlmProviders.Provider provider, LlmRequest request, Shown shown)
            throws InterruptedException {
        long providerNanos = 0;
        for (int attempt = 1; ; attempt++) {
            provider.guard().awaitTurn(request.deadline());
            provider.guard().admit();
            long start = System.nanoTime();
            try {
                ChatReply reply = provider.usableClient().ask(chatRequest(request), request.deadline(), shown);
                String text = reply.text();
                long nanos = System.nanoTime() - start;
                provider.guard().succeeded(nanos);
                return generation(provider, reply, text, Duration.ofNanos(providerNanos + nanos), attempt);
            } catch (Exception e) {
                long nanos = System.nanoTime() - start;
                providerNanos += nanos;
                LlmException failure = FailureClassifier.classify(e);
                provider.guard().failed(failure, nanos);
                if (shown.anything) {
                    throw failure;
                }
                waitBeforeNextAttempt(failure, attempt, request.deadline());
            }
        }
    }

    /** @throws LlmException the failure itself if there must be no further attempt */
    private void waitBeforeNextAttempt(LlmException failure, int attemptsMade, Deadline deadline)
            throws InterruptedException {
        if (!failure.failure().retryable() || !retryPolicy.allowsAnother(attemptsMade)) {
            throw failure;
        }
        Duration delay = retryPolicy.delay(attemptsMade, failure.waitBeforeRetry(), ThreadLocalRandom.current());
        if (!deadline.allows(delay)) {
            throw failure;
        }
        TimeUnit.NANOSECONDS.sleep(delay.toNanos());
    }

    private static ChatRequest chatRequest(LlmRequest request) {
        return ChatRequest.builder()
                .messages(SystemMessage.from(request.instructions()), UserMessage.from(request.input()))
                .modelName(request.model())
                .build();
    }

    private static Generation generation(
            LlmProviders.Provider provider, ChatReply reply, String text, Duration providerTime, int attempts) {
        ChatResponse response = reply.response();
        TokenUsage usage = response.tokenUsage();
        return new Generation(
                text,
                provider.config().name(),
                response.modelName() == null ? provider.config().model() : response.modelName(),
                usage == null ? null : usage.inputTokenCount(),
                usage == null ? null : usage.outputTokenCount(),
                null,
                reply.timeToFirstToken(),
                providerTime,
                response.finishReason() == null
                        ? null
                        : response.finishReason().name().toLowerCase(Locale.ROOT),
                attempts,
                provider.simulated());
    }

    /** Knows whether anybody has seen any of the answer. Written and read by different threads. */
    private static final class Shown implements Consumer<String> {

        private final @Nullable Consumer<String> watcher;
        private volatile boolean anything;

        Shown(@Nullable Consumer<String> watcher) {
            this.watcher = watcher;
        }

        @Override
        public void accept(String text) {
            if (watcher != null) {
                anything = true;
                watcher.accept(text);
            }
        }
    }
}
