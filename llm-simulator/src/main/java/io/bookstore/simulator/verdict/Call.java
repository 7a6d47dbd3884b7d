package io.bookstore.simulator.verdict;

import io.bookstore.simulator.journal.Attempt;
import io.bookstore.simulator.journal.Attempt.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a client wanted once, however often it asked.
 *
 * @param attempts in their order, at least one
 * @param believed whether the client said that it has a whole answer; null if it said nothing
 */
record Call(String key, List<Attempt> attempts, @Nullable Boolean believed) {

    private static final long NANOS_PER_MILLI = 1_000_000;

    /** A refusal or a cut, and what the client did next. */
    record Step(Attempt attempt, @Nullable Attempt next) {

        /**
         * From the end of the answer to the next request's arrival; null if there was none. A refusal is dated when it is
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

    Stream<Step> steps() {
        return IntStream.range(0, attempts.size())
                .mapToObj(i -> new Step(attempts.get(i), i + 1 < attempts.size() ? attempts.get(i + 1) : null));
    }

    /** A stream whose status said 200 and whose end never came, or came as an error. */
    static boolean cut(Attempt attempt) {
        String fault = attempt.result().fault();
        return attempt.asked().streaming()
                && attempt.result().status() == 200
                && (attempt.result().outcome() == Outcome.CUT
                        || (fault != null
                                && (fault.startsWith("error-event")
                                        || fault.startsWith("malformed-frame")
                                        || fault.equals("no-terminator"))));
    }
}
