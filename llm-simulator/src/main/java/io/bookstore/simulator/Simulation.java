package io.bookstore.simulator;

import io.bookstore.simulator.answer.BookAnswer;
import io.bookstore.simulator.answer.TokenizedText;
import io.bookstore.simulator.answer.TokenizedText.Piece;
import io.bookstore.simulator.draw.Draw;
import io.bookstore.simulator.draw.Draws;
import io.bookstore.simulator.journal.Attempt.Asked;
import io.bookstore.simulator.journal.Attempt.Key;
import io.bookstore.simulator.journal.Attempt.Tokens;
import io.bookstore.simulator.journal.Journal;
import io.bookstore.simulator.latency.Profile;
import io.bookstore.simulator.latency.ResponsePlan;
import io.bookstore.simulator.wire.Answer;
import io.bookstore.simulator.wire.Answer.FinishReason;
import io.bookstore.simulator.wire.Answer.Timing;
import io.bookstore.simulator.wire.Answer.Usage;
import io.bookstore.simulator.wire.Generation;
import io.bookstore.simulator.wire.Refusal;
import io.bookstore.simulator.wire.WireError;
import io.bookstore.simulator.wire.WireFormat;
import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Decides what a provider does with a request: everything but the network. Thread-safe. */
final class Simulation {

    private static final String ID_ALPHABET = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final int ID_CHARS = 24;

    private final Clock clock;
    private final Journal journal;
    private final Occurrences occurrences = new Occurrences();
    private final AtomicLong sequence = new AtomicLong();
    private volatile Behaviour behaviour;

    Simulation(Behaviour behaviour, Journal journal, Clock clock) {
        this.behaviour = behaviour;
        this.journal = journal;
        this.clock = clock;
    }

    Behaviour behaviour() {
        return behaviour;
    }

    Journal journal() {
        return journal;
    }

    /** Answers a request that could be read. */
    Script answer(WireFormat format, String requestKey, Generation generation) {
        Behaviour current = behaviour;
        Key key = new Key(requestKey, occurrences.next(requestKey));
        Draws draws = Draws.of(current.seed(), key.requestKey(), key.attempt());
        Profile profile = current.profile();

        int wanted = profile.outputLength().tokens(draws.stream("length"));
        int allowed = generation.maxTokens() == null ? wanted : generation.maxTokens();
        TokenizedText text = BookAnswer.write(generation.prompt(), wanted, allowed, draws.stream("text"));
        List<Piece> chunks = text.chunks(profile.latency().decode().tokensPerChunk());
        ResponsePlan plan = profile.latency()
                .plan(
                        draws,
                        generation.inputTokens(),
                        chunks.stream().mapToInt(Piece::tokens).toArray());
        Answer answer = new Answer(
                id(draws.stream("id")),
                generation.model(),
                text.text(),
                new Usage(generation.inputTokens(), text.tokens()),
                wanted > allowed ? FinishReason.MAX_TOKENS : FinishReason.END,
                clock.instant(),
                new Timing(0, plan.firstTokenNanos(), plan.durationNanos() - plan.firstTokenNanos()));
        JournalEntry entry = new JournalEntry(
                journal,
                sequence.incrementAndGet(),
                key,
                answer.created(),
                new Asked(format.provider(), generation.model(), generation.streaming()),
                new Tokens(generation.inputTokens(), text.tokens()),
                plan,
                null);
        return new Script(steps(format, generation, answer, chunks, plan, requestId(draws)), entry);
    }

    /** Refuses a request that asked for an answer, and could not be read or not be served. */
    Script refuse(WireFormat format, String requestKey, Refusal refusal) {
        Key key = new Key(requestKey, occurrences.next(requestKey));
        Draws draws = Draws.of(behaviour.seed(), key.requestKey(), key.attempt());
        JournalEntry entry = new JournalEntry(
                journal,
                sequence.incrementAndGet(),
                key,
                clock.instant(),
                new Asked(format.provider(), null, false),
                null,
                null,
                null);
        return new Script(List.of(error(format, refusal, requestId(draws))).iterator(), entry);
    }

    /** A refusal in the provider's own words. */
    static Step error(WireFormat format, Refusal refusal, String requestId) {
        WireError error = format.error(refusal, requestId);
        return new Step.Whole(0, error.status(), "application/json", format.requestHeaders(requestId), error.body());
    }

    private static Iterator<Step> steps(
            WireFormat format,
            Generation generation,
            Answer answer,
            List<Piece> chunks,
            ResponsePlan plan,
            String requestId) {
        Map<String, String> headers = format.requestHeaders(requestId);
        if (generation.streaming()) {
            return new StreamSteps(generation.format(), answer, chunks, plan, headers);
        }
        Step whole = new Step.Whole(
                plan.durationNanos(),
                200,
                generation.format().contentType(),
                headers,
                generation.format().whole(answer));
        return List.of(whole).iterator();
    }

    private static String requestId(Draws draws) {
        return "req_01" + id(draws.stream("request-id"));
    }

    private static String id(Draw draw) {
        StringBuilder id = new StringBuilder(ID_CHARS);
        for (int i = 0; i < ID_CHARS; i++) {
            id.append(ID_ALPHABET.charAt(draw.below(ID_ALPHABET.length())));
        }
        return id.toString();
    }
}
