package io.bookstore.perf.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.apache.commons.statistics.descriptive.Median;

/**
 * The runs from which on a figure has another level, by E-divisive means: a segment is split where the energy distance of its
 * two sides is largest, as long as a permutation test says that chance does not make such a split.
 *
 * <p>Matteson and James, "A nonparametric approach for multiple change point analysis of multivariate data", 2014
 * (arXiv:1306.4933), with exponent 1. MongoDB found regressions of its builds in this way: Daly et al., "The use of change
 * point detection to identify software performance regressions in a continuous integration system", 2020 (arXiv:2003.00584).
 */
final class ChangePoints {

    /** Fewest runs on each side of a change: two slow runs one after the other are no level. */
    static final int SHORTEST = 3;

    private static final double CHANCE = 0.05;
    private static final int PERMUTATIONS = 199;

    /** The seed of every series, so that a history gives the same page each time. */
    private static final long SEED = 20140701;

    // Sums of the same distances in another order differ in their last digits.
    private static final double ROUNDING = 1e-9;

    private final List<Double> values;
    private final double[] scaled;
    private final Random random = new Random(SEED);

    private ChangePoints(List<Double> values) {
        this.values = values;
        this.scaled = scaled(values);
    }

    /**
     * The change points of a series, in its order.
     *
     * @param values one of each run, in the order of their start
     */
    static List<ChangePoint> in(List<Double> values) {
        return new ChangePoints(values).find();
    }

    /**
     * A change of level.
     *
     * @param index  the first run of the new level
     * @param before median of the runs from the change before to this one
     * @param after  median of the runs from this one to the next change
     * @param chance p-value of the permutation test
     */
    record ChangePoint(int index, double before, double after, double chance) {}

    /** Logarithms where there are any, for a time changes by a share of itself. */
    private static double[] scaled(List<Double> values) {
        boolean positive = values.stream().allMatch(value -> value > 0);
        return values.stream()
                .mapToDouble(value -> positive ? Math.log(value) : value)
                .toArray();
    }

    private List<ChangePoint> find() {
        TreeSet<Integer> bounds = new TreeSet<>(List.of(0, scaled.length));
        List<Split> found = new ArrayList<>();
        while (true) {
            Split best = best(scaled, bounds);
            double chance = best.energy > ROUNDING ? chance(best, bounds) : 1;
            if (chance > CHANCE) {
                return described(found, bounds);
            }
            bounds.add(best.index);
            found.add(new Split(best.index, best.energy, chance));
        }
    }

    private List<ChangePoint> described(List<Split> found, TreeSet<Integer> bounds) {
        return found.stream()
                .sorted((one, other) -> Integer.compare(one.index, other.index))
                .map(split -> new ChangePoint(
                        split.index,
                        median(bounds.lower(split.index), split.index),
                        median(split.index, bounds.higher(split.index)),
                        split.chance))
                .toList();
    }

    private double median(int from, int to) {
        return Median.withDefaults()
                .evaluate(values.subList(from, to).stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray());
    }

    /** The share of shuffled series, this one among them, whose best split is as good; values stay within their segment. */
    private double chance(Split observed, TreeSet<Integer> bounds) {
        int asGood = 1;
        for (int permutation = 0; permutation < PERMUTATIONS; permutation++) {
            if (best(shuffled(bounds), bounds).energy >= observed.energy - ROUNDING) {
                asGood++;
            }
        }
        return (double) asGood / (PERMUTATIONS + 1);
    }

    private double[] shuffled(TreeSet<Integer> bounds) {
        List<Double> all = new ArrayList<>(Arrays.stream(scaled).boxed().toList());
        for (int from : bounds.headSet(scaled.length)) {
            Collections.shuffle(all.subList(from, bounds.higher(from)), random);
        }
        return all.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static Split best(double[] series, TreeSet<Integer> bounds) {
        Split best = new Split(0, 0, 1);
        for (int from : bounds.headSet(series.length)) {
            Split split = best(series, from, bounds.higher(from));
            best = split.energy > best.energy ? split : best;
        }
        return best;
    }

    /** Moves values from the right side to the left, one after the other, and keeps the sums of distances. */
    private static Split best(double[] series, int from, int to) {
        double left = 0;
        double across = 0;
        double right = 0;
        for (int i = from; i < to; i++) {
            right += distances(series, i, i + 1, to);
        }
        Split best = new Split(from, 0, 1);
        for (int index = from + 1; index < to; index++) {
            double toLeft = distances(series, index - 1, from, index - 1);
            double toRight = distances(series, index - 1, index, to);
            left += toLeft;
            across += toRight - toLeft;
            right -= toRight;
            if (index - from >= SHORTEST && to - index >= SHORTEST) {
                double energy = energy(left, across, right, index - from, to - index);
                best = energy > best.energy ? new Split(index, energy, 1) : best;
            }
        }
        return best;
    }

    private static double distances(double[] series, int of, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += Math.abs(series[of] - series[i]);
        }
        return sum;
    }

    /** Formula (5) and (6) of the paper, from the sums of distances within and between two sides of n and m values. */
    private static double energy(double left, double across, double right, double n, double m) {
        double distance = 2 * across / (n * m) - left / (n * (n - 1) / 2) - right / (m * (m - 1) / 2);
        return n * m / (n + m) * distance;
    }

    private record Split(int index, double energy, double chance) {}
}
