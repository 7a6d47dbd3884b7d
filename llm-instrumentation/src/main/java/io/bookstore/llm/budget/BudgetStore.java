package io.bookstore.llm.budget;

/**
 * The counters of budgets; one that several processes share makes their budgets one.
 *
 * <p>Amounts are whole numbers: billionths of a dollar, or tokens. Each method is one atomic step, also for other
 * processes, and may be called by several threads. A counter that was never added to is 0. The end of its period tells
 * the store when to drop it; keep it somewhat longer, for a process whose clock is slow.
 */
public interface BudgetStore {

    /**
     * Adds an amount, unless the counter would then be above the limit.
     *
     * <p>An exception reaches the host before its call is made. A store that cannot be reached may therefore throw, which
     * stops all calls, or decide by what it remembers, which lets some through.
     *
     * @param amount above 0
     * @return whether the amount was added
     */
    boolean reserve(BudgetCounter counter, long amount, long limit);

    /**
     * Adds a difference in any case. An exception is logged and reaches nobody.
     *
     * @param difference below 0 for what comes back
     */
    void correct(BudgetCounter counter, long difference);

    /** Returns the value of the counter. */
    long total(BudgetCounter counter);
}
