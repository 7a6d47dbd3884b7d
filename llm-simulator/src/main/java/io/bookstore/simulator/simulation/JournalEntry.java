package io.bookstore.simulator.simulation;

import io.bookstore.simulator.journal.Attempt;
import io.bookstore.simulator.journal.Attempt.Asked;
import io.bookstore.simulator.journal.Attempt.Buckets;
import io.bookstore.simulator.journal.Attempt.Key;
import io.bookstore.simulator.journal.Attempt.Outcome;
import io.bookstore.simulator.journal.Attempt.Result;
import io.bookstore.simulator.journal.Attempt.Timing;
import io.bookstore.simulator.journal.Attempt.Tokens;
import io.bookstore.simulator.journal.Attempt.Waiting;
import io.bookstore.simulator.journal.ChunkTimes;
import io.bookstore.simulator.latency.ResponsePlan;
import io.bookstore.simulator.latency.SlotWait;
import io.bookstore.simulator.state.PendingLine;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The journal entry of a request under way. Used by one thread at a time. */
public final class JournalEntry implements PendingLine {

    private static final double NANOS_PER_MILLI = 1e6;

    private final Consumer<Attempt> journal;
    private final ServerMetrics metrics;
    private final long sequence;
    private final Key key;
    private final Instant time;
    private final Asked asked;
    private final Decision decision;
    private final ChunkTimes.Recorder chunks = new ChunkTimes.Recorder();

    private int status;
    private @Nullable Double ttftMs;
    private boolean written;

    public JournalEntry(
            Consumer<Attempt> journal,
            ServerMetrics metrics,
            long sequence,
            Key key,
            Instant time,
            Asked asked,
            Decision decision) {
        this.journal = journal;
        this.metrics = metrics;
        this.sequence = sequence;
        this.key = key;
        this.time = time;
        this.asked = asked;
        this.decision = decision;
        metrics.countStart();
    }

    public void recordStatus(int sent) {
        status = sent;
    }

    /** Records a chunk; both times are in nanoseconds since the request arrived. */
    public void recordText(long dueNanos, long nanosSinceArrival) {
        metrics.countChunk(nanosSinceArrival - dueNanos);
        chunks.add(dueNanos, nanosSinceArrival);
        if (ttftMs == null) {
            ttftMs = nanosSinceArrival / NANOS_PER_MILLI;
        }
    }

    @Override
    public void complete(int sent, long nanosSinceArrival) {
        recordStatus(sent);
        end(sent < 400 ? Outcome.COMPLETED : Outcome.REFUSED, nanosSinceArrival);
    }

    @Override
    public void cancel(long nanosSinceArrival) {
        end(Outcome.ABANDONED, nanosSinceArrival, decision.unbilled());
    }

    /** Writes the line, the first time it is called. */
    public void end(Outcome outcome, long nanosSinceArrival) {
        end(outcome, nanosSinceArrival, decision);
    }

    private void end(Outcome outcome, long nanosSinceArrival, Decision decided) {
        if (written) {
            return;
        }
        written = true;
        Planned planned = decision.planned();
        Attempt attempt = new Attempt(
                sequence,
                key,
                time,
                asked,
                decided.result(status, outcome),
                planned == null ? null : planned.timing(),
                new Timing(ttftMs, nanosSinceArrival / NANOS_PER_MILLI),
                planned == null ? null : planned.waiting(),
                chunks.times());
        journal.accept(attempt);
        metrics.countEnd(attempt);
    }

    /**
     * The decision on a request that has arrived.
     *
     * @param tokens  null if nothing is billed
     * @param planned null if the request is refused
     * @param fault   null if none was injected
     * @param retryAfter null if the client is not asked to come back
     * @param buckets null if the limits were not asked for, or there are none
     * @param rule    the rule of the own answers that answers; null if none does
     */
    public record Decision(
            @Nullable Tokens tokens,
            @Nullable Planned planned,
            @Nullable String fault,
            @Nullable Duration retryAfter,
            @Nullable Buckets buckets,
            @Nullable String rule) {

        private Decision unbilled() {
            return new Decision(null, planned, fault, retryAfter, buckets, rule);
        }

        private Result result(int status, Outcome outcome) {
            return new Result(
                    status,
                    outcome,
                    tokens,
                    fault,
                    retryAfter == null ? null : Double.valueOf(retryAfter.toNanos() / NANOS_PER_MILLI),
                    buckets,
                    rule);
        }
    }

    /** The planned times of an answer. */
    public record Planned(ResponsePlan plan, SlotWait delay) {

        Timing timing() {
            return new Timing(plan.firstTokenNanos() / NANOS_PER_MILLI, plan.durationNanos() / NANOS_PER_MILLI);
        }

        @Nullable
        Waiting waiting() {
            return delay.equals(SlotWait.NONE)
                    ? null
                    : new Waiting(
                            delay.queuedNanos() / NANOS_PER_MILLI, delay.loadNanos() / NANOS_PER_MILLI, delay.factor());
        }
    }
}
