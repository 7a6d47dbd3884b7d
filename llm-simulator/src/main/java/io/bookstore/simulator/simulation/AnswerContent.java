package io.bookstore.simulator.simulation;

import io.bookstore.simulator.answer.BookAnswer;
import io.bookstore.simulator.answer.Chunks;
import io.bookstore.simulator.answer.TokenizedText;
import io.bookstore.simulator.answer.TokenizedText.Piece;
import io.bookstore.simulator.draw.Draws;
import io.bookstore.simulator.fault.AnswerFault;
import io.bookstore.simulator.fault.Fault;
import io.bookstore.simulator.latency.Profile;
import io.bookstore.simulator.rule.ChosenResponse;
import io.bookstore.simulator.rule.Response;
import io.bookstore.simulator.schema.JsonSchema;
import io.bookstore.simulator.wire.Answer.FinishReason;
import io.bookstore.simulator.wire.GenerationRequest;
import io.bookstore.simulator.wire.ToolCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The words of an answer, in the chunks they travel in.
 *
 * @param calls of tools, which are then all that the answer has
 * @param stop the stop sequence at which they end; null if they end for another reason
 * @param pieces of the text; empty if there is none
 */
record AnswerContent(
        Chunks chunks,
        List<ToolCall> calls,
        FinishReason finishReason,
        @Nullable String stop,
        List<Piece> pieces) {

    private static final TokenizedText NO_TEXT = new TokenizedText(List.of(new Piece("", 0)));
    private static final String REFUSAL = "I'm sorry, but I can't help with that request.";

    /** Content without a text. */
    AnswerContent(Chunks chunks, List<ToolCall> calls, FinishReason finishReason, @Nullable String stop) {
        this(chunks, calls, finishReason, stop, List.of());
    }

    /** The content of an answer without text. */
    static AnswerContent empty(FinishReason finishReason) {
        return new AnswerContent(NO_TEXT.chunks(1), List.of(), finishReason, null);
    }

    /** @param chosen what a rule of the own answers has written; null to have it written here */
    static AnswerContent write(
            Profile profile,
            long seed,
            Draws draws,
            GenerationRequest generation,
            @Nullable Fault fault,
            @Nullable ChosenResponse chosen) {
        if (Fault.isKind(fault, AnswerFault.REFUSAL)) {
            return refusal(profile, generation);
        }
        if (Fault.isKind(fault, AnswerFault.CONTENT_FILTER)) {
            return text(profile, draws, generation, fault, chosen).halved(profile, FinishReason.CONTENT_FILTER);
        }
        if (Fault.isKind(fault, AnswerFault.PAUSE_TURN)) {
            return text(profile, draws, generation, fault, chosen).halved(profile, FinishReason.PAUSE_TURN);
        }
        AnswerContent calls = calls(profile, seed, draws, generation, fault, chosen);
        return calls == null ? text(profile, draws, generation, fault, chosen) : calls;
    }

    /** Null for an answer that calls no tool. */
    private static @Nullable AnswerContent calls(
            Profile profile,
            long seed,
            Draws draws,
            GenerationRequest generation,
            @Nullable Fault fault,
            @Nullable ChosenResponse chosen) {
        int perChunk = profile.latency().decode().tokensPerChunk();
        if (chosen == null) {
            return ToolCalls.write(profile.agent(), perChunk, seed, draws, generation, fault);
        }
        List<Response.Call> calls = chosen.calls();
        return calls.isEmpty() || Fault.isKind(fault, AnswerFault.EMPTY_ANSWER)
                ? null
                : ToolCalls.of(calls, perChunk, draws, generation, fault);
    }

    /** The sentence of a model that refuses; a blocked prompt has no answer at all. */
    private static AnswerContent refusal(Profile profile, GenerationRequest generation) {
        if (generation.format().blocksPrompts()) {
            return empty(FinishReason.REFUSAL);
        }
        TokenizedText sentence = TokenizedText.of(REFUSAL);
        int allowed = generation.maxTokens() == null ? sentence.tokens() : generation.maxTokens();
        return of(profile, sentence.first(allowed), FinishReason.REFUSAL, null);
    }

    private AnswerContent halved(Profile profile, FinishReason reason) {
        TokenizedText whole = new TokenizedText(pieces);
        return of(profile, whole.first(Math.max(1, whole.tokens() / 2)), reason, null);
    }

    private static AnswerContent text(
            Profile profile,
            Draws draws,
            GenerationRequest generation,
            @Nullable Fault fault,
            @Nullable ChosenResponse chosen) {
        if (chosen != null) {
            return written(chosen, profile, generation, fault);
        }
        JsonSchema schema = generation.rules().document();
        return schema == null
                ? prose(profile, draws, generation, fault)
                : document(profile, schema, draws, generation, fault);
    }

    private static AnswerContent written(
            ChosenResponse chosen, Profile profile, GenerationRequest generation, @Nullable Fault fault) {
        if (Fault.isKind(fault, AnswerFault.EMPTY_ANSWER)) {
            return empty(FinishReason.END);
        }
        // Only a document can be broken; a text has no end to miss.
        boolean isDocument = generation.rules().document() != null;
        return document(
                profile,
                chosen.text(),
                generation,
                Fault.isKind(fault, AnswerFault.BROKEN_DOCUMENT) && !isDocument ? null : fault);
    }

    private static AnswerContent prose(
            Profile profile, Draws draws, GenerationRequest generation, @Nullable Fault fault) {
        int wanted = profile.outputLength().tokens(draws.stream("length"));
        int allowed = generation.maxTokens() == null ? wanted : generation.maxTokens();
        TokenizedText text =
                Fault.isKind(fault, AnswerFault.EMPTY_ANSWER) ? NO_TEXT : text(generation, wanted, allowed, draws);
        return ended(profile, text, wanted > allowed, generation.rules().stops());
    }

    /** The vocabulary takes most of a second to read, which a text that nobody reads is not worth. */
    private static TokenizedText text(GenerationRequest generation, int wanted, int allowed, Draws draws) {
        return generation.format().showsText()
                ? BookAnswer.write(generation.prompt(), wanted, allowed, draws.stream("text"))
                : TokenizedText.ofTokens(Math.min(wanted, allowed));
    }

    /** A document that obeys a schema; its length is its own. */
    private static AnswerContent document(
            Profile profile, JsonSchema schema, Draws draws, GenerationRequest generation, @Nullable Fault fault) {
        if (Fault.isKind(fault, AnswerFault.EMPTY_ANSWER)) {
            return empty(FinishReason.END);
        }
        return document(profile, schema.draw(draws.stream("document")), generation, fault);
    }

    private static AnswerContent document(
            Profile profile, String document, GenerationRequest generation, @Nullable Fault fault) {
        TokenizedText text = TokenizedText.of(
                Fault.isKind(fault, AnswerFault.BROKEN_DOCUMENT)
                        ? document.substring(0, (document.length() + 1) / 2)
                        : document);
        int allowed = generation.maxTokens() == null ? Integer.MAX_VALUE : generation.maxTokens();
        boolean cut = text.tokens() > allowed;
        return ended(
                profile,
                cut ? text.first(allowed) : text,
                cut,
                generation.rules().stops());
    }

    /** The text up to the first stop sequence, if it has one. */
    private static AnswerContent ended(Profile profile, TokenizedText text, boolean cut, List<String> stops) {
        FinishReason finishReason = cut ? FinishReason.MAX_TOKENS : FinishReason.END;
        if (stops.isEmpty()) {
            return of(profile, text, finishReason, null);
        }
        String whole = text.text();
        int end = whole.length();
        String first = null;
        for (String stop : stops) {
            int at = whole.indexOf(stop);
            if (at >= 0 && at < end) {
                end = at;
                first = stop;
            }
        }
        return first == null
                ? of(profile, text, finishReason, null)
                : of(profile, text.upTo(end), FinishReason.STOP_SEQUENCE, first);
    }

    private static AnswerContent of(Profile profile, TokenizedText text, FinishReason reason, @Nullable String stop) {
        Chunks chunks = (text.pieces().isEmpty() ? NO_TEXT : text)
                .chunks(profile.latency().decode().tokensPerChunk());
        return new AnswerContent(chunks, List.of(), reason, stop, text.pieces());
    }
}
