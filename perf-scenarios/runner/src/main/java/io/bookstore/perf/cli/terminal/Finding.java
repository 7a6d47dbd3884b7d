package io.bookstore.perf.cli.terminal;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A thing that was looked at.
 *
 * @param what names it in a word
 * @param text what was found, and the remedy if it stands in the way
 */
public record Finding(String what, State state, String text) {

    /** Control characters, ends of lines and paragraphs, and those that turn the direction of a text. */
    private static final Pattern unprintable =
            Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]");

    public enum State {
        /** All right. */
        OK,
        /** Absent, and not needed. */
        NONE,
        /** A run would not start, or find no answer. */
        BAD
    }

    public static Finding ok(String what, String text) {
        return new Finding(what, State.OK, text);
    }

    public static Finding none(String what, String text) {
        return new Finding(what, State.NONE, text);
    }

    public static Finding bad(String what, String text) {
        return new Finding(what, State.BAD, text);
    }

    /** Returns whether nothing stands in the way. */
    public static boolean allWell(List<Finding> findings) {
        return findings.stream().noneMatch(finding -> finding.state() == State.BAD);
    }

    /** Prints a line for each, in three columns; a character that would move the cursor is shown as JSON escapes it. */
    public static void print(List<Finding> findings, PrintWriter out) {
        int width = findings.stream()
                .mapToInt(finding -> finding.what().length())
                .max()
                .orElse(0);
        findings.forEach(finding -> out.println("%-4s  %s%s  %s"
                .formatted(
                        finding.state().name().toLowerCase(Locale.ROOT),
                        finding.what(),
                        " ".repeat(width - finding.what().length()),
                        harmless(finding.text()))));
    }

    /** Services have a say in the text, and a terminal obeys its control characters. */
    private static String harmless(String text) {
        return unprintable
                .matcher(text)
                .replaceAll(found -> "\\\\u%04x".formatted((int) found.group().charAt(0)));
    }
}
