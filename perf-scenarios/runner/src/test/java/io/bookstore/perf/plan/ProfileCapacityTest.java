package io.bookstore.perf.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.capacity.Backlog;
import io.bookstore.perf.capacity.Capacity;
import io.bookstore.perf.capacity.CapacityRules;
import io.bookstore.perf.capacity.CapacitySearch;
import io.bookstore.perf.capacity.Probe;
import io.bookstore.perf.capacity.Prober;
import io.bookstore.simulator.latency.Profile;
import io.bookstore.simulator.latency.Profiles;
import io.bookstore.simulator.latency.Serving;
import io.bookstore.simulator.simulation.Behaviour;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The capacity of a profile of the simulator, searched in virtual time: sixteen slots of the class of Claude Sonnet, with its
 * tails and stalls. Its slots are all it has, so it answers slots / mean time of an answer, however many ask.
 */
class ProfileCapacityTest {

    private static final int SEARCHES = 40;
    private static final int SLOTS = 16;
    private static final Duration LENGTH = Duration.ofMinutes(2);
    private static final double LIMIT_SECONDS = 20;
    private static final CapacityRules RULES = new CapacityRules(40, 900, 0.95, 10, 0.1);

    @Test
    void searchFindsWhatTheSlotsOfAProfileAnswer() {
        double capacity = SLOTS * 60 / meanSeconds();

        List<Capacity> found = IntStream.rangeClosed(1, SEARCHES)
                .parallel()
                .mapToObj(ProfileCapacityTest::search)
                .toList();

        String summary = "%.1f: ".formatted(capacity)
                + found.stream()
                        .map(each -> each.lower() + " - " + each.estimate() + " - " + each.upper())
                        .collect(Collectors.joining("\n"));
        assertThat(found).allSatisfy(each -> assertThat(each.probes()).hasSizeLessThanOrEqualTo(10));
        assertThat(found)
                .as(summary)
                .filteredOn(each -> Math.abs(Objects.requireNonNull(each.estimate()) / capacity - 1) <= 0.05)
                .hasSizeGreaterThanOrEqualTo(38);
        assertThat(found.stream()
                        .filter(each -> Objects.requireNonNull(each.lower()) <= capacity
                                && capacity <= Objects.requireNonNull(each.upper()))
                        .count())
                .as(summary)
                .isGreaterThanOrEqualTo(36);
    }

    private static Capacity search(int number) {
        try {
            return CapacitySearch.find(RULES, prober(1000L * number));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A new provider for each probe, with draws of its own. */
    private static Prober prober(long seed) {
        return (perMinute, number) -> {
            int scheduled = (int) Math.round(perMinute * LENGTH.toSeconds() / 60);
            List<Backlog.Request> requests = answers(seed + number, SLOTS, perMinute, scheduled);
            long good = requests.stream()
                    .filter(request -> request.responseSeconds() <= LIMIT_SECONDS)
                    .count();
            return Probe.of(perMinute, scheduled, good, Backlog.of(requests));
        };
    }

    private static double meanSeconds() {
        return answers(1, 0, 600, 20_000).stream()
                .mapToDouble(Backlog.Request::responseSeconds)
                .average()
                .orElseThrow();
    }

    private static List<Backlog.Request> answers(long seed, int slots, double perMinute, int count) {
        VirtualTime time = new VirtualTime();
        VirtualProvider provider = new VirtualProvider(
                Behaviour.defaults().withProfile(profile(slots)).withSeed(seed), time);
        List<Backlog.Request> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String key = "request-" + i;
            time.at(Math.round(i * 60e9 / perMinute), () -> {
                VirtualProvider.Reply reply = provider.answer(key, 138, 300, Long.MAX_VALUE);
                requests.add(new Backlog.Request(time.nanos() / 1e9, reply.nanos() / 1e9));
            });
        }
        time.run(() -> false);
        return requests;
    }

    /** @param slots 0 for no limit */
    private static Profile profile(int slots) {
        Profile sonnet = Profiles.named("sonnet-class");
        return new Profile(
                sonnet.name(),
                sonnet.latency(),
                sonnet.outputLength(),
                new Serving(slots, slots == 0 ? 0 : 100_000, 1, Serving.ColdStart.NEVER));
    }
}
