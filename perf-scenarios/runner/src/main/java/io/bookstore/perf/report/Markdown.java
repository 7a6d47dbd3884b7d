package io.bookstore.perf.report;

import java.util.List;
import java.util.stream.Collectors;

/** Text for a comment on a pull request. Names come from scripts, folders and services, and may hold anything. */
public final class Markdown {

    private Markdown() {}

    /** A line of a table. */
    public static String row(List<String> cells) {
        return cells.stream().map(Markdown::escaped).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    /** A list below an empty line; nothing for no lines. */
    public static String list(List<String> lines) {
        return lines.stream()
                .map(line -> "* " + escaped(line) + "\n")
                .collect(Collectors.joining("", lines.isEmpty() ? "" : "\n", ""));
    }

    public static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("|", "\\|")
                .replace("<", "&lt;")
                .replaceAll("([*`\\[])", "\\\\$1")
                .replaceAll("\\R", " ");
    }
}
