package io.bookstore.simulator.verdict;

import io.bookstore.simulator.journal.Attempt;
import io.bookstore.simulator.journal.Attempt.Outcome;
import io.bookstore.simulator.verdict.Call.Reaction;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rules that a well-behaved client keeps. Each turns calls into cases, and says of a case what is wrong with it. */
enum ClientRule {
    /** A client that is told to come back in 5 s does not come back in 4 (RFC 9110, 10.2.3). */
    RETRY_AFTER_HONOURED {
        @Override
        Stream<Case> cases(Call call) {
            return call.reactions()
                    .filter(reaction -> reaction.attempt().result().retryAfterMs() != null && reaction.next() != null)
                    .map(reaction -> new Case(tooSoon(call, reaction)));
        }
    },
    /** A quota that is used up does not come back by asking again: OpenAI's {@code insufficient_quota}. */
    QUOTA_NOT_RETRIED {
        @Override
        Stream<Case> cases(Call call) {
            return notRetried(
                    call,
                    reaction -> "insufficient-quota"
                            .equals(reaction.attempt().result().fault()));
        }
    },
    /** A request that is wrong stays wrong: 400, 401, 402, 403, 404, 413. */
    REFUSAL_NOT_RETRIED {
        @Override
        Stream<Case> cases(Call call) {
            return notRetried(
                    call, reaction -> FINAL.contains(reaction.attempt().result().status()));
        }
    },
    /**
     * A stream that said 200 and broke off is no answer. Only a client that tells how its calls ended, or that asks again,
     * can be judged.
     */
    CUT_STREAM_NOT_TRUSTED {
        @Override
        Stream<Case> cases(Call call) {
            Reaction last = call.reactions().reduce((first, second) -> second).orElseThrow();
            Stream<Case> asked = call.reactions()
                    .filter(reaction -> Call.cut(reaction.attempt()) && reaction.next() != null)
                    .map(reaction -> new Case(null));
            Stream<Case> told = Call.cut(last.attempt()) && call.believed() != null
                    ? Stream.of(new Case(
                            call.believed()
                                    ? "call " + call.key() + " took a stream for whole that ended by "
                                            + last.attempt().result().fault()
                                    : null))
                    : Stream.empty();
            return Stream.concat(asked, told);
        }
    },
    /** Three attempts are enough: with more, an outage is met by a multiple of the load (Google SRE book, chapter 21). */
    RETRIES_BOUNDED {
        @Override
        Stream<Case> cases(Call call) {
            int attempts = call.attempts().size();
            return Stream.of(new Case(
                    attempts <= MAX_ATTEMPTS ? null : "call " + call.key() + " was attempted " + attempts + " times"));
        }
    },
    /** A client that is told nothing waits a while, and the longer the more often it has failed. */
    RETRIES_BACK_OFF {
        @Override
        Stream<Case> cases(List<Call> calls) {
            return Backoff.cases(calls);
        }
    },
    /** A failure that a client mostly tries again is worth a second attempt in all of its calls. */
    FAILURE_RETRIED {
        @Override
        Stream<Case> cases(List<Call> calls) {
            return GivenUp.cases(calls);
        }
    },
    /**
     * A connection on which nothing has come for so long is dead. A client that asks again in the meantime has given up its
     * first request, though it did not close it.
     */
    SILENCE_TIMED_OUT {
        @Override
        Stream<Case> cases(List<Call> calls) {
            return attempts(calls)
                    .filter(attempt -> Call.stallMs(attempt) >= LONGEST_SILENCE.toMillis())
                    .map(attempt -> new Case(
                            attempt.result().outcome() != Outcome.COMPLETED || askedMeanwhile(calls, attempt)
                                    ? null
                                    : "call " + attempt.key().requestKey() + " sat through a silence of "
                                            + Call.stallMs(attempt) / 1_000 + " s"));
        }
    },
    /**
     * A stream with a frame that cannot be read is no answer. A client that asks again, leaves or reports has seen it; one
     * whose next turn has the text on both sides of the frame has not.
     */
    MALFORMED_FRAME_NOT_TRUSTED {
        @Override
        Stream<Case> cases(List<Call> calls) {
            Map<Long, String> trusting = trusting(calls);
            return calls.stream()
                    .flatMap(call -> call.reactions()
                            .filter(reaction -> Call.malformed(reaction.attempt()))
                            .flatMap(reaction -> malformedFrame(call, reaction, trusting)));
        }
    };

