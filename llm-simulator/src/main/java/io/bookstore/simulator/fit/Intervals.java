package io.bookstore.simulator.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * The interval of each number that streams tell, as percentiles of 200 resamples of them (Efron, 1979). The seed is fixed: the
 * same streams give the same intervals.
 */
final class Intervals {

    private static final int RESAMPLES = 200;
    private static final double LOWER = 0.025;
    private static final long SEED = 1;

    /** The ends between which a number lies with 95 % confidence. */
    record Interval(double low, double high) {}

    private final Map<String, Interval> byKey;

    private Intervals(Map<String, Interval> byKey) {
        this.byKey = byKey;
    }

    /** Returns the intervals of the numbers that {@link Numbers#of} gives for the same arguments. */
    static Intervals of(List<Measured.One> streams, boolean byPrompt, boolean byLoad) {
        SplittableRandom random = new SplittableRandom(SEED);
        double[][] values = new double[Numbers.keys.size()][RESAMPLES];
        List<Measured.One> picked = new ArrayList<>(streams);
        for (int resample = 0; resample < RESAMPLES; resample++) {
            picked.replaceAll(one -> streams.get(random.nextInt(streams.size())));
            Numbers numbers = Numbers.of(picked, byPrompt, byLoad);
            for (int i = 0; i < values.length; i++) {
                values[i][resample] = Numbers.keys.get(i).value().applyAsDouble(numbers);
            }
        }
        Map<String, Interval> byKey = new TreeMap<>();
        for (int i = 0; i < values.length; i++) {
            Arrays.sort(values[i]);
            byKey.put(
                    Numbers.keys.get(i).text(),
                    new Interval(Goodness.quantile(values[i], LOWER), Goodness.quantile(values[i], 1 - LOWER)));
        }
        return new Intervals(byKey);
    }

    /** Returns the interval of a number, by its key. */
    Interval of(String key) {
        return Objects.requireNonNull(byKey.get(key), key);
    }
}
