package io.bookstore.perf.capacity;

import java.util.List;
import java.util.TreeMap;

/**
 * All requests at one rate.
 *
 * @param good     those that would be good if the load went on
 * @param overload the part by which the rate is too high although the service was not saturated, of several probes the largest
 * @param unseen   the largest overload that the probes may hide, of several the smallest
 */
record Level(double rate, long scheduled, long good, double overload, double unseen) {

    /** The valid probes that do not hang on a single stall, those of one rate together, the lowest rate first. */
    static List<Level> of(List<Probe> probes) {
        TreeMap<Double, Level> levels = new TreeMap<>();
        for (Probe probe : probes) {
            if (probe.invalid() == null && !isStall(probe, probes)) {
                levels.merge(probe.rate(), of(probe), Level::and);
            }
        }
        return List.copyOf(levels.values());
    }

    /** Returns whether a single stall explains the growth of that probe, and no other probe of its rate grew as well. */
    static boolean isStall(Probe probe, List<Probe> probes) {
        return probe.backlog().grows()
                && !probe.backlog().certain()
                && probes.stream()
                                .filter(other -> other.rate() == probe.rate()
                                        && other.backlog().grows())
                                .count()
                        == 1;
    }

    private static Level of(Probe probe) {
        return new Level(
                probe.rate(),
                probe.scheduled(),
                probe.goodInTheLongRun(),
                probe.backlog().overload(),
                probe.backlog().unseen());
    }

    /** The rate that the service is expected to sustain of this one. */
    double sustained() {
        return rate / (1 + overload);
    }

    /** The rate that it sustains if the load was too high by as much as nobody can see. */
    double certainlySustained() {
        return rate / (1 + Math.max(overload, unseen));
    }

    /** The logarithm of the probability of these requests if each is good with that probability. */
    double logLikelihood(double share) {
        return term(good, share) + term(scheduled - good, 1 - share);
    }

    private Level and(Level other) {
        return new Level(
                rate,
                scheduled + other.scheduled,
                good + other.good,
                Math.max(overload, other.overload),
                Math.min(unseen, other.unseen));
    }

    private static double term(long count, double probability) {
        // 0 * log(0) is 0 here: what never happened was not unlikely.
        return count == 0 ? 0 : count * Math.log(Math.max(probability, Double.MIN_NORMAL));
    }
}
