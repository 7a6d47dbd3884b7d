package io.bookstore.simulator.wire;

import io.bookstore.simulator.cache.CacheUse;
import java.time.Instant;

/**
 * What is said, and what is said about it.
 *
 * @param id      24 letters and digits, the same for the same attempt in every run
 * @param created when the request arrived
 */
public record Answer(
        String id, String model, String text, Usage usage, FinishReason finishReason, Instant created, Timing timing) {

    /**
     * Tokens as billed.
     *
     * @param inputTokens all of the prompt, whether it was in the cache or not
     */
    public record Usage(int inputTokens, int outputTokens, CacheUse cache) {

        public int totalTokens() {
            return inputTokens + outputTokens;
        }

        /** Neither read from the cache nor written to it. */
        public int uncachedInputTokens() {
            return inputTokens - cache.read() - cache.written();
        }
    }

    /** Why the answer ended. */
    public enum FinishReason {
        END,
        MAX_TOKENS
    }

    /** What the provider says it took, in nanoseconds; only Ollama tells. */
    public record Timing(long loadNanos, long promptNanos, long outputNanos) {}
}
