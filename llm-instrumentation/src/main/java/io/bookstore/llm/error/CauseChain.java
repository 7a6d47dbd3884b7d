package io.bookstore.llm.error;

import java.util.ArrayList;
import java.util.List;

/** Looks through what an exception is wrapped in; for classifiers of errors. */
public final class CauseChain {

    // Causes may go in a circle (initCause allows it by way of two exceptions); real chains are shorter by far.
    private static final int LONGEST = 20;

    private CauseChain() {}

    /** The exception, its cause, the cause's cause and so on: 20 at most, so that a chain in a circle ends too. */
    public static List<Throwable> of(Throwable error) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable cause = error; cause != null && chain.size() < LONGEST; cause = cause.getCause()) {
            chain.add(cause);
        }
        return chain;
    }
}
