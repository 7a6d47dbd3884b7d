package io.bookstore.perf.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hundred searches, each with other draws, against services whose capacity is known. */
class CapacitySimulationTest {

    private static final int SEARCHES = 100;
    private static final CapacityRules RULES = new CapacityRules(100, 3000, 0.95, 10, 0.1);

    @ParameterizedTest
    @ValueSource(doubles = {5, 15, 40})
    void shareThatFallsGentlyOrSteeply(double steepness) throws InterruptedException {
        check(1000, random -> SimulatedService.withShares(SimulatedService.falling(1000, steepness), random));
    }

    @ParameterizedTest
    @ValueSource(doubles = {130, 1000, 2900})
    void shareThatFallsOverACliff(double capacity) throws InterruptedException {
        check(capacity, random -> SimulatedService.withShares(SimulatedService.cliff(capacity), random));
    }

    @Test
    void serviceThatFailsAFewAtAnyRate() throws InterruptedException {
        check(1000, random -> SimulatedService.withShares(SimulatedService.failingAtAnyRate(1000), random));
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 32})
    void queueThatGrowsWithoutEnd(int places) throws InterruptedException {
        check(SimulatedService.capacityOf(places), random -> SimulatedService.withPlaces(places, random));
    }

    @Test
    void stallAtTheEndOfAnyProbeOfFiveSeconds() throws InterruptedException {
        List<Capacity> found = new ArrayList<>();
        for (int seed = 1; seed <= SEARCHES; seed++) {
            found.add(CapacitySearch.find(
                    new CapacityRules(300, 6000, 0.95, 10, 0.1),
                    SimulatedService.withStall(8, 1 + seed % 7, new Random(seed))));
        }
        check(found, SimulatedService.capacityOfShort(8), 90);
    }

    private static void check(double capacity, Function<Random, Prober> service) throws InterruptedException {
        List<Capacity> found = new ArrayList<>();
        for (int seed = 1; seed <= SEARCHES; seed++) {
            found.add(CapacitySearch.find(RULES, service.apply(new Random(seed))));
        }
        check(found, capacity, 98);
    }

    private static void check(List<Capacity> found, double capacity, int close) {
        String summary = found.stream()
                .map(each -> each.lower() + " - " + each.estimate() + " - " + each.upper())
                .collect(Collectors.joining("\n"));

        assertThat(found).allSatisfy(each -> assertThat(each.probes()).hasSizeLessThanOrEqualTo(10));
        assertThat(found)
                .as(summary)
                .filteredOn(each -> each.estimate() != null && Math.abs(each.estimate() / capacity - 1) <= 0.05)
                .hasSizeGreaterThanOrEqualTo(close);
        assertThat(found.stream().filter(each -> covers(each, capacity)).count())
                .as(summary)
                .isGreaterThanOrEqualTo(90);
    }

    private static boolean covers(Capacity found, double capacity) {
        Double lower = found.lower();
        Double upper = found.upper();
        return (lower == null || lower <= capacity) && (upper == null || capacity <= upper);
    }
}
