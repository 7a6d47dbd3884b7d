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
 */
record AnswerContent(
        Chunks chunks,
        List<ToolCall> calls,
        FinishReason finishReason,
        @Nullable String stop) {

    private static final TokenizedText NO_TEXT = new TokenizedText(List.of(new Piece("", 0)));

    /** The content of an answer without text. */
    static AnswerContent empty(FinishReason finishReason) {
        return new AnswerContent(NO_TEXT.chunks(1), List.of(), finishReason, null);
    }

    static AnswerContent write(
            Profile profile, long seed, Draws draws, GenerationRequest generation, @Nullable Fault fault) {
        AnswerContent calls = ToolCalls.write(
                profile.agent(), profile.latency().decode().tokensPerChunk(), seed, draws, generation, fault);
        if (calls != null) {
            return calls;
        }
        JsonSchema schema = generation.rules().document();
        return schema == null
                ? prose(profile, draws, generation, fault)
                : document(profile, schema, draws, generation, fault);
    }

    /** The content that a rule of the own answers has written. */
    static AnswerContent of(
            ChosenResponse chosen,
            Profile profile,
            Draws draws,
            GenerationRequest generation,
            @Nullable Fault fault) {
        if (Fault.isKind(fault, AnswerFault.EMPTY_ANSWER)) {
            return empty(FinishReason.END);
        }
        List<Response.Call> calls = chosen.calls();
        if (!calls.isEmpty()) {
            return ToolCalls.of(calls, profile.latency().decode().tokensPerChunk(), draws, generation, fault);
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
        TokenizedText text = Fault.isKind(fault, AnswerFault.EMPTY_ANSWER)
                ? NO_TEXT
                : BookAnswer.write(generation.prompt(), wanted, allowed, draws.stream("text"));
        return ended(profile, text, wanted > allowed, generation.rules().stops());
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
        int perChunk = profile.latency().decode().tokensPerChunk();
        FinishReason finishReason = cut ? FinishReason.MAX_TOKENS : FinishReason.END;
        if (stops.isEmpty()) {
            return new AnswerContent(chunks(text, perChunk), List.of(), finishReason, null);
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
                ? new AnswerContent(chunks(text, perChunk), List.of(), finishReason, null)
                : new AnswerContent(chunks(text.upTo(end), perChunk), List.of(), FinishReason.STOP_SEQUENCE, first);
    }

    private static Chunks chunks(TokenizedText text, int perChunk) {
        return (text.pieces().isEmpty() ? NO_TEXT : text).chunks(perChunk);
    }
}
