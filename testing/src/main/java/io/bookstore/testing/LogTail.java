package io.bookstore.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The end of a child process's log, for the message of a failed test. */
public final class LogTail {

    private static final int LINES = 40;

    private LogTail() {}

    /** Returns the last 40 lines of a text. */
    public static String of(String text) {
        List<String> lines = text.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    }

    /**
     * Returns the last 40 lines of a log below a line that names the file; a log that cannot be read is one line that says
     * so.
     */
    public static String of(Path log) {
        try {
            // A log may be cut in the middle of a character.
            String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
            long lines = text.lines().count();
            return "the last %d of %d lines of %s:%n%s".formatted(Math.min(LINES, lines), lines, log, of(text));
        } catch (IOException e) {
            return "no log at %s (%s)".formatted(log, e.getClass().getSimpleName());
        }
    }
}
