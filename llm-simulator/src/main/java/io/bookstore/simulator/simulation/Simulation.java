package io.bookstore.simulator.simulation;

import io.bookstore.simulator.cache.CacheUse;
import io.bookstore.simulator.cache.PromptCache;
import io.bookstore.simulator.draw.Draws;
import io.bookstore.simulator.fault.Fault;
import io.bookstore.simulator.journal.Attempt;
import io.bookstore.simulator.journal.Attempt.Asked;
import io.bookstore.simulator.journal.Attempt.Buckets;
import io.bookstore.simulator.journal.Attempt.Tokens;
import io.bookstore.simulator.journal.Journal;
import io.bookstore.simulator.latency.SlotWait;
import io.bookstore.simulator.limit.Admission;
import io.bookstore.simulator.limit.Admission.Admitted;
import io.bookstore.simulator.limit.Admission.Limited;
import io.bookstore.simulator.limit.Caller;
import io.bookstore.simulator.limit.Limiter;
import io.bookstore.simulator.rule.Answers;
import io.bookstore.simulator.rule.AnswersInForce;
import io.bookstore.simulator.rule.ChosenResponse;
import io.bookstore.simulator.rule.RuleRequest;
import io.bookstore.simulator.state.ProviderState;
import io.bookstore.simulator.verdict.ClientVerdicts;
import io.bookstore.simulator.wire.GenerationRequest;
import io.bookstore.simulator.wire.Operation;
import io.bookstore.simulator.wire.Refusal;
import io.bookstore.simulator.wire.ToolCall;
import io.bookstore.simulator.wire.WireFormat;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Decides what a provider does with a request: everything but the network. Thread-safe. */
public final class Simulation {

    private static final Refusal NO_ROOM =
            Refusal.of(Refusal.Kind.OVERLOADED, "Overloaded: too many requests are waiting");

    private final Clock clock;
    private final RunJournal journal;
    private final Behaviour initial;
    private final OwnAnswers answers;
    private final ServerMetrics metrics = new ServerMetrics();
    private final ProviderState state = new ProviderState();
    private volatile BehaviourInForce inForce;

    /** A simulation without own answers. */
    public Simulation(Behaviour behaviour, Journal journal, Clock clock) {
        this(behaviour, Answers.NONE, journal, clock);
    }

    public Simulation(Behaviour behaviour, Answers answers, Journal journal, Clock clock) {
        this.initial = behaviour;
        this.answers = new OwnAnswers(answers);
        this.journal = new RunJournal(journal);
        this.clock = clock;
        this.inForce = new BehaviourInForce(behaviour, clock.instant());
    }

    public Behaviour behaviour() {
        return inForce.behaviour();
    }

    /** Changes the behaviour from the next request on. Limits start full, the fault plan starts anew. */
    public void behave(Behaviour behaviour) {
        update(current -> behaviour);
    }

    /**
     * Changes the behaviour in force; of two changes at the same moment neither is lost.
     *
     * @return the behaviour now in force
     */
    public synchronized Behaviour update(UnaryOperator<Behaviour> change) {
        Behaviour changed = change.apply(behaviour());
        inForce = new BehaviourInForce(changed, clock.instant());
        return changed;
    }

    /** The own answers in force, with what they have answered. */
    public AnswersInForce answers() {
        return answers.inForce();
    }

    /** Changes the own answers from the next request on; a rule that stays goes on with its sequence. */
    public void answer(Answers changed) {
        answers.change(changed);
    }

    /**
     * Reads the file of the first answers again. All sequences begin anew, and a reset will come back to these answers.
     *
     * @throws IllegalArgumentException if there is no such file, or it is wrong; the answers stay as they are
     */
    public void reloadAnswers() {
        answers.reload();
    }

    /** Starts over with the first behaviour and answers, an empty journal, and nothing kept. */
    public void reset() {
        behave(initial);
        answers.reset();
        journal.beginAnew();
        state.clear(clock.instant());
    }

    /** Empties the journal, and what clients said of it. */
    public void forget() {
        journal.forget();
    }

    /** Takes a client's report on how its call ended; the last one counts. */
    public void report(String requestKey, boolean believed) {
        journal.reports().add(requestKey, believed);
    }

    public List<ClientVerdicts> verdicts() {
        return journal.reports().verdicts(journal().attempts());
    }

    public ServerMetrics metrics() {
        return metrics;
    }

    /** The journal, with all answers that have ended by now. */
    public Journal journal() {
        state.settle(clock.instant());
        return journal.journal();
    }

    /** The things that the providers keep. */
    public ProviderState state() {
        return state;
    }

    public Instant now() {
        return clock.instant();
    }

    /**
     * Answers a request that could be read, of an unknown sender and by no rule.
     *
     * @param asked the fault that the request asks for; null if it asks for none
     */
    public Script answer(
            WireFormat format,
            Operation operation,
            String requestKey,
            GenerationRequest generation,
            @Nullable Fault asked) {
        return answer(format, operation, new Sender(requestKey, Caller.NONE), generation, asked, null, null);
    }

