package io.bookstore.simulator.fit;

import io.bookstore.simulator.latency.Decode;
import io.bookstore.simulator.latency.Prefill;
import io.bookstore.simulator.latency.Profile;
import io.bookstore.simulator.latency.Stall;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The times that the calls have, and so the numbers that they tell. The best is the first. */
enum Evidence {
    /** The time of each chunk. */
    CHUNKS(
            "whole streams of six chunks or more with their times",
            "stream more answers, and record them to their end",
            Set.of()),

    /** First token, end and output tokens. */
    FIRST_AND_END(
            "whole answers with output tokens and the times of their first token and end",
            "stream more answers, and record them to their end",
            timesOfChunksAnd()),

    /** End and output tokens, as of answers that were not streamed. */
    WHOLE(
            "whole answers with output tokens and their duration",
            "record more answers to their end",
            timesOfChunksAnd("prefill.sigma", "decode.sigma")),

    /** First token, and no output tokens. */
    FIRST(
            "whole answers with the time of their first token",
            "stream more answers, and record them to their end",
            timesOfChunksAnd(
                    "decode.tokenMs",
                    "decode.sigma",
                    "outputLength.median",
                    "outputLength.sigma",
                    "outputLength.least",
                    "outputLength.most"));

    private static final double NANO = 1e-6;

    private final String calls;
    private final String remedy;
    private final Set<String> untold;

    Evidence(String calls, String remedy, Set<String> untold) {
        this.calls = calls;
        this.remedy = remedy;
        this.untold = untold;
    }

    /** Returns the keys of the numbers that only the times of chunks tell, and more. */
    private static Set<String> timesOfChunksAnd(String... more) {
        Set<String> keys = new HashSet<>(Set.of(
                "decode.jitter", "decode.tokensPerChunk", "stall.probability", "stall.shortestMs", "stall.longestMs"));
        keys.addAll(Set.of(more));
        return Set.copyOf(keys);
    }

    /** The first token and the pace of a call, as far as they are told. */
    record Told(double ttftMs, StreamPace pace) {}

    /** The remedy where no call tells any. */
    static final String NONE =
            "write output tokens with them, as gen_ai.usage.output_tokens of a span, outputTokens of a journal, or"
                    + " outputTokens in `answer` of the descriptor of llm-perf";

    /** Returns the calls that it takes, as a plural. */
    String calls() {
        return calls;
    }

    /** Returns the remedy where there are too few. */
    String remedy() {
        return remedy;
    }

    /** Returns the numbers that are those of the base. */
    Set<String> untold() {
        return untold;
    }

    boolean tellsFirst() {
        return this != WHOLE;
    }

    boolean tellsLength() {
        return this != FIRST;
    }

    /** @return null if the call does not tell */
    @Nullable
    Told of(Call call, int tokensPerChunk, Profile base) {
        if (!call.isWhole()) {
            return null;
        }
        return switch (this) {
            case CHUNKS -> chunks(call, tokensPerChunk);
            case FIRST_AND_END -> firstAndEnd(call);
            case WHOLE -> whole(call, base);
            case FIRST -> first(call, base);
        };
    }

    private static @Nullable Told chunks(Call call, int tokensPerChunk) {
        StreamPace pace = call.tellsPace() ? StreamPace.of(call, tokensPerChunk) : null;
        Double ttftMs = call.ttftMs();
        return pace == null || ttftMs == null ? null : new Told(ttftMs, pace);
    }

    private static @Nullable Told firstAndEnd(Call call) {
        Double ttftMs = call.ttftMs();
        if (ttftMs == null || call.outputTokens() < 2 || call.durationMs() - ttftMs < NANO) {
            return null;
        }
        return new Told(ttftMs, StreamPace.steady((call.durationMs() - ttftMs) / (call.outputTokens() - 1)));
    }

    /** Divides the time as the base would, so that both parts stray from the base by the same factor. */
    private static @Nullable Told whole(Call call, Profile base) {
        if (call.outputTokens() == 0 || call.durationMs() < NANO) {
            return null;
        }
        Prefill prefill = base.latency().prefill();
        double tokenMs = base.latency().decode().tokenMs();
        double first = prefill.medianMs() + prefill.perPromptTokenMs() * call.uncachedTokens();
        double rest = tokenMs * (call.outputTokens() - 1);
        double share = first / (first + rest);
        double squares =
                square(prefill.sigma()) + square(base.latency().decode().sigma());
        // The logarithm of a sum of two lognormals lies, by its second-order series, so much above that of their
        // medians.
        double above = share * (1 - share) * squares / 2;
        double factor = call.durationMs() / ((first + rest) * Math.exp(above));
        return new Told(factor * prefill.medianMs(), StreamPace.steady(factor * tokenMs));
    }

    private static double square(double value) {
        return value * value;
    }

    private static @Nullable Told first(Call call, Profile base) {
        Double ttftMs = call.ttftMs();
        return ttftMs == null
                ? null
                : new Told(ttftMs, StreamPace.steady(base.latency().decode().tokenMs()));
    }

    /** Returns the numbers with those of the base for what is not told. */
    Numbers completed(Numbers told, Profile base) {
        Prefill prefill = base.latency().prefill();
        Decode decode = base.latency().decode();
        Stall stall = base.latency().stall();
        if (this == CHUNKS) {
            return told;
        }
        boolean whole = this == WHOLE;
        return new Numbers(
                told.medianMs(),
                whole ? prefill.perPromptTokenMs() * told.medianMs() / prefill.medianMs() : told.perPromptTokenMs(),
                whole ? prefill.sigma() : told.ttftSigma(),
                tellsLength() ? told.tokenMs() : decode.tokenMs(),
                this == FIRST_AND_END ? told.paceSigma() : decode.sigma(),
                decode.jitter(),
                stall.probability(),
                stall.shortestMs(),
                stall.longestMs(),
                tellsLength() ? told.length() : base.outputLength(),
                told.slowdown());
    }
}
