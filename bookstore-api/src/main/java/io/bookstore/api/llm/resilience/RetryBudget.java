package io.bookstore.api.llm.resilience;

/**
 * Keeps retries a small share of the calls, so that a provider in trouble does not get a multiple of its usual load.
 *
 * <p>Each call puts a share of a retry aside, each retry takes one whole; a few are there from the start, for a service
 * that has just begun or is seldom asked.
 */
final class RetryBudget {

    private static final int RESERVE = 10;

    private final double sharePerCall;
    private double balance = RESERVE;

    /** @param percent retries per hundred calls */
    RetryBudget(int percent) {
        this.sharePerCall = percent / 100.0;
    }

    synchronized void recordCall() {
        balance = Math.min(RESERVE, balance + sharePerCall);
    }

    /** Takes one retry; false if there is none to take. */
    synchronized boolean tryTake() {
        if (balance < 1) {
            return false;
        }
        balance--;
        return true;
    }
}
