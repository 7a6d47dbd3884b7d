package io.bookstore.perf.progress;

import java.time.Duration;
import java.util.Locale;

/** Numbers as a person reads them. */
final class Figures {

    private Figures() {}

    static String clock(Duration duration) {
        long seconds = duration.toSeconds();
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    static String milliseconds(double milliseconds) {
        if (milliseconds >= 1000) {
            return String.format(Locale.ROOT, "%.2f s", milliseconds / 1000);
        }
        return String.format(Locale.ROOT, milliseconds < 10 ? "%.1f ms" : "%.0f ms", milliseconds);
    }

    static String count(double count) {
        if (count < 10_000) {
            return String.format(Locale.ROOT, "%.0f", count);
        }
        return count < 1_000_000
                ? String.format(Locale.ROOT, "%.1fk", count / 1e3)
                : String.format(Locale.ROOT, "%.2fM", count / 1e6);
    }

    static String usd(double usd) {
        return String.format(Locale.ROOT, usd < 1 ? "$%.4f" : "$%.2f", usd);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", share * 100);
    }
}
