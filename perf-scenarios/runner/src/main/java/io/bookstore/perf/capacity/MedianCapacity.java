package io.bookstore.perf.capacity;

import java.util.List;

/**
 * The point estimate of the capacity: the median over many falling curves, each weighed by how likely it makes the probes.
 *
 * <p>The curves are logistic in the logarithm of the rate, as psychometric functions are (Wichmann and Hill, 2001): from gentle
 * to a cliff, and beginning at 1 or a little below, for some services fail a share of requests at any rate. Each has the
 * wanted attainment at its capacity. The shape moves the estimate within the interval only, never the interval.
 */
final class MedianCapacity {

    private static final int CAPACITIES = 60;
    private static final int SLOPES = 12;
    private static final double GENTLEST = 2;
    private static final double STEEPER = 1.6;

    /** Parts of the allowed failures that come at any rate. */
    private static final double[] FAILING = {0, 0.25, 0.5, 0.75};

    private final List<Level> levels;
    private final double attainment;

    private MedianCapacity(List<Level> levels, double attainment) {
        this.levels = levels;
        this.attainment = attainment;
    }

    /** The median within the interval. */
    static double between(double lower, double upper, List<Level> levels, double attainment) {
        return new MedianCapacity(levels, attainment).median(lower, upper);
    }

    private double median(double lower, double upper) {
        double step = Math.log(upper / lower) / CAPACITIES;
        double[] weights = new double[CAPACITIES];
        double best = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < CAPACITIES; i++) {
            weights[i] = logWeight(Math.log(lower) + (i + 0.5) * step);
            best = Math.max(best, weights[i]);
        }
        double sum = 0;
        for (int i = 0; i < CAPACITIES; i++) {
            weights[i] = Math.exp(weights[i] - best);
            sum += weights[i];
        }
        double left = sum / 2;
        int i = 0;
        while (i < CAPACITIES - 1 && left > weights[i]) {
            left -= weights[i++];
        }
        return lower * Math.exp((i + left / weights[i]) * step);
    }

    /** The logarithm of the mean likelihood of all curves with that capacity. */
    private double logWeight(double logCapacity) {
        double best = Double.NEGATIVE_INFINITY;
        double[] each = new double[SLOPES * FAILING.length];
        int n = 0;
        for (double failing : FAILING) {
            double top = 1 - failing * (1 - attainment);
            double odds = Math.log(attainment / (top - attainment));
            double slope = GENTLEST;
            for (int i = 0; i < SLOPES; i++) {
                each[n] = logLikelihood(logCapacity, top, odds, slope);
                best = Math.max(best, each[n++]);
                slope *= STEEPER;
            }
        }
        double sum = 0;
        for (double logLikelihood : each) {
            sum += Math.exp(logLikelihood - best);
        }
        return best + Math.log(sum);
    }

    private double logLikelihood(double logCapacity, double top, double odds, double slope) {
        double sum = 0;
        for (Level level : levels) {
            double share = top / (1 + Math.exp(-odds + slope * (Math.log(level.sustained()) - logCapacity)));
            sum += level.logLikelihood(share);
        }
        return sum;
    }
}
