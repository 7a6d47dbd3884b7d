package io.bookstore.simulator.simulation;

import io.bookstore.simulator.answer.BookAnswer;
import io.bookstore.simulator.answer.Chunks;
import io.bookstore.simulator.answer.TokenizedText;
import io.bookstore.simulator.answer.TokenizedText.Piece;
import io.bookstore.simulator.cache.CacheUse;
import io.bookstore.simulator.draw.Draws;
import io.bookstore.simulator.fault.AnswerFault;
import io.bookstore.simulator.fault.Fault;
import io.bookstore.simulator.latency.Profile;
import io.bookstore.simulator.latency.ResponsePlan;
import io.bookstore.simulator.latency.SlotWait;
import io.bookstore.simulator.wire.Answer;
import io.bookstore.simulator.wire.Answer.FinishReason;
import io.bookstore.simulator.wire.Answer.Timing;
import io.bookstore.simulator.wire.Answer.Usage;
import io.bookstore.simulator.wire.AnswerFormat;
import io.bookstore.simulator.wire.GenerationRequest;
import io.bookstore.simulator.wire.Operation;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one request, with the times of a provider that has nothing else to do.
 *
 * @param fault of the answer; null if it has none
 */
record AnswerDraft(
        GenerationRequest generation,
        @Nullable Fault fault,
        Chunks chunks,
        ResponsePlan timing,
        FinishReason finishReason,
        CacheUse cached) {

    private static final int WRONG_USAGE_FACTOR = 10;
    private static final TokenizedText NO_TEXT = new TokenizedText(List.of(new Piece("", 0)));

    static AnswerDraft of(
            Profile profile,
            Draws draws,
            Operation operation,
            GenerationRequest generation,
            CacheUse cached,
            @Nullable Fault fault) {
        if (operation != Operation.CHAT) {
            return ofDocument(profile, draws, operation, generation, fault);
        }
        int wanted = profile.outputLength().tokens(draws.stream("length"));
        int allowed = generation.maxTokens() == null ? wanted : generation.maxTokens();
        TokenizedText text = isFault(fault, AnswerFault.EMPTY_ANSWER)
                ? NO_TEXT
                : BookAnswer.write(generation.prompt(), wanted, allowed, draws.stream("text"));
        Chunks chunks = text.chunks(profile.latency().decode().tokensPerChunk());
        ResponsePlan timing = profile.latency().plan(draws, generation.inputTokens() - cached.read(), chunks.tokens());
        FinishReason finishReason = wanted > allowed ? FinishReason.MAX_TOKENS : FinishReason.END;
        return new AnswerDraft(generation, fault, chunks, timing, finishReason, cached);
    }

    /** The draft of an answer without text: it takes the reading of the input, and a free one takes nothing. */
    private static AnswerDraft ofDocument(
            Profile profile, Draws draws, Operation operation, GenerationRequest generation, @Nullable Fault fault) {
        Chunks chunks = NO_TEXT.chunks(1);
        ResponsePlan timing = operation.isFree()
                ? new ResponsePlan(new long[] {0})
                : profile.latency().plan(draws, generation.inputTokens(), chunks.tokens());
        return new AnswerDraft(generation, fault, chunks, timing, FinishReason.END, CacheUse.NONE);
    }

    /** Output tokens, whatever the answer says about them. */
    int written() {
        return IntStream.of(chunks.tokens()).sum();
    }

    /** The plan of the answer once it has a slot. */
    Planned plan(SlotWait wait, String id, Instant created) {
        ResponsePlan later = timing.after(wait);
        long before = wait.queuedNanos() + wait.loadNanos();
        Answer answer = new Answer(
                id,
                generation.model(),
                chunks.text(),
                told(),
                finishReason,
                created,
                new Timing(
                        wait.loadNanos(),
                        later.firstTokenNanos() - before,
                        later.durationNanos() - later.firstTokenNanos()));
        return new Planned(this, answer, later);
    }

    /** Tokens as the answer tells them. */
    private Usage told() {
        int factor = isFault(fault, AnswerFault.WRONG_USAGE) ? WRONG_USAGE_FACTOR : 1;
        return new Usage(generation.inputTokens() * factor, written() * factor, cached.times(factor));
    }

    private static boolean isFault(@Nullable Fault fault, AnswerFault kind) {
        return fault instanceof Fault.Broken broken && broken.kind() == kind;
    }

    /** An answer and its times. */
    record Planned(AnswerDraft draft, Answer answer, ResponsePlan timing) {

        Iterator<Step> steps(Map<String, String> headers) {
            GenerationRequest generation = draft.generation();
            AnswerFormat format = generation.format();
            if (generation.streaming()) {
                StreamSteps steps = new StreamSteps(format, answer, draft.chunks(), timing, headers);
                return draft.fault() instanceof Fault.Broken broken ? BrokenSteps.ofStream(broken, steps) : steps;
            }
            String document =
                    isFault(draft.fault(), AnswerFault.EMPTY_ANSWER) ? format.empty(answer) : format.whole(answer);
            Step.Whole whole = new Step.Whole(timing.durationNanos(), 200, format.contentType(), headers, document);
            return draft.fault() instanceof Fault.Broken broken
                    ? BrokenSteps.ofDocument(broken, format, whole)
                    : List.<Step>of(whole).iterator();
        }
    }
}
