package io.bookstore.simulator.simulation;

import io.bookstore.simulator.fault.AnswerFault;
import io.bookstore.simulator.fault.Fault;
import io.bookstore.simulator.wire.AnswerFormat;
import io.bookstore.simulator.wire.Refusal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The steps of an answer with a fault in them. A document is broken like a stream: it is sent in slices. */
final class BrokenSteps implements Iterator<Step> {

    private static final int SLICES = 8;
    private static final int CHUNKS_BEFORE_STALL = 3;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long SHORTEST_REPEAT_NANOS = 10 * NANOS_PER_MILLI;

    private final Fault.Broken fault;
    private final Failure failure;
    private final Iterator<Step> steps;
    private final IntFunction<String> more;
    private final ArrayDeque<Step> pending = new ArrayDeque<>();
    private final List<Step.Part> sent = new ArrayList<>();
    private boolean struck;
    private boolean over;
    private long delayNanos;
    private int repeats;

    /** Writes the failure of an answer of which so many chunks have been sent. */
    private interface Failure {

        String text(Refusal refusal, int chunks);
    }

    /** @param more the text of a part that comes after so many others, whether or not the answer has as many */
    private BrokenSteps(Fault.Broken fault, Failure failure, Iterator<Step> steps, IntFunction<String> more) {
        this.fault = fault;
        this.failure = failure;
        this.steps = steps;
        this.more = more;
    }

    static BrokenSteps ofStream(Fault.Broken fault, StreamSteps steps) {
        return new BrokenSteps(fault, steps::failure, steps, steps::chunk);
    }

    static BrokenSteps ofDocument(Fault.Broken fault, AnswerFormat format, Step.Whole document) {
        return new BrokenSteps(fault, format::failure, sliced(document), i -> slice(document.body(), i % (SLICES - 1)));
    }

    /** A document as the slices of one. The last counts as its end, like the end marker of a stream. */
    private static Iterator<Step> sliced(Step.Whole document) {
        long at = document.atNanos();
        Stream<Step> head = Stream.of(new Step.Head(at, document.status(), document.contentType(), document.headers()));
        Stream<Step> slices =
                IntStream.range(0, SLICES).mapToObj(i -> new Step.Part(at, slice(document.body(), i), i < SLICES - 1));
        return Stream.of(head, slices, Stream.<Step>of(new Step.End(at)))
                .flatMap(part -> part)
                .iterator();
    }

    private static String slice(String body, int i) {
        return body.substring(body.length() * i / SLICES, body.length() * (i + 1) / SLICES);
    }

    @Override
    public boolean hasNext() {
        return !pending.isEmpty() || !over && steps.hasNext();
    }

    @Override
    public Step next() {
        while (pending.isEmpty()) {
            if (over || !steps.hasNext()) {
                throw new NoSuchElementException();
            }
            breakUp(steps.next());
        }
        Step step = pending.poll();
        if (struck && fault.kind() == AnswerFault.ENDLESS_ANSWER && pending.isEmpty()) {
            pending.add(repeated());
        }
        return step;
    }

    private void breakUp(Step step) {
        boolean content = step instanceof Step.Part part && part.content();
        boolean closing = !content && !sent.isEmpty();
        if (content) {
            sent.add((Step.Part) step);
        }
        boolean enough = sent.size() > fault.number() || closing;
        switch (fault.kind()) {
            case RESET_BEFORE_HEADERS -> endWith(new Step.Reset(step.atNanos()));
            case RESET_AFTER_HEADERS -> endWith(step, new Step.Reset(step.atNanos()));
            case RESET_AFTER_CHUNKS -> {
                if (enough) {
                    endWith(new Step.Reset(step.atNanos()));
                } else {
                    pending.add(step);
                }
            }
            case ERROR_EVENT -> {
                if (enough) {
                    Refusal overloaded = Refusal.of(Refusal.Kind.OVERLOADED, "Injected fault " + fault.text());
                    int before = content ? sent.size() - 1 : sent.size();
                    endWith(
                            new Step.Part(step.atNanos(), failure.text(overloaded, before), false),
                            new Step.End(step.atNanos()));
                } else {
                    pending.add(step);
                }
            }
            case MALFORMED_FRAME -> {
                pending.add(enough && !struck ? halved(step) : step);
                struck |= enough;
            }
            case NO_TERMINATOR -> {
                if (!closing || step instanceof Step.End) {
                    pending.add(step);
                }
            }
            case SLOW_DRIP -> {
                delayNanos += content ? fault.number() * NANOS_PER_MILLI : 0;
                pending.add(later(step));
            }
            case STALL -> {
                if (!struck && (sent.size() > CHUNKS_BEFORE_STALL || closing)) {
                    struck = true;
                    delayNanos = fault.number() * NANOS_PER_MILLI;
                }
                pending.add(later(step));
            }
            case ENDLESS_ANSWER -> {
                struck = closing;
                over = closing;
                pending.add(closing ? repeated() : step);
            }
            // The answer itself is wrong, not the way it is sent.
            case WRONG_USAGE,
                    EMPTY_ANSWER,
                    BROKEN_DOCUMENT,
                    REFUSAL,
                    CONTENT_FILTER,
                    PAUSE_TURN,
                    REDACTED_THINKING,
                    BAD_ARGUMENTS,
                    UNKNOWN_TOOL,
                    ENDLESS_LOOP -> pending.add(step);
        }
    }

    private void endWith(Step... last) {
        pending.addAll(List.of(last));
        over = true;
    }

    private Step.Part repeated() {
        Step.Part first = sent.get(0);
        Step.Part last = sent.get(sent.size() - 1);
        long gap = Math.max(SHORTEST_REPEAT_NANOS, (last.atNanos() - first.atNanos()) / sent.size());
        String text = more.apply(sent.size() + repeats);
        repeats++;
        return new Step.Part(last.atNanos() + repeats * gap, text, true);
    }

    private static Step halved(Step step) {
        return step instanceof Step.Part part
                ? new Step.Part(
                        part.atNanos(), part.text().substring(0, part.text().length() / 2) + "\n\n", part.content())
                : step;
    }

    private Step later(Step step) {
        long at = step.atNanos() + delayNanos;
        if (step instanceof Step.Part part) {
            return new Step.Part(at, part.text(), part.content());
        }
        if (step instanceof Step.Head head) {
            return new Step.Head(at, head.status(), head.contentType(), head.headers(), head.charset());
        }
        return step instanceof Step.End ? new Step.End(at) : step;
    }
}
