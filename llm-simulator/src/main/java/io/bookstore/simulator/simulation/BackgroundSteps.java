package io.bookstore.simulator.simulation;

import io.bookstore.simulator.state.LaterAnswer;
import io.bookstore.simulator.state.StreamPart;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a stream whose answer is in the background too: it ends with its stream, and its stream ends when it is called off.
 * A long wait for a step is divided, so that a cancellation is seen meanwhile.
 */
final class BackgroundSteps implements Iterator<Step> {

    private static final long LOOK_NANOS = 200_000_000;

    private final Iterator<Step> steps;
    private final LaterAnswer later;
    private final JournalEntry entry;
    private @Nullable Step pending;
    private long lookedNanos;
    private boolean over;

    BackgroundSteps(Iterator<Step> steps, LaterAnswer later, JournalEntry entry) {
        this.steps = steps;
        this.later = later;
        this.entry = entry;
    }

    /** The parts of a stream, without its head and its end. */
    static Iterator<StreamPart> parts(Iterator<Step> steps) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(steps, Spliterator.ORDERED), false)
                .filter(step -> step instanceof Step.Part)
                .map(step -> (Step.Part) step)
                .map(part -> new StreamPart(part.atNanos(), part.text()))
                .iterator();
    }

    @Override
    public boolean hasNext() {
        return !over && (pending != null || steps.hasNext());
    }

    @Override
    public Step next() {
        Step step = pending == null ? steps.next() : pending;
        if (step instanceof Step.Part && later.cancelled() != null) {
            over = true;
            entry.cancel(lookedNanos);
            return new Step.End(0);
        }
        if (step.atNanos() - lookedNanos > LOOK_NANOS) {
            pending = step;
            lookedNanos += LOOK_NANOS;
            return new Step.Part(lookedNanos, "", false);
        }
        pending = null;
        lookedNanos = step.atNanos();
        if (step instanceof Step.End) {
            later.endSent();
        }
        return step;
    }
}
