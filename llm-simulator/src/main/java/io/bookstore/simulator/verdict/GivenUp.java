package io.bookstore.simulator.verdict;

import io.bookstore.simulator.journal.Attempt;
import io.bookstore.simulator.verdict.ClientRule.Case;
import io.bookstore.simulator.wire.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The calls that one client did not try again after a failure that it mostly does try again.
 *
 * <p>A client may have reasons that its provider does not see, so only plain cases count: a failure amid good answers,
 * which cannot have used up a retry budget or opened a circuit breaker, and a client that was still there when the retry
 * was due.
 */
final class GivenUp {

    // The retry budget of the Google SRE book is one retry in ten calls, and breakers look at ten calls or more.
    private static final int GOOD_BEFORE = 10;

    // google-genai waits that long, the other clients less.
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    /** The failures that a client ought to treat alike. */
    private record Kind(
            int status, Operation operation, @Nullable String model, boolean streaming) {

        static Kind of(Call call) {
            Attempt first = call.first();
            return new Kind(
                    first.result().status(),
                    first.asked().operation(),
                    first.asked().model(),
                    first.asked().streaming());
        }
    }

    private final List<Attempt> attempts;
    private final Map<Long, Integer> positions = new HashMap<>();

    private GivenUp(List<Call> calls) {
        attempts = calls.stream()
                .flatMap(call -> call.attempts().stream())
                .sorted(Comparator.comparingLong(Attempt::sequence))
                .toList();
        for (int i = 0; i < attempts.size(); i++) {
            positions.put(attempts.get(i).sequence(), i);
        }
    }

    static Stream<Case> cases(List<Call> calls) {
        return Call.byClient(calls).values().stream().flatMap(ofClient -> {
            GivenUp client = new GivenUp(ofClient);
            Map<Kind, List<Call>> failed =
                    ofClient.stream().filter(client::failedAlone).collect(Collectors.groupingBy(Kind::of));
            return failed.values().stream().flatMap(client::ofKind);
        });
    }

    private Stream<Case> ofKind(List<Call> failed) {
        List<Call> retried =
                failed.stream().filter(call -> call.attempts().size() > 1).toList();
        double patienceMs = retried.stream()
                .mapToDouble(call -> askedMs(call.first()))
                .max()
                .orElse(-1);
        List<Call> givenUp = failed.stream()
                .filter(call -> call.attempts().size() == 1 && askedMs(call.first()) <= patienceMs && isOver(call))
                .toList();
        Stream<Case> good = retried.stream().map(call -> new Case(null));
        return givenUp.size() <= retried.size()
                ? good
                : Stream.concat(
                        good,
                        givenUp.stream()
                                .map(call -> new Case("call " + call.key() + " was given up after status "
                                        + call.first().result().status() + ", after which the client tried "
                                        + retried.size() + " of " + (retried.size() + givenUp.size())
                                        + " calls again")));
    }

    /** A failure after nothing but whole answers. */
    private boolean failedAlone(Call call) {
        int position = positions.getOrDefault(call.first().sequence(), 0);
        return Call.retryable(call.first())
                && position >= GOOD_BEFORE
                && attempts.subList(position - GOOD_BEFORE, position).stream().allMatch(Call::whole);
    }

    /** The client said that the call has ended, or was there later than any retry would come. */
    private boolean isOver(Call call) {
        Attempt failed = call.first();
        Instant latestRetry = failed.time().plus(LONGEST_WAIT).plusNanos(Math.round(askedMs(failed) * 1e6));
        return call.believed() != null
                || attempts.get(attempts.size() - 1).time().isAfter(latestRetry);
    }

    private static double askedMs(Attempt attempt) {
        Double asked = attempt.result().retryAfterMs();
        return asked == null ? 0 : asked;
    }
}
