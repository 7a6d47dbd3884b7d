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
 * @param thoughts the reasoning before it; null if there was none
 * @param odds    of the tokens of the text; null if they were not asked for
 * @param choices this answer and the others to the same request, if there are others
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
        Timing timing,
        @Nullable Thoughts thoughts,
        @Nullable TokenOdds odds,
        Choices choices) {

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

    /** All answers to the request, in the order of their indexes. */
    public List<Answer> each() {
        return choices.answers().isEmpty() ? List.of(this) : choices.answers();
    }

    /** The tokens of the reasoning, which are among the output tokens. */
    public int reasoningTokens() {
        return each().stream()
                .mapToInt(each -> each.thoughts() == null ? 0 : each.thoughts().tokens())
                .sum();
    }

    /** Returns whether the model refused to answer. */
    public boolean isRefused() {
        return finishReason == FinishReason.REFUSAL;
    }

    /**
     * The reasoning before an answer.
     *
     * @param text   as the answer shows it; empty if it is hidden
     * @param chunks of the stream that carry it, before all others; 0 if it is hidden
     * @param tokens as billed, more than those of the text if that is a summary
     * @param mark   24 letters and digits: the part of a signature, an identifier or encrypted content that differs
     * @param redacted whether the provider shows encrypted data in place of the text
     */
    public record Thoughts(String text, int chunks, int tokens, String mark, boolean redacted) {

        /** The same reasoning with its tokens as an answer tells them. */
        public Thoughts timesTokens(int factor) {
            return new Thoughts(text, chunks, tokens * factor, mark, redacted);
        }

        /**
         * The frames of the reasoning, and then those of the text.
         *
         * @param thought makes the frame of a part of the reasoning
         * @param between goes before the first frame of the text
         * @param text    the frames of the text, which counts its chunks from 0
         */
        public TextFrames frames(TextFrames thought, String between, TextFrames text) {
            return (chunksBefore, part) -> chunksBefore < chunks
                    ? thought.frame(chunksBefore, part)
                    : (chunksBefore == chunks ? between : "") + text.frame(chunksBefore - chunks, part);
        }
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
        NAMED_TOOL_CALL,
        /** The model, or a guard before it, would not answer. */
        REFUSAL,
        /** The text was cut because of what it said. */
        CONTENT_FILTER,
        /** The turn is not over: the client sends it back to have it go on. Only Anthropic has it. */
        PAUSE_TURN
    }

    /** The times that the provider tells, in nanoseconds; only Ollama does. */
    public record Timing(long loadNanos, long promptNanos, long outputNanos) {}
}
