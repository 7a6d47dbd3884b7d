package io.bookstore.simulator.fit;

import java.util.Arrays;

/**
 * The distribution of a figure of the calls, and that of the fitted profile. Do not modify the arrays.
 *
 * @param title    such as "First token, ms"
 * @param measured ascending
 * @param modelled ascending, of the same calls
 */
@SuppressWarnings("ArrayRecordComponent") // thousands of numbers that a chart reads
record Goodness(String title, double[] measured, double[] modelled) {

    // The largest distance that chance leaves in 95 of 100 samples, times the root of their size (Kolmogorov, 1933).
    private static final double CRITICAL = 1.358;

    Goodness {
        Arrays.sort(measured);
        Arrays.sort(modelled);
    }

    static double quantile(double[] ascending, double share) {
        return ascending[(int) Math.min(ascending.length - 1, Math.floor(share * ascending.length))];
    }

    /** The largest distance of the two distributions, as a share of the calls (Kolmogorov and Smirnov). */
    double distance() {
        double largest = 0;
        int model = 0;
        for (int i = 0; i < measured.length; ) {
            double value = measured[i];
            while (model < modelled.length && modelled[model] < value) {
                model++;
            }
            largest = Math.max(largest, Math.abs((double) i / measured.length - (double) model / modelled.length));
            while (i < measured.length && measured[i] == value) {
                i++;
            }
            int upTo = model;
            while (upTo < modelled.length && modelled[upTo] <= value) {
                upTo++;
            }
            largest = Math.max(largest, Math.abs((double) i / measured.length - (double) upTo / modelled.length));
        }
        return largest;
    }

    /** The distance beyond which chance alone is no explanation, at 5 %. */
    double criticalDistance() {
        return CRITICAL * Math.sqrt(1.0 / measured.length + 1.0 / modelled.length);
    }

    boolean fits() {
        return distance() <= criticalDistance();
    }
}
