package io.bookstore.simulator;

import io.bookstore.simulator.journal.Attempt;
import io.bookstore.simulator.journal.Attempt.Asked;
import io.bookstore.simulator.journal.Attempt.Key;
import io.bookstore.simulator.journal.Attempt.Outcome;
import io.bookstore.simulator.journal.Attempt.Result;
import io.bookstore.simulator.journal.Attempt.Timing;
import io.bookstore.simulator.journal.Attempt.Tokens;
import io.bookstore.simulator.journal.Attempt.Waiting;
import io.bookstore.simulator.latency.ResponsePlan;
import io.bookstore.simulator.latency.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The line of the journal that is being lived through. Confined to one event loop. */
final class JournalEntry {

    private static final double NANOS_PER_MILLI = 1e6;

    private final Consumer<Attempt> journal;
    private final ServerMetrics metrics;
    private final long sequence;
    private final Key key;
    private final Instant time;
    private final Asked asked;
    private final @Nullable Tokens tokens;
    private final @Nullable Planned planned;
    private final @Nullable String fault;
    private final @Nullable Duration retryAfter;

    private int status;
    private @Nullable Double ttftMs;
    private boolean written;

    JournalEntry(
            Consumer<Attempt> journal,
            ServerMetrics metrics,
            long sequence,
            Key key,
            Instant time,
            Asked asked,
            @Nullable Tokens tokens,
            @Nullable Planned planned,
            @Nullable String fault,
            @Nullable Duration retryAfter) {
        this.journal = journal;
        this.metrics = metrics;
        this.sequence = sequence;
        this.key = key;
        this.time = time;
        this.asked = asked;
        this.tokens = tokens;
        this.planned = planned;
        this.fault = fault;
        this.retryAfter = retryAfter;
        metrics.started();
    }

    void statusSent(int sent) {
        status = sent;
    }

    /** Both in nanoseconds since the request arrived. */
    void textSent(long dueNanos, long nanosSinceArrival) {
        metrics.chunkSent(nanosSinceArrival - dueNanos);
        if (ttftMs == null) {
            ttftMs = nanosSinceArrival / NANOS_PER_MILLI;
        }
    }

    /** Writes the line, the first time it is called. */
    void end(Outcome outcome, long nanosSinceArrival) {
        if (written) {
            return;
        }
        written = true;
        Attempt attempt = new Attempt(
                sequence,
                key,
                time,
                asked,
                new Result(
                        status,
                        outcome,
                        tokens,
                        fault,
                        retryAfter == null ? null : Double.valueOf(retryAfter.toNanos() / NANOS_PER_MILLI)),
                planned == null ? null : planned.timing(),
                new Timing(ttftMs, nanosSinceArrival / NANOS_PER_MILLI),
                planned == null ? null : planned.waiting());
        metrics.ended(attempt);
        journal.accept(attempt);
    }

    /** What the simulator means to do. */
    record Planned(ResponsePlan plan, Turn turn) {

        Timing timing() {
            return new Timing(plan.firstTokenNanos() / NANOS_PER_MILLI, plan.durationNanos() / NANOS_PER_MILLI);
        }

        @Nullable
        Waiting waiting() {
            return turn.equals(Turn.AT_ONCE)
                    ? null
                    : new Waiting(
                            turn.queuedNanos() / NANOS_PER_MILLI, turn.loadNanos() / NANOS_PER_MILLI, turn.factor());
        }
    }
}