    static final Set<Integer> FINAL = Set.of(400, 401, 402, 403, 404, 413);
    static final int MAX_ATTEMPTS = 3;

    /** The ten minutes of the most patient of the providers' clients that have a time-out at all, and one more. */
    static final Duration LONGEST_SILENCE = Duration.ofMinutes(11);

    // Arrivals are read from the wall clock and durations from the monotonic one.
    static final double TOLERANCE_MS = 20;

    /** A case to judge; {@code wrong} is null if the client did right. */
    record Case(@Nullable String wrong) {}

    /** The cases of one call, for a rule that looks at each by itself. */
    Stream<Case> cases(Call call) {
        return Stream.empty();
    }

    Stream<Case> cases(List<Call> calls) {
        return calls.stream().flatMap(this::cases);
    }

    Verdict judge(List<Call> calls) {
        List<Case> cases = cases(calls).toList();
        List<String> wrong = cases.stream()
                .flatMap(each -> each.wrong() == null ? Stream.empty() : Stream.of(each.wrong()))
                .toList();
        return new Verdict(
                name().toLowerCase(Locale.ROOT).replace('_', '-'),
                cases.size(),
                wrong.size(),
                wrong.isEmpty() ? "" : wrong.get(0));
    }

    private static @Nullable String tooSoon(Call call, Reaction reaction) {
        Double asked = reaction.attempt().result().retryAfterMs();
        Duration pause = reaction.pause();
        if (asked == null || pause == null || pause.toNanos() / 1e6 >= asked - TOLERANCE_MS) {
            return null;
        }
        return String.format(
                Locale.ROOT,
                "call %s came back after %d ms, was asked to wait %.0f ms",
                call.key(),
                Math.max(0, pause.toMillis()),
                asked);
    }

    private static Stream<Case> notRetried(Call call, Predicate<Reaction> isFinal) {
        return call.reactions()
                .filter(isFinal)
                .map(reaction -> new Case(
                        reaction.next() == null
                                ? null
                                : "call " + call.key() + " was asked again after status "
                                        + reaction.attempt().result().status()));
    }

    private static Stream<Attempt> attempts(List<Call> calls) {
        return calls.stream().flatMap(call -> call.attempts().stream());
    }

    private static boolean askedMeanwhile(List<Call> calls, Attempt silent) {
        return attempts(calls)
                .anyMatch(other -> other.key().requestKey().equals(silent.key().requestKey())
                        && other.time().isAfter(silent.time())
                        && other.time().isBefore(Call.end(silent)));
    }

    /** The requests that go on with a broken text, by the attempt that sent it. */
    private static Map<Long, String> trusting(List<Call> calls) {
        Map<Long, String> trusting = new HashMap<>();
        attempts(calls).forEach(attempt -> {
            Long trusted = attempt.asked().trusted();
            if (trusted != null) {
                trusting.put(trusted, attempt.key().requestKey());
            }
        });
        return trusting;
    }

    private static Stream<Case> malformedFrame(Call call, Reaction reaction, Map<Long, String> trusting) {
        Attempt attempt = reaction.attempt();
        String later = trusting.get(attempt.sequence());
        if (later != null) {
            return Stream.of(new Case("call " + later + " goes on with the text of call " + call.key()
                    + ", without the frame that could not be read"));
        }
        boolean noticed = reaction.next() != null
                || attempt.result().outcome() == Outcome.ABANDONED
                || Boolean.FALSE.equals(call.believed());
        return noticed ? Stream.of(new Case(null)) : Stream.empty();
    }
}
