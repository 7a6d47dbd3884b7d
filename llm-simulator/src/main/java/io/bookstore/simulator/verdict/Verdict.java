package io.bookstore.simulator.verdict;

/**
 * A judgement on a provider's clients by one rule.
 *
 * @param name   such as {@code retry-after-honoured}
 * @param cases  how often there was something to judge; a verdict without a case is good, and says nothing
 * @param broken how often the client did the wrong thing
 * @param detail a sentence about the first wrong thing; empty if there is none
 */
public record Verdict(String name, int cases, int broken, String detail) {

    public boolean good() {
        return broken == 0;
    }
}
