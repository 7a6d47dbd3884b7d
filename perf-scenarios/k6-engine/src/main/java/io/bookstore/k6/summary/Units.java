package io.bookstore.k6.summary;

import io.bookstore.perf.metrics.Metric;
import java.util.Locale;

/** Numbers as a person reads them. */
final class Units {
    private final String timeUnit;

    /** @param timeUnit {@code s}, {@code ms}, {@code us}; empty for a fitting unit */
    Units(String timeUnit) {
        this.timeUnit = timeUnit;
    }

    String value(Metric metric, double value) {
        return switch (metric.contains()) {
            case "time" -> time(value);
            case "data" -> bytes(value);
            default -> plain(value);
        };
    }

    String time(double millis) {
        switch (timeUnit) {
            case "s":
                return format("%.2fs", millis / 1e3);
            case "ms":
                return format("%.2fms", millis);
            case "us":
                return format("%.2fµs", millis * 1e3);
            default:
                return fittingTime(millis);
        }
    }

    private static String fittingTime(double millis) {
        double size = Math.abs(millis);
        if (size == 0) {
            return "0s";
        }
        if (size < 0.001) {
            return format("%.0fns", millis * 1e6);
        }
        if (size < 1) {
            return format("%.2fµs", millis * 1e3);
        }
        if (size < 1_000) {
            return format("%.2fms", millis);
        }
        if (size < 60_000) {
            return format("%.2fs", millis / 1e3);
        }
        long seconds = Math.round(millis / 1e3);
        return seconds < 3_600
                ? seconds / 60 + "m" + seconds % 60 + "s"
                : seconds / 3_600 + "h" + seconds % 3_600 / 60 + "m" + seconds % 60 + "s";
    }

    static String bytes(double bytes) {
        double size = Math.abs(bytes);
        if (size < 1e3) {
            return format("%.0f B", bytes);
        }
        if (size < 1e6) {
            return format(size < 1e4 ? "%.1f kB" : "%.0f kB", bytes / 1e3);
        }
        if (size < 1e9) {
            return format(size < 1e7 ? "%.1f MB" : "%.0f MB", bytes / 1e6);
        }
        return format("%.1f GB", bytes / 1e9);
    }

    static String plain(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        String text = format("%.6f", value);
        return text.replaceFirst("0+$", "").replaceFirst("\\.$", "");
    }

    /** Cut off after two decimals and not rounded: 99.999 % must not read as 100 %. */
    static String percent(double share) {
        return format("%.2f%%", Math.floor(share * 10_000 + 1e-9) / 100);
    }

    private static String format(String pattern, double value) {
        return String.format(Locale.ROOT, pattern, value);
    }
}