    /**
     * Answers a request that could be read.
     *
     * @param asked the fault that the request asks for; null if it asks for none
     * @param rules the request as the rules of the own answers see it; null if they are not asked
     * @param batch that the request is in; null if it came alone
     */
    public Script answer(
            WireFormat format,
            Operation operation,
            Sender sender,
            GenerationRequest request,
            @Nullable Fault asked,
            @Nullable RuleRequest rules,
            @Nullable InBatch batch) {
        // In this order: a reset changes the behaviour before the run.
        Run counted = journal.run();
        BehaviourInForce current = inForce;
        Instant now = clock.instant();
        OwnAnswers.Choice own = answers.choose(operation, rules);
        ChosenResponse chosen = own.response();
        GenerationRequest generation = own.billed(request);
        Asked wanted = new Asked(
                format.provider(),
                operation,
                generation.model(),
                generation.streaming(),
                InBatch.id(batch),
                counted.brokenTexts().trustedBy(rules));
        Arrival arrival = Arrival.of(format, counted, sender, wanted, current, chosen);
        Draws draws = arrival.draws();
        Refusal unmatched = own.refusal();
        Fault fault = unmatched == null ? current.fault(asked, chosen, draws, now) : null;
        Refusal refusal = unmatched == null ? Refusals.ofFault(fault, generation) : unmatched;
        Limiter limiter = current.limiter(format, operation, batch, sender.caller(), generation.model());
        if (refusal != null) {
            Refusals.count(refusal, limiter, now);
            return refused(arrival, refusal, Map.of(), fault, null);
        }

        PromptCache cache = current.cache(format.provider());
        CacheUse cached = cache.look(generation.model(), generation.cacheable(), now);
        AnswerDraft draft = AnswerDraft.of(current.behaviour(), draws, operation, generation, cached, fault, chosen);
        int written = draft.written();
        Admission admission = limiter.admit(
                format.limitsCachedTokens() ? generation.inputTokens() : generation.inputTokens() - cached.read(),
                generation.maxTokensOfAll(),
                written,
                now);
        Map<String, String> limitHeaders = format.limitHeaders(admission.report(), now);
        if (admission instanceof Limited limited) {
            return refused(arrival, Refusals.overLimit(limited), limitHeaders, null, Buckets.of(admission.report()));
        }
        SlotWait wait = current.takeSlot(format.provider(), operation, batch, draft.timing(), draws, now);
        if (wait == null) {
            limiter.settle((Admitted) admission, 0, now);
            return refused(arrival, NO_ROOM, limitHeaders, null, Buckets.of(admission.report()));
        }
        cache.keep(generation.model(), generation.cacheable(), now);
        AnswerDraft.Planned plan = draft.plan(wait, draws.stream("id").id(ToolCall.ID_LENGTH), now);
        long sequence = counted.nextSequence();
        counted.brokenTexts().keep(draft, sequence);

        Consumer<Attempt> atEnd = plan.atEnd(batch);
        JournalEntry entry = new JournalEntry(
                attempt -> {
                    limiter.settle((Admitted) admission, written, clock.instant());
                    if (counted == journal.run()) {
                        atEnd.accept(attempt);
                    }
                    journal.write(counted, attempt);
                },
                metrics,
                sequence,
                arrival.key(),
                now,
                wanted,
                new JournalEntry.Decision(
                        operation.isFree()
                                ? null
                                : new Tokens(generation.inputTokens(), written, cached.read(), cached.written()),
                        new JournalEntry.Planned(plan.timing(), wait),
                        fault == null ? null : fault.text(),
                        null,
                        Buckets.of(admission.report()),
                        arrival.rule()));
        return batch == null
                ? plan.script(arrival.headers(limitHeaders, wait), entry)
                : Script.ofBatch(plan.later(entry, batch.delay().queuedNanos()));
    }

    /**
     * Refuses a request that asked for an answer, and could not be read or not be served.
     *
     * @param batch that the request is in; null if it came alone
     */
    public Script refuse(
            WireFormat format, Operation operation, Sender sender, Refusal refusal, @Nullable InBatch batch) {
        Run counted = journal.run();
        BehaviourInForce current = inForce;
        Refusals.count(refusal, current.limiter(format, operation, batch, sender.caller(), null), clock.instant());
        Asked wanted = new Asked(format.provider(), operation, null, false, InBatch.id(batch), null);
        return refused(Arrival.of(format, counted, sender, wanted, current, null), refusal, Map.of(), null, null);
    }

    private Script refused(
            Arrival arrival,
            Refusal refusal,
            Map<String, String> headers,
            @Nullable Fault fault,
            @Nullable Buckets buckets) {
        WireFormat format = arrival.format();
        JournalEntry entry = new JournalEntry(
                attempt -> journal.write(arrival.run(), attempt),
                metrics,
                arrival.run().nextSequence(),
                arrival.key(),
                clock.instant(),
                arrival.asked(),
                new JournalEntry.Decision(
                        null,
                        null,
                        fault == null ? null : fault.text(),
                        format.tellsHowLongToWait() ? refusal.retryAfter() : null,
                        buckets,
                        arrival.rule()));
        return new Script(
                List.<Step>of(Refusals.step(format, refusal, arrival.requestId(), headers))
                        .iterator(),
                entry);
    }

    /** A refusal in the provider's own words. */
    public static Step error(WireFormat format, Refusal refusal, String requestId) {
        return Refusals.step(format, refusal, requestId, Map.of());
    }
}
