package io.bookstore.api.proof;

import org.jspecify.annotations.Nullable;

/**
 * A row of the table: what is done, what must come of it, and the proof.
 *
 * @param proof throws if it is not so; null if it cannot be shown here
 * @param reason why it cannot; empty if it can
 */
record Row(String id, String done, String must, @Nullable Proof proof, String reason) {

    /** Does it, and tells what was seen. */
    @FunctionalInterface
    interface Proof {
        Seen see() throws Exception;
    }

    /**
     * The behaviour that was seen, in words that are the same on every run.
     *
     * @param lost the data or the money lost; empty for a row that can lose neither
     * @param recovery the way back to normal; empty for a row that needs none
     */
    record Seen(String answer, String lost, String recovery) {

        Seen(String answer) {
            this(answer, "", "");
        }
    }

    static Row of(String id, String done, String must, Proof proof) {
        return new Row(id, done, must, proof, "");
    }

    /** The same row, as long as it need not hold yet: until it does it is skipped by name. */
    Row pending() {
        Proof really = proof;
        return new Row(
                id,
                done,
                must,
                () -> {
                    try {
                        return java.util.Objects.requireNonNull(really).see();
                    } catch (Exception | AssertionError e) {
                        throw new org.opentest4j.TestAbortedException(id + " does not hold yet: " + e.getMessage(), e);
                    }
                },
                reason);
    }

    static Row unreached(String id, String done, String must, String reason) {
        return new Row(id, done, must, null, reason);
    }
}
