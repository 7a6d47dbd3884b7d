package io.bookstore.perf.record;

import org.jspecify.annotations.Nullable;

/** Milliseconds to the microsecond; finer digits are noise, and cost space in a file of millions. */
final class Micros {

    static final double SMALLEST_MS = 0.001;

    private Micros() {}

    static @Nullable Double rounded(@Nullable Double millis) {
        return millis == null ? null : Double.valueOf(rounded(millis.doubleValue()));
    }

    static double rounded(double millis) {
        return Math.round(millis * 1_000) / 1_000.0;
    }
}
