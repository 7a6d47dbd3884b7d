package io.bookstore.perf.scenario;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The known name that somebody most likely meant. */
public final class Nearest {

    private static final int MOST_EDITS = 2;

    private Nearest() {}

    /** The known name that is at most two edits away, in any case; empty if none is, or if the name itself is known. */
    public static Optional<String> to(String name, Collection<String> known) {
        if (known.contains(name)) {
            return Optional.empty();
        }
        // Two edits make any short word out of any other.
        int limit = Math.min(MOST_EDITS, name.length() / 3);
        return known.stream()
                .filter(each -> Math.abs(name.length() - each.length()) <= limit && distance(name, each) <= limit)
                .min(Comparator.comparingInt((String each) -> distance(name, each))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Levenshtein's, row by row. */
    private static int distance(String one, String other) {
        String from = one.toLowerCase(Locale.ROOT);
        String to = other.toLowerCase(Locale.ROOT);
        int[] above = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            above[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            int[] current = new int[to.length() + 1];
            current[0] = row;
            for (int column = 1; column <= to.length(); column++) {
                int replaced = above[column - 1] + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replaced, Math.min(above[column], current[column - 1]) + 1);
            }
            above = current;
        }
        return above[to.length()];
    }
}
