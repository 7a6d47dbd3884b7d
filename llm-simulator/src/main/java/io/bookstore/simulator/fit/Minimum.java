package io.bookstore.simulator.fit;

import java.util.function.DoubleUnaryOperator;

/**
 * The place of the least value of a function of one number that is at least 0: a logarithmic grid finds the valley, a
 * golden section its bottom (Kiefer, 1953).
 */
final class Minimum {

    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
    private static final int GRID = 24;
    private static final double PRECISION = 1e-4;

    private Minimum() {}

    /**
     * Finds the place, 0 included.
     *
     * @param least the least place above 0 that differs from 0
     */
    static double of(DoubleUnaryOperator function, double least, double most) {
        double step = Math.pow(most / least, 1.0 / (GRID - 1));
        int best = -1;
        double lowest = function.applyAsDouble(0);
        for (int i = 0; i < GRID; i++) {
            double value = function.applyAsDouble(least * Math.pow(step, i));
            if (value < lowest) {
                lowest = value;
                best = i;
            }
        }
        if (best < 0) {
            return 0;
        }
        double low = best == 0 ? 0 : least * Math.pow(step, best - 1);
        return section(function, low, Math.min(most, least * Math.pow(step, best + 1)));
    }

    private static double section(DoubleUnaryOperator function, double from, double to) {
        double low = from;
        double high = to;
        double left = high - GOLDEN * (high - low);
        double right = low + GOLDEN * (high - low);
        double atLeft = function.applyAsDouble(left);
        double atRight = function.applyAsDouble(right);
        while (high - low > PRECISION * high) {
            if (atLeft < atRight) {
                high = right;
                right = left;
                atRight = atLeft;
                left = high - GOLDEN * (high - low);
                atLeft = function.applyAsDouble(left);
            } else {
                low = left;
                left = right;
                atLeft = atRight;
                right = low + GOLDEN * (high - low);
                atRight = function.applyAsDouble(right);
            }
        }
        return (low + high) / 2;
    }
}
