package io.bookstore.simulator.simulation;

import io.bookstore.simulator.cache.CacheUse;
import io.bookstore.simulator.draw.Draws;
import io.bookstore.simulator.fault.AnswerFault;
import io.bookstore.simulator.fault.Fault;
import io.bookstore.simulator.latency.LatencyModel;
import io.bookstore.simulator.latency.Profile;
import io.bookstore.simulator.latency.ResponsePlan;
import io.bookstore.simulator.latency.SlotWait;
import io.bookstore.simulator.rule.ChosenResponse;
import io.bookstore.simulator.rule.Response;
import io.bookstore.simulator.wire.Answer;
import io.bookstore.simulator.wire.Answer.FinishReason;
import io.bookstore.simulator.wire.Answer.Timing;
import io.bookstore.simulator.wire.Answer.Usage;
import io.bookstore.simulator.wire.AnswerFormat;
import io.bookstore.simulator.wire.GenerationRequest;
import io.bookstore.simulator.wire.Operation;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one request, with the times of a provider that has nothing else to do.
 *
 * @param fault   of the answer; null if it has none
 * @param written output tokens, whatever the answer says about them
 */
record AnswerDraft(
        GenerationRequest generation,
        @Nullable Fault fault,
        AnswerContent content,
        ResponsePlan timing,
        CacheUse cached,
        int written) {

    private static final int WRONG_USAGE_FACTOR = 10;

    static AnswerDraft of(
            Behaviour behaviour,
            Draws draws,
            Operation operation,
            GenerationRequest generation,
            CacheUse cached,
            @Nullable Fault fault,
            @Nullable ChosenResponse chosen) {
        Profile profile = behaviour.profile();
        if (operation != Operation.CHAT) {
            return ofDocument(profile, draws, operation, generation, fault);
        }
        AnswerContent content = chosen != null && chosen.response().isWritten()
                ? AnswerContent.of(chosen, profile, draws, generation, fault)
                : AnswerContent.write(profile, behaviour.seed(), draws, generation, fault);
        LatencyModel latency =
                chosen == null ? profile.latency() : chosen.response().latencyWith(profile.latency());
        int uncached = generation.inputTokens() - cached.read();
        int[] tokens = content.chunks().tokens();
        boolean wholeCalls = !content.calls().isEmpty() && !generation.format().streamsArguments();
        ResponsePlan timing = wholeCalls
                ? planOfWhole(latency, draws, uncached, tokens)
                : latency.plan(draws, uncached, tokens);
        Response.Usage billed = chosen == null ? null : chosen.response().usage();
        return new AnswerDraft(
                generation,
                fault,
                content,
                timing,
                cached,
                billed == null || billed.outputTokens() == null
                        ? IntStream.of(tokens).sum()
                        : billed.outputTokens());
    }

    /** The plan of chunks of which the first, too, is sent when its last token is there. */
    private static ResponsePlan planOfWhole(LatencyModel latency, Draws draws, int uncached, int[] tokens) {
        int[] parts = new int[tokens.length + 1];
        System.arraycopy(tokens, 0, parts, 1, tokens.length);
        parts[0] = 1;
        parts[1]--;
        long[] nanos = latency.plan(draws, uncached, parts).chunkNanos();
        return new ResponsePlan(Arrays.copyOfRange(nanos, 1, nanos.length));
    }

    /** The draft of an answer without text: it takes the reading of the input, and a free one takes nothing. */
    private static AnswerDraft ofDocument(
            Profile profile, Draws draws, Operation operation, GenerationRequest generation, @Nullable Fault fault) {
        AnswerContent content = AnswerContent.empty(FinishReason.END);
        ResponsePlan timing = operation.isFree()
                ? new ResponsePlan(new long[] {0})
                : profile.latency()
                        .plan(draws, generation.inputTokens(), content.chunks().tokens());
        return new AnswerDraft(
                generation,
                fault,
                content,
                timing,
                CacheUse.NONE,
                IntStream.of(content.chunks().tokens()).sum());
    }

    /** The plan of the answer once it has a slot. */
    Planned plan(SlotWait wait, String id, Instant created) {
        ResponsePlan later = timing.after(wait);
        long before = wait.queuedNanos() + wait.loadNanos();
        Answer answer = new Answer(
                id,
                generation.model(),
                content.calls().isEmpty() ? content.chunks().text() : "",
                content.calls(),
                told(),
                content.finishReason(),
                content.stop(),
                created,
                new Timing(
                        wait.loadNanos(),
                        later.firstTokenNanos() - before,
                        later.durationNanos() - later.firstTokenNanos()));
        return new Planned(this, answer, later);
    }

    /** Tokens as the answer tells them. */
    private Usage told() {
        int factor = Fault.isKind(fault, AnswerFault.WRONG_USAGE) ? WRONG_USAGE_FACTOR : 1;
        return new Usage(generation.inputTokens() * factor, written * factor, cached.times(factor));
    }

    /** An answer and its times. */
    record Planned(AnswerDraft draft, Answer answer, ResponsePlan timing) {

        Iterator<Step> steps(Map<String, String> headers) {
            GenerationRequest generation = draft.generation();
            AnswerFormat format = generation.format();
            if (generation.streaming()) {
                StreamSteps steps =
                        new StreamSteps(format, answer, draft.content().chunks(), timing, headers);
                return draft.fault() instanceof Fault.Broken broken ? BrokenSteps.ofStream(broken, steps) : steps;
            }
            String document =
                    Fault.isKind(draft.fault(), AnswerFault.EMPTY_ANSWER) ? format.empty(answer) : format.whole(answer);
            Step.Whole whole = new Step.Whole(timing.durationNanos(), 200, format.contentType(), headers, document);
            return draft.fault() instanceof Fault.Broken broken
                    ? BrokenSteps.ofDocument(broken, format, whole)
                    : List.<Step>of(whole).iterator();
        }
    }
}
