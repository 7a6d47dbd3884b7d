package io.bookstore.simulator.simulation;

import io.bookstore.simulator.answer.BookAnswer;
import io.bookstore.simulator.answer.Chunks;
import io.bookstore.simulator.draw.Draws;
import io.bookstore.simulator.fault.AnswerFault;
import io.bookstore.simulator.fault.Fault;
import io.bookstore.simulator.latency.LatencyModel;
import io.bookstore.simulator.latency.Profile;
import io.bookstore.simulator.latency.Reasoning;
import io.bookstore.simulator.latency.ResponsePlan;
import io.bookstore.simulator.rule.ChosenResponse;
import io.bookstore.simulator.wire.Answer.FinishReason;
import io.bookstore.simulator.wire.Answer.Thoughts;
import io.bookstore.simulator.wire.GenerationRequest;
import io.bookstore.simulator.wire.ReasoningRules;
import io.bookstore.simulator.wire.ReasoningRules.Display;
import io.bookstore.simulator.wire.ReasoningRules.Occasion;
import io.bookstore.simulator.wire.TokenOdds;
import io.bookstore.simulator.wire.ToolCall;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An answer to a request, mostly its only one, with the times of a provider that has nothing else to do.
 *
 * @param chunks   all that is streamed: the reasoning, if it is shown, then the content
 * @param thoughts the reasoning; null if there is none
 * @param odds     of the tokens of the content; null if they were not asked for
 */
record Choice(
        Chunks chunks,
        AnswerContent content,
        @Nullable Thoughts thoughts,
        @Nullable TokenOdds odds,
        ResponsePlan timing) {

    /** @param chosen the response of a rule of the own answers; null if none matched */
    static Choice write(
            Profile profile,
            long seed,
            Draws draws,
            GenerationRequest generation,
            @Nullable Fault fault,
            @Nullable ChosenResponse chosen,
            int uncachedTokens) {
        int reasoned = reasoningTokens(profile.reasoning(), draws, generation, fault);
        AnswerContent content = content(profile, seed, draws, generation, fault, chosen, reasoned);
        TokenOdds odds = generation.rules().odds() == null
                ? null
                : TokenChances.of(content, generation.rules().odds(), draws.stream("odds"));
        boolean late = !content.calls().isEmpty() && !generation.format().streamsArguments();
        LatencyModel latency =
                chosen == null ? profile.latency() : chosen.response().latencyWith(profile.latency());
        if (reasoned == 0) {
            int[] tokens = content.chunks().tokens();
            ResponsePlan timing = late
                    ? planOfWhole(latency, draws, uncachedTokens, tokens)
                    : latency.plan(draws, uncachedTokens, tokens);
            return new Choice(content.chunks(), content, null, odds, timing);
        }
        String mark = draws.stream("thoughts-mark").id(ToolCall.ID_LENGTH);
        Display display = display(generation, fault);
        if (display == Display.HIDDEN || display == Display.REDACTED) {
            Chunks chunks = content.chunks().withMoreTokens(reasoned);
            return new Choice(
                    chunks,
                    content,
                    new Thoughts("", 0, reasoned, mark, display == Display.REDACTED),
                    odds,
                    planOfWhole(latency, draws, uncachedTokens, chunks.tokens()));
        }
        Chunks shown = shown(profile, draws, generation, reasoned);
        Chunks chunks = Chunks.joined(List.of(shown, content.chunks()));
        return new Choice(
                chunks,
                content,
                new Thoughts(shown.text(), shown.size(), reasoned, mark, false),
                odds,
                latency.plan(draws, uncachedTokens, chunks.tokens()));
    }

    /** The tokens that the answer is billed for. */
    int tokens() {
        return IntStream.of(chunks.tokens()).sum();
    }

    private static int reasoningTokens(
            Reasoning reasoning, Draws draws, GenerationRequest generation, @Nullable Fault fault) {
        ReasoningRules rules = generation.rules().reasoning();
        boolean unasked = rules.occasion() == Occasion.BY_DEFAULT
                && !draws.stream("reasons").happens(reasoning.unaskedShare());
        boolean nothing = Fault.isKind(fault, AnswerFault.EMPTY_ANSWER)
                || Fault.isKind(fault, AnswerFault.REFUSAL)
                        && generation.format().blocksPrompts();
        if (rules.occasion() == Occasion.NEVER || unasked || nothing) {
            return 0;
        }
        int wanted = reasoning.tokens(draws.stream("reasoning"), rules.effort());
        int allowed = generation.maxTokens() == null ? Integer.MAX_VALUE : generation.maxTokens();
        return Math.min(wanted, Math.min(rules.budgetTokens(), allowed));
    }

    private static Display display(GenerationRequest generation, @Nullable Fault fault) {
        return Fault.isKind(fault, AnswerFault.REDACTED_THINKING)
                        && generation.format().redactsReasoning()
                ? Display.REDACTED
                : generation.rules().reasoning().display();
    }

    /** The content in the tokens that the reasoning has left. */
    private static AnswerContent content(
            Profile profile,
            long seed,
            Draws draws,
            GenerationRequest generation,
            @Nullable Fault fault,
            @Nullable ChosenResponse chosen,
            int reasoned) {
        ChosenResponse written = chosen != null && chosen.response().isWritten() ? chosen : null;
        if (reasoned == 0 || generation.maxTokens() == null) {
            return AnswerContent.write(profile, seed, draws, generation, fault, written);
        }
        int left = generation.maxTokens() - reasoned;
        return left == 0
                ? AnswerContent.empty(FinishReason.MAX_TOKENS)
                : AnswerContent.write(profile, seed, draws, generation.limitedTo(left), fault, written);
    }

    /** The part of the reasoning that is shown, each chunk with its share of the tokens that are billed. */
    private static Chunks shown(Profile profile, Draws draws, GenerationRequest generation, int reasoned) {
        int length = generation.rules().reasoning().display() == Display.FULL
                ? reasoned
                : profile.reasoning().summaryTokens(reasoned);
        return BookAnswer.write(generation.prompt(), length, length, draws.stream("thoughts"))
                .chunks(profile.latency().decode().tokensPerChunk())
                .standingFor(reasoned);
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
}
