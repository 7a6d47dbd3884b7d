package io.bookstore.perf.capacity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The interval of the capacity under one assumption: more load makes no larger share of requests good.
 *
 * <p>The shares are fitted by pooling adjacent violators (Ayer, Brunk, Ewing, Reid and Silverman, 1955), which is the
 * likeliest curve that never rises. A capacity between two neighbouring rates is in the interval if the likeliest such curve
 * that is at least the attainment up to there and at most the attainment from there on is not much less likely: the ratio of
 * likelihoods is below the 95 % quantile of chi-square with one degree of freedom. No shape of the curve is assumed, and
 * probes at neighbouring rates support each other.
 */
final class MonotoneAttainment {

    /** The 95 % quantile of chi-square with one degree of freedom. */
    private static final double CRITICAL = 3.841;

    private MonotoneAttainment() {}

    /**
     * The interval of the capacity, at 95 %.
     *
     * @param levels the lowest rate first, at least one
     */
    static Interval interval(List<Level> levels, double attainment) {
        double best = logLikelihood(levels, share -> share);
        int lowest = levels.size();
        int highest = 0;
        for (int holding = 0; holding <= levels.size(); holding++) {
            double constrained = logLikelihood(levels.subList(0, holding), share -> Math.max(share, attainment))
                    + logLikelihood(levels.subList(holding, levels.size()), share -> Math.min(share, attainment));
            if (2 * (best - constrained) <= CRITICAL) {
                lowest = Math.min(lowest, holding);
                highest = Math.max(highest, holding);
            }
        }
        return new Interval(
                lowest == 0 ? null : (Double) levels.get(lowest - 1).rate(),
                highest == levels.size() ? null : (Double) levels.get(highest).rate());
    }

    private static double logLikelihood(List<Level> levels, DoubleUnaryOperator bound) {
        double[] shares = shares(levels);
        double sum = 0;
        for (int i = 0; i < shares.length; i++) {
            sum += levels.get(i).logLikelihood(bound.applyAsDouble(shares[i]));
        }
        return sum;
    }

    /** The likeliest shares that never rise, one for each level. */
    static double[] shares(List<Level> levels) {
        List<Pool> pools = new ArrayList<>();
        for (Level level : levels) {
            Pool last = new Pool(level.scheduled(), level.good(), 1);
            while (!pools.isEmpty() && pools.get(pools.size() - 1).share() < last.share()) {
                last = pools.remove(pools.size() - 1).and(last);
            }
            pools.add(last);
        }
        double[] shares = new double[levels.size()];
        int begin = 0;
        for (Pool pool : pools) {
            Arrays.fill(shares, begin, begin + pool.levels, pool.share());
            begin += pool.levels;
        }
        return shares;
    }

    /**
     * @param lower the highest rate that certainly holds; null if none does
     * @param upper the lowest rate that certainly does not hold; null if none fails
     */
    record Interval(@Nullable Double lower, @Nullable Double upper) {}

    private record Pool(long scheduled, long good, int levels) {

        double share() {
            return (double) good / scheduled;
        }

        Pool and(Pool other) {
            return new Pool(scheduled + other.scheduled, good + other.good, levels + other.levels);
        }
    }
}
