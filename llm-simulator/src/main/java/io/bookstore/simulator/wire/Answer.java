package io.bookstore.simulator.wire;

import io.bookstore.simulator.cache.CacheUse;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer with its usage and times.
 *
 * @param id      24 letters and digits, the same for the same attempt in every run
 * @param text    empty if tools are called
 * @param calls   of tools; mostly empty
 * @param stop    the stop sequence at which the text ended; null if it ended for another reason
 * @param created when the request arrived
 */
public record Answer(
        String id,
        String model,
        String text,
        List<ToolCall> calls,
        Usage usage,
        FinishReason finishReason,
        @Nullable String stop,
        Instant created,
        Timing timing) {

    public Answer {
        calls = List.copyOf(calls);
    }

    /** The call that a chunk belongs to, by its place among the calls. */
    public int callAt(int chunk) {
        int call = calls.size() - 1;
        while (calls.get(call).firstChunk() > chunk) {
            call--;
        }
        return call;
    }

    /**
     * Tokens as billed.
     *
     * @param inputTokens all of the prompt, whether it was in the cache or not
     */
    public record Usage(int inputTokens, int outputTokens, CacheUse cache) {

        public int totalTokens() {
            return inputTokens + outputTokens;
        }

        /** The input tokens neither read from the cache nor written to it. */
        public int uncachedInputTokens() {
            return inputTokens - cache.read() - cache.written();
        }
    }

    /** The reasons for which an answer ends. */
    public enum FinishReason {
        END,
        MAX_TOKENS,
        STOP_SEQUENCE,
        TOOL_CALLS,
        /** The same as {@link #TOOL_CALLS} where the request named the tool: OpenAI's chats tell the two apart. */
        NAMED_TOOL_CALL
    }

    /** The times that the provider tells, in nanoseconds; only Ollama does. */
    public record Timing(long loadNanos, long promptNanos, long outputNanos) {}
}
