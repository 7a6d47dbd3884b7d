package io.bookstore.simulator.verdict;

import io.bookstore.simulator.fault.AnswerFault;
import io.bookstore.simulator.journal.Attempt;
import io.bookstore.simulator.journal.Attempt.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
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
            Instant answered = attempt.planned() == null
                    ? attempt.time()
                    : attempt.time().plusNanos(Math.round(attempt.actual().durationMs() * NANOS_PER_MILLI));
            return Duration.between(answered, next.time());
        }
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

    private static boolean hasFault(Attempt attempt, Set<AnswerFault> kinds) {
        String fault = attempt.result().fault();
        return fault != null && kinds.stream().anyMatch(kind -> kind.text().equals(fault.replaceFirst(":.*", "")));
    }
}
