package io.bookstore.llm.budget;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The counters of one budget of this process, of its current period and the one before. */
final class MemoryBudgetStore implements BudgetStore {

    // Far from an overflow by the next amount.
    private static final long MOST = Long.MAX_VALUE / 2;

    private final Map<BudgetCounter, Long> totals = new HashMap<>();
    private Instant newest = Instant.MIN;

    @Override
    public synchronized boolean reserve(BudgetCounter counter, long amount, long limit) {
        if (total(counter) + amount > limit) {
            return false;
        }
        correct(counter, amount);
        return true;
    }

    @Override
    public synchronized void correct(BudgetCounter counter, long difference) {
        if (counter.start().isAfter(newest)) {
            newest = counter.start();
            totals.keySet().removeIf(old -> old.end().isBefore(newest));
        }
        totals.put(counter, Math.min(total(counter) + difference, MOST));
    }

    @Override
    public synchronized long total(BudgetCounter counter) {
        return totals.getOrDefault(counter, 0L);
    }
}
