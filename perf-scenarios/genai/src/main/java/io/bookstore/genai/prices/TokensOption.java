package io.bookstore.genai.prices;

import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The tokens of a call as the conventions count them: parts are within their totals. */
final class TokensOption {

    /** A greater number is taken for a mistake by {@link TokenUsage}, too. */
    private static final long MOST = 1_000_000_000_000L;

    @Option(names = "--input", paramLabel = "N", description = "All input tokens, cached ones included.")
    private @Nullable Long input;

    @Option(names = "--output", paramLabel = "N", description = "All output tokens, reasoning included.")
    private @Nullable Long output;

    @Option(names = "--cache-read", paramLabel = "N", description = "Input tokens that came from a prompt cache.")
    private @Nullable Long cacheRead;

    @Option(names = "--cache-write", paramLabel = "N", description = "Input tokens written to a prompt cache.")
    private @Nullable Long cacheWrite;

    @Option(names = "--cache-write-1h", paramLabel = "N", description = "The part of them that is kept for an hour.")
    private @Nullable Long cacheWriteOneHour;

    @Option(names = "--reasoning", paramLabel = "N", description = "Output tokens that were reasoning.")
    private @Nullable Long reasoning;

    boolean given() {
        return input != null
                || output != null
                || cacheRead != null
                || cacheWrite != null
                || cacheWriteOneHour != null
                || reasoning != null;
    }

    /** The tokens of reasoning; null if they were not given. */
    @Nullable
    Long reasoning() {
        return reasoning;
    }

    /** @throws PerfException if a number is negative, or a part is greater than its total */
    TokenUsage usage() {
        if (input == null) {
            throw wrong("Give --input too: the length of the prompt chooses the price.");
        }
        checkNumber("--input", input);
        checkNumber("--output", output);
        checkNumber("--cache-read", cacheRead);
        checkNumber("--cache-write", cacheWrite);
        checkNumber("--cache-write-1h", cacheWriteOneHour);
        checkNumber("--reasoning", reasoning);
        checkPart("--cache-read and --cache-write", orZero(cacheRead) + orZero(cacheWrite), "--input", input);
        checkPart("--cache-write-1h", orZero(cacheWriteOneHour), "--cache-write", orZero(cacheWrite));
        checkPart("--reasoning", orZero(reasoning), "--output", orZero(output));
        return new TokenUsage(input, output, cacheRead, cacheWrite, cacheWriteOneHour, reasoning);
    }

    private static void checkNumber(String name, @Nullable Long tokens) {
        if (tokens != null && (tokens < 0 || tokens > MOST)) {
            throw wrong(name + " must be a number of tokens, 0 to " + MOST + ", was " + tokens + ".");
        }
    }

    private static void checkPart(String name, long part, String totalName, long total) {
        if (part > total) {
            throw wrong(name + " must be at most " + totalName + ", which is " + total + ", was " + part + ".");
        }
    }

    private static long orZero(@Nullable Long tokens) {
        return tokens == null ? 0 : tokens;
    }

    private static PerfException wrong(String sentence) {
        return new PerfException(ExitCode.USAGE, sentence);
    }
}
