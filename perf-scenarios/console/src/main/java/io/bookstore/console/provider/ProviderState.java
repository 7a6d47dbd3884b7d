package io.bookstore.console.provider;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A simulator as it is now.
 *
 * @param active   requests that are being answered
 * @param attempts the end of the journal, the newest first
 */
public record ProviderState(ProviderConfig config, long active, Journal journal, List<Attempt> attempts) {

    /**
     * The journal in a few numbers, from {@code /admin/journal/summary}.
     *
     * @param count    attempts since it was last cleared
     * @param statuses attempts that are kept by status; {@code faults} by injected fault
     */
    public record Journal(
            long count,
            Map<String, Long> statuses,
            Map<String, Long> faults,
            @Nullable Double medianActualTtftMs,
            @Nullable Double medianActualDurationMs,
            Billed billed) {

        public Journal {
            Objects.requireNonNull(billed, "billed");
            statuses = Map.copyOf(statuses);
            faults = Map.copyOf(faults);
        }
    }

    /** The tokens of all chats. */
    public record Billed(long attempts, long inputTokens, long cachedTokens, long outputTokens) {}

    /** A line of the journal without the times of its chunks; a value that is not told is null. */
    public record Attempt(
            long sequence,
            String time,
            String provider,
            @Nullable String operation,
            @Nullable String model,
            @Nullable Integer status,
            @Nullable String outcome,
            @Nullable Long inputTokens,
            @Nullable Long outputTokens,
            @Nullable Double actualTtftMs,
            @Nullable Double actualDurationMs,
            @Nullable Double queuedMs,
            @Nullable String fault,
            @Nullable Long requestsRemaining,
            @Nullable Long inputTokensRemaining,
            @Nullable Long outputTokensRemaining) {

        public Attempt {
            Objects.requireNonNull(time, "time");
            Objects.requireNonNull(provider, "provider");
        }
    }
}
