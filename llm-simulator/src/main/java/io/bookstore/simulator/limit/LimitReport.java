package io.bookstore.simulator.limit;

import org.jspecify.annotations.Nullable;

/** The state of a set of buckets after a request was let in or refused; null where there is no such limit. */
public record LimitReport(
        @Nullable LimitState requests,
        @Nullable LimitState inputTokens,
        @Nullable LimitState outputTokens) {

    /** Returns whether there is no limit at all. */
    public boolean unlimited() {
        return requests == null && inputTokens == null && outputTokens == null;
    }

    /** Input and output together, for providers that count them so; null if neither is limited. */
    public @Nullable LimitState tokens() {
        if (inputTokens == null || outputTokens == null) {
            return inputTokens == null ? outputTokens : inputTokens;
        }
        return inputTokens.plus(outputTokens);
    }
}
