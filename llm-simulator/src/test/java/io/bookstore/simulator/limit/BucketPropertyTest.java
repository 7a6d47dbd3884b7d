package io.bookstore.simulator.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bookstore.simulator.limit.Admission.Admitted;
import io.bookstore.simulator.limit.Admission.Limited;
import io.bookstore.simulator.limit.Limits.OutputCounting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** The buckets against the equations in their Javadoc, whatever is asked of them and when. */
class BucketPropertyTest {

    /** The same cases in every build: what a new seed finds is the work of whoever changes it, not of a stranger. */
    private static final String SEED = "1";

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** Something that happens after a while. */
    record Event(Duration after, long amount) {}

    @Provide
    Arbitrary<Event> events() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, 90_000_000_000L).map(Duration::ofNanos),
                        Arbitraries.longs().between(1, 5_000))
                .as(Event::new);
    }

    /** {@code level(t) = min(limit, level(t0) + limit / 60 s * (t - t0))}, less what was taken. */
    @Property(tries = 300, seed = SEED)
    void levelFollowsItsEquation(
            @ForAll @LongRange(min = 1, max = 1_000_000) long limit,
            @ForAll @Size(max = 60) List<@From("events") Event> events) {
        TokenBucket bucket = new TokenBucket(limit, START);
        double level = limit;
        Instant now = START;

        for (Event event : events) {
            now = now.plus(event.after());
            level = Math.min(limit, level + limit / 60.0 * (event.after().toNanos() / 1e9));
            assertThat(bucket.state(now).remaining()).isCloseTo((long) Math.max(0, Math.floor(level)), within(1L));
            if (bucket.holds(event.amount(), now)) {
                assertThat(level).isGreaterThanOrEqualTo(event.amount() - 1e-3);
                bucket.take(event.amount(), now);
                level -= event.amount();
            } else {
                assertThat(level).isLessThan(event.amount() + 1e-3);
            }
            LimitState state = bucket.state(now);
            assertThat(state.remaining()).isBetween(0L, limit);
            // The reset that every provider tells: when nothing is missing any more.
            assertThat(state.untilFull().toNanos() / 1e9).isCloseTo((limit - level) / limit * 60, within(1e-3));
        }
    }

    /** Over any stretch from a full bucket no more gets through than the bucket held and the refill gave. */
    @Property(tries = 200, seed = SEED)
    void noMoreGetsThroughThanTheLimitAllows(
            @ForAll @LongRange(min = 1, max = 20_000) long limit,
            @ForAll @Size(min = 1, max = 80) List<@From("events") Event> events,
            @ForAll OutputCounting counting) {
        Limiter limiter =
                new Limiter(Limits.NONE.withInputTokensPerMinute(limit).withCounting(counting), false, START);
        Instant now = START;
        long through = 0;

        for (Event event : events) {
            now = now.plus(event.after());
            if (limiter.admit(event.amount(), 1, 1, now) instanceof Admitted) {
                through += event.amount();
            }
        }

        double seconds = Duration.between(START, now).toNanos() / 1e9;
        assertThat((double) through).isLessThanOrEqualTo(limit + limit / 60.0 * seconds + 1e-3);
    }

    /** A client that is refused and waits as told is let in to the nanosecond, and one that comes a microsecond earlier is not. */
    @Property(tries = 1_000, seed = SEED)
    void waitThatIsToldIsEnoughAndNotTooLong(
            @ForAll @LongRange(min = 1, max = 600) long requests,
            @ForAll @LongRange(min = 1, max = 600) long acceleration,
            @ForAll @LongRange(min = 2_000, max = 100_000) long output,
            @ForAll @LongRange(min = 1, max = 2_000) long maxOutput) {
        Limiter limiter = new Limiter(
                new Limits(requests, null, output, acceleration, OutputCounting.RESERVE, LimitScope.PROVIDER),
                false,
                START);
        Admission admission = limiter.admit(1, (int) maxOutput, 1, START);
        while (admission instanceof Admitted) {
            admission = limiter.admit(1, (int) maxOutput, 1, START);
        }

        Duration wait = Objects.requireNonNull(((Limited) admission).retryAfter());

        assertThat(limiter.admit(1, (int) maxOutput, 1, START.plus(wait).minusNanos(1_000)))
                .isInstanceOf(Limited.class);
        assertThat(limiter.admit(1, (int) maxOutput, 1, START.plus(wait))).isInstanceOf(Admitted.class);
    }

    /** However much a bucket has lived through, the wait that it tells is enough and not a microsecond too long. */
    @Property(tries = 300, seed = SEED)
    void waitOfABucketIsExactWhateverHappenedBefore(
            @ForAll @LongRange(min = 1, max = 100_000_000_000L) long limit,
            @ForAll @Size(max = 60) List<@From("events") Event> events) {
        TokenBucket bucket = new TokenBucket(limit, START);
        Instant now = START;

        for (Event event : events) {
            now = now.plus(event.after());
            bucket.take(event.amount(), now);
            long wanted = Math.min(limit, event.amount());
            Duration wait = bucket.untilItHolds(wanted, now);
            assertThat(bucket.holds(wanted, now)).isEqualTo(wait.isZero());
            if (!wait.isZero()) {
                assertThat(bucket.holds(wanted, now.plus(wait).minusNanos(1_000)))
                        .isFalse();
                now = now.plus(wait);
                assertThat(bucket.holds(wanted, now)).isTrue();
            }
        }
    }

    /** The tokens that were reserved and not written are back, to the last one. */
    @Property(tries = 200, seed = SEED)
    void reserveIsCorrectedToWhatWasWritten(
            @ForAll @LongRange(min = 1_000, max = 1_000_000) long limit,
            @ForAll @LongRange(min = 1, max = 1_000) long maxOutput,
            @ForAll @LongRange(min = 0, max = 1_000) long written) {
        Limiter limiter = new Limiter(Limits.NONE.withOutputTokensPerMinute(limit), false, START);

        Admitted admitted = (Admitted) limiter.admit(1, (int) maxOutput, written, START);
        limiter.settle(admitted, Math.min(written, maxOutput), START);

        LimitReport report = ((Admitted) limiter.admit(1, 0, 0, START)).report();
        assertThat(report.outputTokens())
                .isNotNull()
                .satisfies(state -> assertThat(state.remaining()).isEqualTo(limit - Math.min(written, maxOutput)));
    }
}
