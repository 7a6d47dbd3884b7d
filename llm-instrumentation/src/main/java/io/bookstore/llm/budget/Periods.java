package io.bookstore.llm.budget;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** The current period of a budget, and the keys that have a counter of their own in it. */
final class Periods {

    private static final String OTHER_KEYS = "_other";

    private final String budget;
    private final Duration length;
    private final int maxKeys;
    private final Clock clock;
    private final Set<String> keys = new HashSet<>();
    private Instant start = Instant.MIN;

    Periods(String budget, Duration length, int maxKeys, Clock clock) {
        this.budget = budget;
        this.length = length;
        this.maxKeys = maxKeys;
        this.clock = clock;
    }

    /** Returns the counter to spend from, which is its own for the first keys of a period. */
    synchronized BudgetCounter spending(String key) {
        advance();
        // Calls without a key have a budget of their own, however many keys there are.
        if (key.isEmpty() || keys.contains(key) || keys.size() < maxKeys && keys.add(key)) {
            return counter(key);
        }
        return counter(OTHER_KEYS);
    }

    /** Returns the counter that the key would spend from. */
    synchronized BudgetCounter reading(String key) {
        advance();
        return counter(key.isEmpty() || keys.size() < maxKeys || keys.contains(key) ? key : OTHER_KEYS);
    }

    synchronized boolean isCurrent(BudgetCounter counter) {
        advance();
        return counter.start().equals(start);
    }

    Duration untilEnd(BudgetCounter counter) {
        return Duration.between(clock.instant(), counter.end());
    }

    /** Begins the next period if it is time; a clock that is set back brings no second budget. */
    private void advance() {
        long seconds = length.toSeconds();
        long now = Math.floorDiv(clock.instant().getEpochSecond(), seconds) * seconds;
        Instant begun = Instant.ofEpochSecond(now);
        if (begun.isAfter(start)) {
            start = begun;
            keys.clear();
        }
    }

    private BudgetCounter counter(String key) {
        return new BudgetCounter(budget, key, start, start.plus(length));
    }
}
