package io.bookstore.perf;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Figures as a report prints them: three significant digits, a unit, a comma between thousands. */
public final class Quantity {

    /** The text for an absent value. */
    public static final String NONE = "–";

    private Quantity() {}

    /** A latency in milliseconds. */
    public static String milliseconds(@Nullable Double value) {
        if (value == null) {
            return NONE;
        }
        double magnitude = Math.abs(value);
        if (magnitude >= 60_000) {
            return significant(value / 1000) + " s";
        }
        return magnitude >= 1000 ? significant(value / 1000) + " s" : significant(value) + " ms";
    }

    /** A share from 0 to 1. */
    public static String percent(@Nullable Double share) {
        return share == null ? NONE : significant(share * 100) + " %";
    }

    /** Three significant digits. */
    public static String decimal(double value) {
        return significant(value);
    }

    /** Anything that is counted. */
    public static String count(@Nullable Double value) {
        if (value == null) {
            return NONE;
        }
        return value == Math.rint(value) ? String.format(Locale.ROOT, "%,.0f", value) : significant(value);
    }

    public static String count(long value) {
        return count((double) value);
    }

    /** A number of things that are called so: {@code 1 run}, {@code 1,200 runs}. */
    public static String count(long value, String noun) {
        return count(value) + " " + noun + (value == 1 ? "" : "s");
    }

    /** US dollars; small sums keep the digits that make them differ. */
    public static String usd(@Nullable Double value) {
        if (value == null) {
            return NONE;
        }
        return String.format(Locale.ROOT, Math.abs(value) < 1 ? "$%.4f" : "$%,.2f", value);
    }

    public static String bytes(double value) {
        if (value >= 1e6) {
            return significant(value / 1e6) + " MB";
        }
        return value >= 1e3 ? significant(value / 1e3) + " kB" : significant(value) + " B";
    }

    /** A value in k6's unit {@code contains}. */
    public static String of(double value, String contains) {
        return switch (contains) {
            case "time" -> milliseconds(value);
            case "data" -> bytes(value);
            default -> count(value);
        };
    }

    /** Returns whether a value in that unit is printed with it, so that the head of a column need not name it. */
    public static boolean knows(String unit) {
        return List.of("ms", "s", "%", "USD").contains(unit);
    }

    /** A value in a unit of an {@link io.bookstore.perf.answer.Answer}. */
    public static String in(String unit, double value) {
        return switch (unit) {
            case "ms" -> milliseconds(value);
            case "s" -> milliseconds(value * 1000);
            case "%" -> percent(value / 100);
            case "USD" -> usd(value);
            case "" -> count(value);
            default -> count(value) + " " + unit;
        };
    }

    /** A chosen value such as a limit, without the zeros that would claim it had been measured. */
    public static String exact(String quantity) {
        return quantity.replaceFirst("(\\.\\d*?)0+(?!\\d)", "$1").replaceFirst("\\.(?!\\d)", "");
    }

    public static String duration(Duration duration) {
        long seconds = Math.round(duration.toMillis() / 1000.0);
        if (seconds < 60) {
            return significant(duration.toMillis() / 1000.0) + " s";
        }
        String minutes = "%d min %02d s".formatted(seconds / 60 % 60, seconds % 60);
        return seconds < 3600 ? minutes : seconds / 3600 + " h " + minutes;
    }

    private static String significant(double value) {
        double magnitude = Math.abs(value);
        int decimals = magnitude >= 100 || magnitude == 0 ? 0 : magnitude >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
