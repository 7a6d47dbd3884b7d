package io.bookstore.perf.compare;

import java.util.List;
import java.util.OptionalInt;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.StandardDeviation;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The change from baseline to candidate, one difference for each pair of runs. The pairs are the sample: requests of one
 * run share queue, heap and machine, and thousands of them are still one observation.
 *
 * <p>Differences are of logarithms for ratios and of shares for shares; they are taken as a sample of a normal
 * distribution of unknown spread (Student's t).
 *
 * @param pairs  number of differences, at least 1
 * @param mean   their mean
 * @param spread their standard deviation; NaN for one pair
 */
record PairedChange(int pairs, double mean, double spread) {

    /** Fewer pairs show nothing: with five, even a sign test cannot come below 5 %. */
    static final int FEWEST_PAIRS = 6;

    /** The chance to be wrong that all judged metrics share. */
    static final double ALPHA = 0.05;

    /** The chance to see an effect of the size that is called visible, and to decide with the pairs that are called needed. */
    private static final double POWER = 0.8;

    private static final int MOST_PAIRS = 1000;

    static PairedChange of(List<Double> differences) {
        double[] values = differences.stream().mapToDouble(Double::doubleValue).toArray();
        return new PairedChange(
                values.length,
                Mean.of(values).getAsDouble(),
                values.length < 2 ? Double.NaN : StandardDeviation.of(values).getAsDouble());
    }

    /** The interval that holds the true change in 95 of 100 comparisons; the whole line for one pair. */
    Interval interval() {
        if (pairs < 2) {
            return new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        }
        double half = quantile(1 - ALPHA / 2, pairs) * error(pairs);
        return new Interval(mean - half, mean + half);
    }

    /**
     * The probability of a change this far beyond {@code margin}, on either side, if the true one lies within it; 0 as the
     * margin tests for any change at all.
     */
    double chanceBeyond(double margin) {
        double excess = Math.abs(mean) - margin;
        if (pairs < 2) {
            return 1;
        }
        if (error(pairs) == 0) {
            return excess > 0 ? 0 : 1;
        }
        return Math.min(1, 2 * student(pairs).survivalProbability(excess / error(pairs)));
    }

    /** The smallest true change that this many pairs of this spread would show in 8 of 10 comparisons. */
    double visible() {
        return pairs < 2 ? Double.POSITIVE_INFINITY : reach(pairs, ALPHA);
    }

    /**
     * Further pairs that would decide on which side of the margin a change of this size and spread lies, in 8 of 10
     * comparisons.
     *
     * @param alpha the chance to be wrong that this metric has for itself
     * @return empty if a thousand would not, for the change is about as large as the margin
     */
    OptionalInt morePairs(double margin, double alpha) {
        if (pairs < 2) {
            return OptionalInt.of(FEWEST_PAIRS - pairs);
        }
        double distance = Math.abs(Math.abs(mean) - margin);
        int few = Math.max(FEWEST_PAIRS, pairs);
        int many = MOST_PAIRS;
        if (reach(many, alpha) > distance) {
            return OptionalInt.empty();
        }
        while (few < many) {
            int middle = (few + many) / 2;
            if (reach(middle, alpha) <= distance) {
                many = middle;
            } else {
                few = middle + 1;
            }
        }
        return OptionalInt.of(Math.max(1, many - pairs));
    }

    /** Half an interval, and as much again as chance may take from the change in all but 2 of 10 comparisons. */
    private double reach(int number, double alpha) {
        return (quantile(1 - alpha / 2, number) + quantile(POWER, number)) * error(number);
    }

    private double error(int number) {
        return spread / Math.sqrt(number);
    }

    private static double quantile(double probability, int number) {
        return student(number).inverseCumulativeProbability(probability);
    }

    private static TDistribution student(int number) {
        return TDistribution.of(number - 1);
    }

    /** The values from {@code low} to {@code high}. */
    record Interval(double low, double high) {

        boolean within(double margin) {
            return low >= -margin && high <= margin;
        }

        boolean excludesNoChange() {
            return low > 0 || high < 0;
        }

        double width() {
            return high - low;
        }
    }
}
