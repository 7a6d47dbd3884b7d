package io.bookstore.simulator.record;

import java.util.Locale;
import java.util.stream.Collectors;

/** A drift as text for a terminal: the sentence first. */
final class DriftText {

    private DriftText() {}

    static String of(Drift drift) {
        StringBuilder text = new StringBuilder(sentence(drift)).append(String.format("%n"));
        if (drift.onlyInFirst() + drift.onlyInSecond() > 0) {
            text.append(String.format(
                    "Without a partner: %d of the first recording, %d of the second.%n",
                    drift.onlyInFirst(), drift.onlyInSecond()));
        }
        text.append(line("Measure", "first", "second", "pairs", ""));
        drift.rows()
                .forEach(row -> text.append(line(
                        row.measure(),
                        row.first(),
                        row.second(),
                        String.valueOf(row.pairs()),
                        (row.drifted() ? "drift: " : "") + row.verdict())));
        return text.toString();
    }

    private static String sentence(Drift drift) {
        String of = drift.pairs() + (drift.pairs() == 1 ? " pair" : " pairs") + " of equal requests";
        if (!drift.found()) {
            return "No drift in " + of + ".";
        }
        return "Drift in "
                + drift.rows().stream()
                        .filter(Drift.Row::drifted)
                        .map(row -> row.measure().replace(", ms", ""))
                        .collect(Collectors.joining(", "))
                + ", in " + of + ".";
    }

    private static String line(String measure, String first, String second, String pairs, String verdict) {
        return String.format(Locale.ROOT, "%-18s %10s %10s %5s   %s", measure, first, second, pairs, verdict)
                        .stripTrailing()
                + String.format("%n");
    }
}
