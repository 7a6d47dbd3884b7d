package io.bookstore.perf.capacity;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/** Services of a known capacity, probed in virtual time. */
final class SimulatedService {

    private static final double PROBE_SECONDS = 60;

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

    /** One request in fifty fails at any rate, and more and more of them from just below the capacity on. */
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
        return (perMinute, number) -> {
            List<Backlog.Request> requests = new ArrayList<>();
            double[] free = new double[places];
            long scheduled = Math.round(perMinute * PROBE_SECONDS / 60);
            for (int i = 0; i < scheduled; i++) {
                double arrival = i * 60 / perMinute;
                int next = earliest(free);
                free[next] = Math.max(arrival, free[next]) + 2.7 * Math.exp(0.25 * random.nextGaussian());
                requests.add(new Backlog.Request(arrival, free[next] - arrival));
            }
            long good = requests.stream()
                    .filter(request -> request.responseSeconds() <= 8)
                    .count();
            return Probe.of(perMinute, scheduled, good, Backlog.of(requests));
        };
    }

    /** Answers a minute when every place is taken: the mean of a lognormal time is its median times exp(sigma squared / 2). */
    static double capacityOf(int places) {
        return places * 60 / (2.7 * Math.exp(0.25 * 0.25 / 2));
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
