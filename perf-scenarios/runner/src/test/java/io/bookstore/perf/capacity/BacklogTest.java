package io.bookstore.perf.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bookstore.perf.capacity.Backlog.Request;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Response times of a minute, ten a second, with a noise of half a second. */
class BacklogTest {

    @Test
    void timesThatGrowByFiveHundredthsOfASecondEachSecondAreALoadThatIsFivePercentTooHigh() {
        assertThat(Backlog.of(minute(0.05, 600)).grows()).isTrue();
    }

    @Test
    void growthOverTheWholeProbeIsCertain() {
        assertThat(Backlog.of(minute(0.1, 1_200)).certain()).isTrue();
    }

    @Test
    void oneStallIsNeverCertainGrowthWhereverItIs() {
        List<Backlog> stalls = new ArrayList<>();
        for (int length = 6; length <= 24; length++) {
            for (int begin = 15; begin < 60; begin++) {
                stalls.add(Backlog.of(stalled(begin, length)));
            }
        }

        assertThat(stalls).anyMatch(Backlog::grows).noneMatch(Backlog::certain);
    }

    @Test
    void steadyTimesHideLittle() {
        Backlog steady = Backlog.of(minute(0, 600));

        assertThat(steady.grows()).isFalse();
        assertThat(steady.overload()).isZero();
        assertThat(steady.unseen()).isBetween(0.0, 0.03);
    }

    @Test
    void smallGrowthIsNotSaturationButIsNotOverlooked() {
        Backlog small = Backlog.of(minute(0.012, 6_000));

        assertThat(small.grows()).isFalse();
        assertThat(small.overload()).isCloseTo(0.012, within(0.004));
        assertThat(small.unseen()).isGreaterThan(small.overload());
    }

    @Test
    void warmUpIsNoGrowth() {
        List<Request> requests = minute(0, 600);
        requests.replaceAll(request -> request.startSeconds() < 14
                ? new Request(request.startSeconds(), request.startSeconds() / 14 * request.responseSeconds())
                : request);

        assertThat(Backlog.of(requests).grows()).isFalse();
    }

    @Test
    void orderOfTheRequestsDoesNotMatter() {
        List<Request> shuffled = minute(0.05, 600);
        Collections.shuffle(shuffled, new Random(1));

        assertThat(Backlog.of(shuffled)).isEqualTo(Backlog.of(minute(0.05, 600)));
    }

    @Test
    void fewRequestsTellNothing() {
        assertThat(Backlog.of(minute(0.5, 24))).isEqualTo(Backlog.NONE);
        assertThat(Backlog.of(List.of())).isEqualTo(Backlog.NONE);
        assertThat(Backlog.of(Collections.nCopies(100, new Request(3, 1)))).isEqualTo(Backlog.NONE);
    }

    /** A minute in which nothing is answered for some seconds; an answer that was due then comes at their end. */
    private static List<Request> stalled(double begin, double length) {
        List<Request> requests = minute(0, 600);
        requests.replaceAll(request -> {
            double end = request.startSeconds() + request.responseSeconds();
            return end < begin || end > begin + length
                    ? request
                    : new Request(request.startSeconds(), begin + length - request.startSeconds());
        });
        return requests;
    }

    private static List<Request> minute(double slope, int count) {
        Random random = new Random(42);
        List<Request> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double start = 60.0 * i / count;
            requests.add(new Request(start, 3 + slope * start + 0.5 * random.nextGaussian()));
        }
        return requests;
    }
}
