package io.bookstore.api.llm;

import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.bookstore.api.llm.budget.CallCosts;
import io.bookstore.api.llm.call.LlmException;
import io.bookstore.api.llm.call.LlmFailure;
import io.bookstore.api.llm.call.LlmRequest;
import io.bookstore.api.llm.provider.AnswerWatch;
import io.bookstore.api.llm.provider.ChatReply;
import io.bookstore.api.llm.provider.FailureClassifier;
import io.bookstore.llm.budget.Amount;
import io.bookstore.llm.budget.BudgetExhaustedException;
import io.bookstore.llm.budget.TokenBudget;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** An attempt at one provider: its rate-limit slot, its cost, its circuit-breaker permit, and the request. */
record ProviderAttempt(
        LlmProviders.Provider provider, LlmRequest request, CallCosts costs, TokenBudget budget, AttemptTotals totals) {

    /**
     * The result of an attempt.
     *
     * @param text the text of the reply
     * @param costUsd null if the tokens or the price of the model are unknown
     */
    record Success(ChatReply reply, String text, @Nullable BigDecimal costUsd) {}

    /** Makes the attempt; throws an {@link LlmException} for every failure. */
    Success make(AnswerWatch watch) throws InterruptedException {
        awaitSlot();
        TokenBudget.Reservation reservation = reserveWorstCase();
        int begunBefore = watch.answersBegun();
        try {
            Success success = ask(watch);
            reservation.settle(provider.simulated() ? null : amount(success.costUsd()));
            return success;
        } catch (LlmException e) {
            if (!e.failure().mayBeBilled() && watch.answersBegun() == begunBefore) {
                reservation.refund();
            }
            throw e;
        }
    }

    private void awaitSlot() throws InterruptedException {
        long start = System.nanoTime();
        try {
            provider.guard().awaitSlot(request.deadline());
        } finally {
            if (totals.attempts() == 0) {
                totals.addQueued(System.nanoTime() - start);
            }
        }
    }

    private TokenBudget.Reservation reserveWorstCase() {
        try {
            return budget.reserve(provider.simulated() ? null : amount(costs.worstCase(provider.config(), request)));
        } catch (BudgetExhaustedException e) {
            throw new LlmException(
                    LlmFailure.BUDGET_EXHAUSTED,
                    "The budget of the day is used up; the next one begins at midnight UTC",
                    e.retryAfter(),
                    null);
        }
    }

    private static @Nullable Amount amount(@Nullable BigDecimal usd) {
        return usd == null ? null : Amount.usd(usd);
    }

    private Success ask(AnswerWatch watch) {
        provider.guard().acquireCircuitPermit();
        long start = System.nanoTime();
        try {
            ChatReply reply = provider.usableClient().ask(chatRequest(), request.deadline(), watch);
            Success success = new Success(reply, reply.text(), costs.actual(provider.config(), request, reply));
            provider.guard().recordSuccess(System.nanoTime() - start);
            return success;
        } catch (Exception e) {
            LlmException failure = FailureClassifier.classify(e);
            provider.guard().recordFailure(failure, System.nanoTime() - start);
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw failure;
        } catch (Error e) {
            // It says nothing about the provider, but the permit of a half-open breaker must come back.
            provider.guard().releaseCircuitPermit();
            throw e;
        } finally {
            totals.add(System.nanoTime() - start);
        }
    }

    private ChatRequest chatRequest() {
        return ChatRequest.builder()
                .messages(SystemMessage.from(request.instructions()), UserMessage.from(request.input()))
                .modelName(request.model())
                .temperature(request.parameters().temperature())
                .maxOutputTokens(request.parameters().maxOutputTokens())
                .build();
    }
}
