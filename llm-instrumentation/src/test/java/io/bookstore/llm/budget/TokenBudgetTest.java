package io.bookstore.llm.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class TokenBudgetTest {

    private Instant now = Instant.parse("2026-03-01T23:00:00Z");
    private final TokenBudget budget =
            TokenBudget.builder(usd("1.00")).clock(new TestClock()).build();

    @Test
    void worstCaseIsSetAsideAndTheRestComesBack() {
        TokenBudget.Reservation reservation = budget.reserve(usd("0.40"));
        assertThat(budget.remaining()).isEqualTo(usd("0.6"));

        reservation.settle(usd("0.15"));

        assertThat(budget.remaining()).isEqualTo(usd("0.85"));
    }

    @Test
    void refundGivesAllBack() {
        budget.reserve(usd("0.40")).refund();

        assertThat(budget.remaining()).isEqualTo(usd("1"));
    }

    @Test
    void reservationEndsOnce() {
        TokenBudget.Reservation reservation = budget.reserve(usd("0.40"));

        reservation.settle(usd("0.30"));
        reservation.refund();
        reservation.settle(usd("0.10"));

        assertThat(budget.remaining()).isEqualTo(usd("0.7"));
    }

    @Test
    void unknownCostLeavesTheWorstCaseSpent() {
        budget.reserve(usd("0.40")).settle(null);

        assertThat(budget.remaining()).isEqualTo(usd("0.6"));
    }

    @Test
    void costThatOnlyTheAnswerTellsIsCountedWithoutAReservation() {
        budget.reserve(null).settle(usd("0.40"));

        assertThat(budget.remaining()).isEqualTo(usd("0.6"));
    }

    @Test
    void costThatNobodyKnowsIsNotCounted() {
        budget.reserve(null).settle(null);

        assertThat(budget.remaining()).isEqualTo(usd("1"));
    }

    @Test
    void costBeyondTheWorstCaseIsCountedAndTheRestIsNeverNegative() {
        budget.reserve(usd("0.40")).settle(usd("1.20"));

        assertThat(budget.remaining()).isEqualTo(usd("0"));
        assertThatThrownBy(() -> budget.reserve(usd("0.01"))).isInstanceOf(BudgetExhaustedException.class);
    }

    @Test
    void clockThatIsSetBackPastMidnightBringsNoSecondBudget() {
        now = Instant.parse("2026-03-02T00:10:00Z");
        TokenBudget.Reservation reservation = budget.reserve(usd("0.40"));

        now = Instant.parse("2026-03-01T23:50:00Z");

        assertThat(budget.remaining()).isEqualTo(usd("0.6"));
        reservation.settle(usd("0.30"));
        now = Instant.parse("2026-03-02T00:20:00Z");
        assertThat(budget.remaining()).isEqualTo(usd("0.7"));
    }

    @Test
    void lastCentMayBeSpentAndNoMore() {
        budget.reserve(usd("1.00"));

        assertThatThrownBy(() -> budget.reserve(usd("0.01")))
                .hasMessage("The budget of 1 USD does not allow a call of up to 0.01 USD;"
                        + " the next one begins at 2026-03-02T00:00:00Z")
                .isInstanceOfSatisfying(
                        BudgetExhaustedException.class,
                        refusal -> assertThat(refusal.retryAfter()).isEqualTo(Duration.ofHours(1)));
    }

    @Test
    void callThatCostsNothingIsAllowedOnceAllIsSpent() {
        budget.reserve(usd("1.00"));

        budget.reserve(usd("0")).settle(usd("0"));

        assertThat(budget.remaining()).isEqualTo(usd("0"));
    }

    @Test
    void midnightBeginsANewBudgetThatOldReservationsDoNotTouch() {
        TokenBudget.Reservation yesterday = budget.reserve(usd("0.90"));

        now = Instant.parse("2026-03-02T00:00:00Z");
        yesterday.settle(usd("0.10"));

        assertThat(budget.remaining()).isEqualTo(usd("1"));
    }

    @Test
    void hourBeginsAtTheFullHour() {
        now = Instant.parse("2026-03-01T23:40:00Z");
        TokenBudget hourly = TokenBudget.builder(Amount.tokens(1_000))
                .period(Duration.ofHours(1))
                .clock(new TestClock())
                .build();
        hourly.reserve(Amount.tokens(900));
        assertThatThrownBy(() -> hourly.reserve(Amount.tokens(101)))
                .isInstanceOfSatisfying(
                        BudgetExhaustedException.class,
                        refusal -> assertThat(refusal.retryAfter()).isEqualTo(Duration.ofMinutes(20)));

        now = Instant.parse("2026-03-02T00:00:00Z");

        assertThat(hourly.remaining()).isEqualTo(Amount.tokens(1_000));
    }

    @Test
    void tenthOfACentThatNoDoubleHoldsAddsUpExactly() {
        for (int i = 0; i < 1_000; i++) {
            budget.reserve(usd("0.001")).settle(usd("0.0001"));
        }

        assertThat(budget.remaining()).isEqualTo(usd("0.9"));
    }

    @Test
    void eachKeyHasABudgetOfItsOwn() {
        budget.reserve("shop", usd("0.90"));

        assertThat(budget.remaining("shop")).isEqualTo(usd("0.1"));
        assertThat(budget.remaining("office")).isEqualTo(usd("1"));
        assertThat(budget.remaining()).isEqualTo(usd("1"));
    }

    @Test
    void keysBeyondTheLargestNumberShareOneBudgetUntilTheNextPeriod() {
        TokenBudget bounded = TokenBudget.builder(usd("1.00"))
                .maxKeys(2)
                .clock(new TestClock())
                .build();
        bounded.reserve("shop", usd("0.10"));
        bounded.reserve("office", usd("0.20"));

        bounded.reserve("third", usd("0.70"));

        assertThatThrownBy(() -> bounded.reserve("fourth", usd("0.40"))).isInstanceOf(BudgetExhaustedException.class);
        assertThat(bounded.remaining("fourth")).isEqualTo(usd("0.3"));
        assertThat(bounded.remaining("shop")).isEqualTo(usd("0.9"));
        assertThat(bounded.remaining()).as("without a key").isEqualTo(usd("1"));
        now = Instant.parse("2026-03-02T00:00:00Z");
        assertThat(bounded.remaining("fourth")).isEqualTo(usd("1"));
    }

    private static Amount usd(String usd) {
        return Amount.usd(new BigDecimal(usd));
    }

    private final class TestClock extends Clock {

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
