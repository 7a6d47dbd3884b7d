package io.bookstore.simulator.record;

import io.bookstore.simulator.record.Recorded.Outcome;
import io.bookstore.simulator.simulation.PriorAnswers;
import io.bookstore.simulator.simulation.Script;
import io.bookstore.simulator.simulation.Step;
import io.bookstore.simulator.wire.Refusal.Kind;
import io.bookstore.simulator.wire.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The answers of a recording, at their times. The n-th of equal requests gets the n-th answer that was recorded for them, and
 * those after the last get the last. Thread-safe.
 */
final class Replay implements PriorAnswers {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final String CONTENT_TYPE = "content-type";
    private static final String CONTENT_LENGTH = "content-length";

    private final Map<String, Equal> byKey = new LinkedHashMap<>();
    private final double speed;
    private final boolean strict;

    /** The answers to equal requests. */
    private static final class Equal {

        private final List<Recorded> answers = new ArrayList<>();
        private final AtomicInteger asked = new AtomicInteger();

        private Recorded next() {
            int last = answers.size() - 1;
            return answers.get(asked.getAndUpdate(number -> Math.min(number + 1, last)));
        }
    }

    /**
     * @param speed  how many times as fast as recorded, above 0
     * @param strict true to refuse a request that was not recorded
     */
    Replay(List<Recorded> lines, double speed, boolean strict) {
        if (!(speed > 0) || speed == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("--speed must be above 0, was " + speed);
        }
        this.speed = speed;
        this.strict = strict;
        // Of an answer whose client went away the end is unknown.
        lines.stream()
                .filter(line -> line.outcome() != Outcome.CANCELLED)
                .forEach(line -> byKey.computeIfAbsent(line.request().key(), any -> new Equal())
                        .answers
                        .add(line));
    }

    /** The number of different requests that have an answer. */
    int requests() {
        return byKey.size();
    }

    @Override
    public @Nullable Script answer(String method, String path, String query, byte[] body) {
        RequestForm request = RequestForm.of(method, path, query, body);
        Equal equal = byKey.get(request.key());
        if (equal != null) {
            return new Script(steps(equal.next()).iterator(), null);
        }
        if (strict) {
            throw new RefusedException(Kind.NOT_FOUND, unmatched(request));
        }
        return null;
    }

    /** The steps of an answer, at the speed of this replay. */
    List<Step> steps(Recorded line) {
        Map<String, String> headers = new TreeMap<>(line.headers());
        String type = headers.remove(CONTENT_TYPE);
        String contentType = type == null ? "application/octet-stream" : type;
        boolean knownLength = headers.remove(CONTENT_LENGTH) != null;
        if (knownLength && line.outcome() == Outcome.COMPLETED) {
            String text = Recorded.text(line.body());
            if (text != null) {
                return List.of(new Step.Whole(at(line.durationMs()), line.status(), contentType, headers, text));
            }
        }
        List<Step> steps = new ArrayList<>();
        if (line.status() != 0) {
            // A charset of one byte a character takes any bytes.
            steps.add(
                    new Step.Head(at(line.headMs()), line.status(), contentType, headers, StandardCharsets.ISO_8859_1));
            for (Recorded.Chunk chunk : line.chunks()) {
                steps.add(new Step.Part(at(chunk.ms()), new String(chunk.bytes(), StandardCharsets.ISO_8859_1), true));
            }
        }
        steps.add(
                line.outcome() == Outcome.COMPLETED
                        ? new Step.End(at(line.durationMs()))
                        : new Step.Reset(at(line.durationMs())));
        return steps;
    }

    private long at(double millis) {
        return Math.round(millis * NANOS_PER_MILLI / speed);
    }

    /** The refusal of a request that was not recorded, with the least difference to one that was. */
    private String unmatched(RequestForm request) {
        String refused = request.endpoint() + " was not recorded as it is asked: ";
        List<RequestForm> recorded = byKey.values().stream()
                .map(equal -> equal.answers.get(0).request())
                .toList();
        return recorded.stream()
                .filter(each -> each.endpoint().equals(request.endpoint()))
                .min(Comparator.comparingInt(each -> each.distance(request)))
                .map(nearest -> refused + "the nearest recorded request differs " + request.difference(nearest)
                        + "; record it, or replay without --strict")
                .orElseGet(() -> refused + "the recording has "
                        + recorded.stream()
                                .map(RequestForm::endpoint)
                                .distinct()
                                .sorted()
                                .collect(Collectors.joining(", "))
                        + "; record it, or replay without --strict");
    }
}
