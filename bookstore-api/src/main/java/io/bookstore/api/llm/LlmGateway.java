package io.bookstore.api.llm;

import io.bookstore.api.llm.budget.CallCosts;
import io.bookstore.api.llm.call.LlmAnswer;
import io.bookstore.api.llm.call.LlmConfig;
import io.bookstore.api.llm.call.LlmException;
import io.bookstore.api.llm.call.LlmRequest;
import io.bookstore.api.llm.call.RequestKey;
import io.bookstore.api.llm.provider.AnswerWatch;
import io.bookstore.api.llm.provider.FailureClassifier;
import io.bookstore.api.llm.provider.ProviderConfig;
import io.bookstore.api.llm.provider.StreamObserver;
import io.bookstore.api.llm.resilience.ResilienceConfig;
import io.bookstore.api.llm.resilience.RetryPolicy;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.Inference;
import io.bookstore.llm.budget.TokenBudget;
import io.bookstore.llm.content.Content;
import io.bookstore.llm.content.Message;
import io.bookstore.llm.content.Part;
import io.bookstore.llm.operation.CallContext;
import io.bookstore.llm.operation.InferenceRequest;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way to a provider: a permit, then one instrumented call of one or more attempts, with rate limit and circuit
 * breaker before each.
 *
 * <p>The calling thread waits, never longer than the deadline of the request. The span is the call as this service sees
 * it; attempts that failed are events of it.
 */
@Singleton
public final class LlmGateway {

    private static final String PROMPT = "summary";

    // On the span of the HTTP request: a load test tells the wait for the provider apart from the service's own work.
    private static final AttributeKey<Double> QUEUE_MS = AttributeKey.doubleKey("llm.queue_ms");

    private final LlmProviders providers;
    private final GenAiTelemetry telemetry;
    private final Fallbacks fallbacks;
    private final CallCosts costs;
    private final TokenBudget budget;
    private final LlmConfig config;
    private final AnswerJudge judge;
    private final RetryPolicy retryPolicy;

    LlmGateway(
            LlmProviders providers,
            GenAiTelemetry telemetry,
            Fallbacks fallbacks,
            CallCosts costs,
            TokenBudget budget,
            LlmConfig config,
            AnswerJudge judge,
            ResilienceConfig resilience) {
        this.providers = providers;
        this.telemetry = telemetry;
        this.fallbacks = fallbacks;
        this.costs = costs;
        this.budget = budget;
        this.config = config;
        this.judge = judge;
        this.retryPolicy = resilience.retryPolicy();
    }

    /**
     * Asks the provider, more than once if need be, and after it those that may stand in for it.
     *
     * @param watcher called with each piece of the answer as it arrives; once there was one, a failure is final, for
     *     what has been shown cannot be taken back; null if nobody watches
     * @throws LlmException if no answer could be had: why the first provider gave none
     */
    public LlmAnswer generate(LlmRequest request, @Nullable Consumer<String> watcher) {
        AttemptTotals totals = new AttemptTotals();
        try {
            return generate(request, new StreamObserver(watcher), totals);
        } finally {
            Span.current().setAttribute(QUEUE_MS, totals.queuedMs());
        }
    }

    private LlmAnswer generate(LlmRequest request, StreamObserver observer, AttemptTotals totals) {
        LlmException first = null;
        for (LlmRequest candidate : fallbacks.chain(request)) {
            try {
                return call(candidate, observer, totals);
            } catch (LlmException e) {
                first = first == null ? e : first;
                if (!e.failure().anotherProviderMayHelp() || observer.hasText()) {
                    throw first;
                }
                fallbacks.countFallback(candidate, e);
            }
        }
        throw first == null ? new IllegalStateException("A chain of providers is never empty") : first;
    }

    private LlmAnswer call(LlmRequest request, StreamObserver observer, AttemptTotals totals) {
        LlmProviders.Provider provider = providers.named(request.provider());
        acquirePermit(provider, request, totals);
        try {
            return telemetry.stream(inferenceRequest(provider.config(), request), call -> {
                call.content(() -> new Content(
                        List.of(new Part.Text(request.instructions())),
                        List.of(Message.user(request.input())),
                        List.of()));
                try (Scope ignored =
                        RequestKey.storeIn(call.context(), request.requestKey()).makeCurrent()) {
                    return attemptUntilAnswered(provider, request, call, new AnswerWatch(call, observer), totals);
                }
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FailureClassifier.classify(e);
        } finally {
            provider.guard().releasePermit();
        }
    }

    private static void acquirePermit(LlmProviders.Provider provider, LlmRequest request, AttemptTotals totals) {
        long start = System.nanoTime();
        try {
            provider.guard().acquirePermit(request.deadline());
        } finally {
            totals.addQueued(System.nanoTime() - start);
        }
    }

    private LlmAnswer attemptUntilAnswered(
            LlmProviders.Provider provider, LlmRequest request, Inference call, AnswerWatch watch, AttemptTotals totals)
            throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                ProviderAttempt.Success success =
                        new ProviderAttempt(provider, request, costs, budget, totals).make(watch);
                call.attemptSucceeded();
                LlmAnswer answer = AnswerReader.complete(call, provider, request, success, totals);
                judge.judge(request, answer).forEach(call::evaluated);
                return answer;
            } catch (LlmException e) {
                if (e.failure().providerWasAsked()) {
                    call.attemptFailed(e.failure().errorType(), FailureClassifier.statusOf(e), e.waitBeforeRetry());
                }
                if (!mayTryAgain(provider, e, attempt, watch)) {
                    throw endAsFailed(call, e);
                }
                Duration delay = retryPolicy.delay(attempt, e.waitBeforeRetry(), ThreadLocalRandom.current());
                if (!request.deadline().allows(delay)) {
                    throw endAsFailed(call, e);
                }
                TimeUnit.NANOSECONDS.sleep(delay.toNanos());
            }
        }
    }

    private boolean mayTryAgain(
            LlmProviders.Provider provider, LlmException failure, int attemptsMade, AnswerWatch watch) {
        return failure.failure().retryable()
                && retryPolicy.allowsAnother(attemptsMade)
                // What had begun to come is paid for: once more, and no third time.
                && (attemptsMade == 1 || watch.answersBegun() == 0)
                && !watch.clientHasText()
                && provider.guard().mayRetry();
    }

    private static LlmException endAsFailed(Inference call, LlmException failure) {
        call.fail(failure.withoutCause(), failure.failure().errorType());
        return failure;
    }

    private InferenceRequest inferenceRequest(ProviderConfig provider, LlmRequest request) {
        return InferenceRequest.chat(provider.semanticName(), request.model())
                .streaming(config.stream())
                .maxTokens(request.parameters().maxOutputTokens())
                .temperature(request.parameters().temperature())
                .server(URI.create(provider.baseUrl()))
                .context(CallContext.NONE
                        .withPrompt(PROMPT, request.promptVersion())
                        .withVariant(request.variant()))
                .build();
    }
}
