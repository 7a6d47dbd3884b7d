package io.bookstore.simulator.verdict;

import io.bookstore.simulator.fault.AnswerFault;
import io.bookstore.simulator.fault.Fault;
import io.bookstore.simulator.journal.Attempt;
import io.bookstore.simulator.journal.Attempt.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request and its retries. A request after a whole answer is another call, though it has the same key.
 *
 * @param attempts in their order, at least one
 * @param believed whether the client said that it has a whole answer; null if it said nothing
 */
record Call(String key, List<Attempt> attempts, @Nullable Boolean believed) {

    private static final long NANOS_PER_MILLI = 1_000_000;

    // The keys that the simulator makes itself: of the body, or of the trace and the body.
    private static final Pattern MADE_KEY = Pattern.compile("(body|[0-9a-f]{32})-[0-9a-f]{1,16}");

    /** The failures that may be over at the next attempt. */
    private static final Set<Integer> RETRYABLE = Set.of(429, 500, 503, 504, 529);

    private static final Set<AnswerFault> CUTTING =
            EnumSet.of(AnswerFault.ERROR_EVENT, AnswerFault.MALFORMED_FRAME, AnswerFault.NO_TERMINATOR);

    /** An attempt and the next one that the client made; null if it made none. */
    record Reaction(Attempt attempt, @Nullable Attempt next) {

        /**
         * The time from the end of the answer to the next request's arrival; null if there was none. A refusal is dated when it is
         * sent: adding its duration would hold the simulator's own slowness against the client.
         */
        @Nullable
        Duration pause() {
            if (next == null) {
                return null;
            }
            Instant answered = attempt.planned() == null ? attempt.time() : end(attempt);
            return Duration.between(answered, next.time());
        }
    }

    Attempt first() {
        return attempts.get(0);
    }

    String provider() {
        return first().asked().provider();
    }

    /**
     * The calls of each client. Calls without a key of their own are left out: equal requests of two users look like a call
     * and its retry.
     */
    static Map<String, List<Call>> byClient(List<Call> calls) {
        return calls.stream()
                .filter(call -> !MADE_KEY.matcher(call.key()).matches())
                .collect(Collectors.groupingBy(
                        call -> Objects.requireNonNullElse(call.first().key().client(), "without a key"),
                        TreeMap::new,
                        Collectors.toList()));
    }

    Stream<Reaction> reactions() {
        return IntStream.range(0, attempts.size())
                .mapToObj(i -> new Reaction(attempts.get(i), i + 1 < attempts.size() ? attempts.get(i + 1) : null));
    }

    /** A stream whose status said 200 and whose end never came, or came as an error. */
    static boolean cut(Attempt attempt) {
        return attempt.asked().streaming()
                && attempt.result().status() == 200
                && (attempt.result().outcome() == Outcome.CUT || hasFault(attempt, CUTTING));
    }

    /** A 200 that was sent to its end and can be read: there is nothing left to ask for. */
    static boolean whole(Attempt attempt) {
        return attempt.result().status() == 200
                && attempt.result().outcome() == Outcome.COMPLETED
                && !hasFault(attempt, CUTTING)
                && !hasFault(attempt, Set.of(AnswerFault.EMPTY_ANSWER));
    }

    /** A failure that may be over at the next attempt. */
    static boolean retryable(Attempt attempt) {
        return RETRYABLE.contains(attempt.result().status())
                && !"insufficient-quota".equals(attempt.result().fault());
    }

    /** The time that a fault kept the answer from going on; 0 without one. */
    static long stallMs(Attempt attempt) {
        String fault = attempt.result().fault();
        return fault != null && Fault.parse(fault) instanceof Fault.Broken broken && broken.kind() == AnswerFault.STALL
                ? broken.number()
                : 0;
    }

    static Instant end(Attempt attempt) {
        return attempt.time().plusNanos(Math.round(attempt.actual().durationMs() * NANOS_PER_MILLI));
    }

    /** A stream of which one frame was cut in half. */
    static boolean malformed(Attempt attempt) {
        return attempt.asked().streaming() && hasFault(attempt, Set.of(AnswerFault.MALFORMED_FRAME));
    }

    private static boolean hasFault(Attempt attempt, Set<AnswerFault> kinds) {
        String fault = attempt.result().fault();
        if (fault == null) {
            return false;
        }
        int number = fault.indexOf(':');
        String name = number < 0 ? fault : fault.substring(0, number);
        return kinds.stream().anyMatch(kind -> kind.text().equals(name));
    }
}
