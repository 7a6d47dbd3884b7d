package io.bookstore.llm.budget;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The dollars, or the tokens, that calls may use up in a period: asked before a call, told after it.
 *
 * <p>The most that a call can use is set aside before the call is made, so that no number of calls at a time uses more
 * than there is. The rest comes back when the call is settled. A budget counts one unit; a host that limits both asks two.
 *
 * <p>A period begins at a multiple of its length since 1970 in UTC: a day at midnight, an hour at the full hour. A clock
 * that is set back brings no second budget. Each key, such as a tenant, has a budget of its own. Safe for use by several
 * threads.
 */
public final class TokenBudget {

    private static final String NO_KEY = "";
    private static final int MAX_KEY_LENGTH = 256;
    private static final Logger logger = LoggerFactory.getLogger(TokenBudget.class);

    private final Amount limit;
    private final long limitSteps;
    private final BudgetStore store;
    private final Periods periods;
    private final AtomicBoolean storeFails = new AtomicBoolean();

    TokenBudget(Amount limit, BudgetStore store, Periods periods) {
        this.limit = limit;
        this.limitSteps = limit.steps();
        this.store = store;
        this.periods = periods;
    }

    /** Returns a budget in memory whose periods are the days of UTC. */
    public static TokenBudget perDay(Amount limit) {
        return builder(limit).build();
    }

    /** Returns a builder of a budget with that limit for each period and key. */
    public static TokenBudgetBuilder builder(Amount limit) {
        return new TokenBudgetBuilder(limit, Clock.systemUTC());
    }

    /**
     * Sets the most that a call can use aside, of the budget without a key.
     *
     * @param worstCase null if it is unknown; then nothing is set aside, and what the call turns out to use is counted
     * @throws BudgetExhaustedException if there is not so much left
     */
    public Reservation reserve(@Nullable Amount worstCase) {
        return reserve(periods.spending(NO_KEY), worstCase);
    }

    /**
     * Sets the most that a call can use aside, of the budget of a key.
     *
     * @param key 1 to 256 characters; keys beyond the largest number of a period share one budget
     * @param worstCase null if it is unknown; then nothing is set aside, and what the call turns out to use is counted
     * @throws BudgetExhaustedException if there is not so much left
     */
    public Reservation reserve(String key, @Nullable Amount worstCase) {
        return reserve(periods.spending(checked(key)), worstCase);
    }

    private Reservation reserve(BudgetCounter counter, @Nullable Amount worstCase) {
        long steps = worstCase == null ? 0 : steps(worstCase);
        if (worstCase != null && steps > 0 && !store.reserve(counter, steps, limitSteps)) {
            throw new BudgetExhaustedException(limit, worstCase, counter, periods.untilEnd(counter));
        }
        return new Reservation(counter, steps);
    }

    /** Returns the rest of the budget without a key; what is set aside is not in it. */
    public Amount remaining() {
        return remaining(periods.reading(NO_KEY));
    }

    /** Returns the rest of the budget of a key; what is set aside is not in it. */
    public Amount remaining(String key) {
        return remaining(periods.reading(checked(key)));
    }

    private Amount remaining(BudgetCounter counter) {
        return Amount.ofSteps(limit.unit(), Math.max(0, limitSteps - Math.max(0, store.total(counter))));
    }

    private static String checked(String key) {
        if (key.isEmpty() || key.length() > MAX_KEY_LENGTH) {
            throw new IllegalArgumentException("The key of a budget must have 1 to " + MAX_KEY_LENGTH
                    + " characters, had " + key.length() + "; a hash of a longer one will do");
        }
        return key;
    }

    private long steps(Amount amount) {
        if (amount.unit() != limit.unit()) {
            throw new IllegalArgumentException("The budget of " + limit + " cannot count " + amount
                    + "; a budget has one unit, so use a second one");
        }
        return amount.steps();
    }

    private void correct(BudgetCounter counter, long difference) {
        if (difference == 0 || !periods.isCurrent(counter)) {
            return;
        }
        try {
            store.correct(counter, difference);
            storeFails.set(false);
        } catch (RuntimeException e) {
            // The call has been made: its result must not be lost for the sake of the count.
            if (storeFails.compareAndSet(false, true)) {
                logger.warn("The store of the budget fails; what calls did not use does not come back", e);
            }
        }
    }

    /**
     * An amount set aside for one call. It stays used up unless one of the methods is called; only the first call of
     * them counts, and in the period of the reservation only.
     */
    public final class Reservation {

        private final BudgetCounter counter;
        private final long reserved;
        private final AtomicBoolean ended = new AtomicBoolean();

        private Reservation(BudgetCounter counter, long reserved) {
            this.counter = counter;
            this.reserved = reserved;
        }

        /**
         * Counts what the call used in place of the worst case.
         *
         * @param actual null if it is unknown; then the worst case counts
         */
        public void settle(@Nullable Amount actual) {
            long used = actual == null ? reserved : steps(actual);
            end(used);
        }

        /** Gives everything back, as the provider has done nothing that it could bill. */
        public void refund() {
            end(0);
        }

        private void end(long used) {
            if (ended.compareAndSet(false, true)) {
                correct(counter, used - reserved);
            }
        }
    }
}
