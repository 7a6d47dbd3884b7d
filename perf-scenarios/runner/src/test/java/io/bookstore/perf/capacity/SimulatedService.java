package io.bookstore.perf.capacity;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/** Services of a known capacity, probed in virtual time. */
final class SimulatedService {

    private static final double PROBE_SECONDS = 60;
    private static final double SECONDS = 2.7;
    private static final double SHORT_SECONDS = 0.2;

    private SimulatedService() {}

    /** Each request is good with the probability of its rate, independently of the others. */
    static Prober withShares(DoubleUnaryOperator share, Random random) {
        return (perMinute, number) -> {
            long scheduled = Math.round(perMinute * PROBE_SECONDS / 60);
            long good = random.doubles(scheduled)
                    .filter(draw -> draw < share.applyAsDouble(perMinute))
                    .count();
            return Probe.of(perMinute, scheduled, good, Backlog.NONE);
        };
    }

    /** The share falls along a logistic curve and is 95 % at the capacity. */
    static DoubleUnaryOperator falling(double capacity, double steepness) {
        return rate -> 1 / (1 + Math.exp(-Math.log(0.95 / 0.05) + steepness * Math.log(rate / capacity)));
    }

    /** All requests are good up to the capacity, and three in ten above. */
    static DoubleUnaryOperator cliff(double capacity) {
        return rate -> rate <= capacity ? 1 : 0.3;
    }

    /** Fails one request in fifty at any rate, and more and more of them from just below the capacity on. */
    static DoubleUnaryOperator failingAtAnyRate(double capacity) {
        return rate -> rate <= 0.97 * capacity
                ? 0.98
                : rate <= capacity ? 0.98 - (rate / capacity - 0.97) : Math.max(0, 0.95 - 3 * (rate / capacity - 1));
    }

    /**
     * A service with so many places, in each of which an answer takes 2.7 s and a little; the limit is 8 s. Above
     * {@link #capacityOf} its queue grows without end, but a probe of a minute sees only its beginning.
     */
    static Prober withPlaces(int places, Random random) {
        return (perMinute, number) -> probe(perMinute, PROBE_SECONDS, places, SECONDS, Double.MAX_VALUE, random);
    }

    /**
     * The same with answers of 0.2 s and probes of five seconds. In the fourth second of one of them nothing is answered for a
     * second.
     *
     * @param stalled number of that probe
     */
    static Prober withStall(int places, int stalled, Random random) {
        return (perMinute, number) ->
                probe(perMinute, 5, places, SHORT_SECONDS, number == stalled ? 4 : Double.MAX_VALUE, random);
    }

    private static Probe probe(
            double perMinute, double length, int places, double seconds, double stall, Random random) {
        List<Backlog.Request> requests = new ArrayList<>();
        double[] free = new double[places];
        long scheduled = Math.round(perMinute * length / 60);
        for (int i = 0; i < scheduled; i++) {
            double arrival = i * 60 / perMinute;
            int next = earliest(free);
            double start = afterStall(Math.max(arrival, free[next]), stall);
            double end = start + seconds * Math.exp(0.25 * random.nextGaussian());
            free[next] = start < stall && end > stall ? end + 1 : end;
            requests.add(new Backlog.Request(arrival, free[next] - arrival));
        }
        long good = requests.stream()
                .filter(request -> request.responseSeconds() <= 8)
                .count();
        return Probe.of(perMinute, scheduled, good, Backlog.of(requests));
    }

    private static double afterStall(double start, double stall) {
        return start >= stall && start < stall + 1 ? stall + 1 : start;
    }

    /** Answers a minute when every place is taken: the mean of a lognormal time is its median times exp(sigma squared / 2). */
    static double capacityOf(int places) {
        return capacityOf(places, SECONDS);
    }

    /** The same of {@link #withStall}. */
    static double capacityOfShort(int places) {
        return capacityOf(places, SHORT_SECONDS);
    }

    private static double capacityOf(int places, double seconds) {
        return places * 60 / (seconds * Math.exp(0.25 * 0.25 / 2));
    }

    private static int earliest(double[] free) {
        int earliest = 0;
        for (int i = 1; i < free.length; i++) {
            if (free[i] < free[earliest]) {
                earliest = i;
            }
        }
        return earliest;
    }
}
