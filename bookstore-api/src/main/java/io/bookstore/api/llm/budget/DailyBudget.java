package io.bookstore.api.llm.budget;

import io.bookstore.api.llm.call.LlmException;
import io.bookstore.api.llm.call.LlmFailure;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * The money of a day, in US dollars; a new day begins at midnight UTC.
 *
 * <p>The most an attempt can cost is set aside before it is made, so that no number of calls at a time can spend more
 * than there is. What it did not cost comes back. Only attempts at a real provider whose price is known are counted.
 */
public final class DailyBudget {

    private final BigDecimal limit;
    private final Clock clock;
    private LocalDate day;
    private BigDecimal taken = BigDecimal.ZERO;

    public DailyBudget(BigDecimal limit, Clock clock, MeterRegistry registry) {
        this.limit = limit;
        this.clock = clock;
        this.day = today();
        Gauge.builder(
                        "llm.budget.remaining.usd",
                        this,
                        budget -> budget.remaining().doubleValue())
                .description("US dollars left until midnight UTC, those set aside for calls under way not included")
                .strongReference(true)
                .register(registry);
    }

    /**
     * Sets the cost of one attempt aside.
     *
     * @param worstCase null if nobody knows; then nothing is set aside, and what the answer turns out to cost is counted
     * @throws LlmException if there is not so much left
     */
    public synchronized Reservation reserve(@Nullable BigDecimal worstCase) {
        beginDayIfNew();
        if (worstCase == null) {
            return new Reservation(BigDecimal.ZERO, day);
        }
        if (taken.add(worstCase).compareTo(limit) > 0) {
            throw new LlmException(
                    LlmFailure.BUDGET_EXHAUSTED,
                    "The budget of the day is used up; the next one begins at midnight UTC",
                    untilMidnight(),
                    null);
        }
        taken = taken.add(worstCase);
        return new Reservation(worstCase, day);
    }

    /** The rest of the budget, never negative. */
    synchronized BigDecimal remaining() {
        beginDayIfNew();
        return limit.subtract(taken).max(BigDecimal.ZERO);
    }

    private synchronized void correct(Reservation reservation, BigDecimal actual) {
        beginDayIfNew();
        if (reservation.day.equals(day)) {
            taken = taken.add(actual).subtract(reservation.amount);
        }
    }

    /** Begins the next day; a clock that is set back past midnight brings no second budget. */
    private void beginDayIfNew() {
        LocalDate today = today();
        if (today.isAfter(day)) {
            day = today;
            taken = BigDecimal.ZERO;
        }
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private Duration untilMidnight() {
        Instant midnight = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        return Duration.between(clock.instant(), midnight);
    }

    /** Money set aside for one attempt. It stays spent unless one of the methods is called, which may be done once. */
    public final class Reservation {

        private final BigDecimal amount;
        private final LocalDate day;

        private Reservation(BigDecimal amount, LocalDate day) {
            this.amount = amount;
            this.day = day;
        }

        /** @param actual null if nobody knows: then the worst case counts */
        public void settle(@Nullable BigDecimal actual) {
            if (actual != null) {
                correct(this, actual);
            }
        }

        /** Gives the money back, as the provider has done nothing that it could bill. */
        public void refund() {
            correct(this, BigDecimal.ZERO);
        }
    }
}
