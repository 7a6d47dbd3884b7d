package io.bookstore.simulator.verdict;

import io.bookstore.simulator.verdict.Call.Reaction;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
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
    };

    static final Set<Integer> FINAL = Set.of(400, 401, 402, 403, 404, 413);
    static final int MAX_ATTEMPTS = 3;

    // Arrivals are read from the wall clock and durations from the monotonic one.
    static final double TOLERANCE_MS = 20;

    /** A case to judge; {@code wrong} is null if the client did right. */
    record Case(@Nullable String wrong) {}

    abstract Stream<Case> cases(Call call);

    Verdict judge(List<Call> calls) {
        List<Case> cases = calls.stream().flatMap(this::cases).toList();
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
}
