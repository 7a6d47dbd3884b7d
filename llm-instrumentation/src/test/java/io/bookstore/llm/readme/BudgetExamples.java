package io.bookstore.llm.readme;

import io.bookstore.llm.budget.Amount;
import io.bookstore.llm.budget.BudgetExhaustedException;
import io.bookstore.llm.budget.BudgetStore;
import io.bookstore.llm.budget.TokenBudget;
import io.bookstore.llm.cost.Cost;
import io.bookstore.llm.cost.PriceList;
import io.bookstore.llm.cost.TokenUsage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** The examples of the page on budgets, compiled. */
final class BudgetExamples {

    private final PriceList prices = PriceList.bundled();

    Answer guarded(Client client, String prompt) {
        TokenBudget budget = TokenBudget.perDay(Amount.usd(new BigDecimal("10")));

        TokenBudget.Reservation reservation = budget.reserve(usd(TokenUsage.of(2_000L, 500L))); // at most so many
        try {
            Answer answer = client.ask(prompt);
            reservation.settle(usd(answer.usage()));
            return answer;
        } catch (Client.RefusedException e) {
            reservation.refund(); // the provider did nothing that it could bill
            throw e;
        }
    }

    @Nullable
    Amount usd(TokenUsage usage) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        Cost cost = prices.cost("openai", null, "gpt-4o-mini", usage, today);
        return cost == null ? null : Amount.usd(cost.usd());
    }

    Duration refused(TokenBudget budget, Amount worstCase) {
        try {
            budget.reserve(worstCase);
        } catch (BudgetExhaustedException e) {
            return e.retryAfter(); // until midnight UTC
        }
        return Duration.ZERO;
    }

    TokenBudget perTenant(String tenant) {
        TokenBudget hourly = TokenBudget.builder(Amount.tokens(200_000))
                .period(Duration.ofHours(1))
                .maxKeys(1_000)
                .build();
        hourly.reserve(tenant, Amount.tokens(2_500)).settle(Amount.tokens(1_730));
        return hourly;
    }

    TokenBudget shared(BudgetStore store) {
        TokenBudget budget = TokenBudget.builder(Amount.usd(new BigDecimal("10")))
                .store("chat-usd", store)
                .build();
        return budget;
    }

    /** Stands for whatever a service calls models with. */
    interface Client {

        Answer ask(String prompt);

        /** A refusal of the provider. */
        final class RefusedException extends RuntimeException {

            private static final long serialVersionUID = 1L;
        }
    }

    record Answer(String text, TokenUsage usage) {}
}
