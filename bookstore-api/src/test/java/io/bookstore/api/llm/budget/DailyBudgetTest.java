package io.bookstore.api.llm.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bookstore.api.llm.call.LlmException;
import io.bookstore.api.llm.call.LlmFailure;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class DailyBudgetTest {

    private Instant now = Instant.parse("2026-03-01T23:00:00Z");
    private final DailyBudget budget =
            new DailyBudget(new BigDecimal("1.00"), new TestClock(), new SimpleMeterRegistry());

    @Test
    void worstCaseIsSetAsideAndTheRestComesBack() {
        DailyBudget.Reservation reservation = budget.reserve(new BigDecimal("0.40"));
        assertThat(budget.remaining()).isEqualByComparingTo("0.60");

        reservation.settle(new BigDecimal("0.15"));

        assertThat(budget.remaining()).isEqualByComparingTo("0.85");
    }

    @Test
    void refundGivesAllBack() {
        budget.reserve(new BigDecimal("0.40")).refund();

        assertThat(budget.remaining()).isEqualByComparingTo("1");
    }

    @Test
    void unknownCostLeavesTheWorstCaseSpent() {
        budget.reserve(new BigDecimal("0.40")).settle(null);

        assertThat(budget.remaining()).isEqualByComparingTo("0.60");
    }

    @Test
    void costThatOnlyTheAnswerTellsIsCountedWithoutAReservation() {
        budget.reserve(null).settle(new BigDecimal("0.40"));

        assertThat(budget.remaining()).isEqualByComparingTo("0.60");
    }

    @Test
    void costThatNobodyKnowsIsNotCounted() {
        budget.reserve(null).settle(null);

        assertThat(budget.remaining()).isEqualByComparingTo("1");
    }

    @Test
    void clockThatIsSetBackPastMidnightBringsNoSecondBudget() {
        now = Instant.parse("2026-03-02T00:10:00Z");
        DailyBudget.Reservation reservation = budget.reserve(new BigDecimal("0.40"));

        now = Instant.parse("2026-03-01T23:50:00Z");

        assertThat(budget.remaining()).isEqualByComparingTo("0.60");
        reservation.settle(new BigDecimal("0.30"));
        now = Instant.parse("2026-03-02T00:20:00Z");
        assertThat(budget.remaining()).isEqualByComparingTo("0.70");
    }

    @Test
    void lastCentMayBeSpentAndNoMore() {
        budget.reserve(new BigDecimal("1.00"));

        assertThatThrownBy(() -> budget.reserve(new BigDecimal("0.01")))
                .isInstanceOfSatisfying(LlmException.class, failure -> {
                    assertThat(failure.failure()).isEqualTo(LlmFailure.BUDGET_EXHAUSTED);
                    assertThat(failure.waitBeforeRetry()).isEqualTo(Duration.ofHours(1));
                });
    }

    @Test
    void midnightBeginsANewBudgetThatOldReservationsDoNotTouch() {
        DailyBudget.Reservation yesterday = budget.reserve(new BigDecimal("0.90"));

        now = Instant.parse("2026-03-02T00:00:00Z");
        yesterday.settle(new BigDecimal("0.10"));

        assertThat(budget.remaining()).isEqualByComparingTo("1");
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
