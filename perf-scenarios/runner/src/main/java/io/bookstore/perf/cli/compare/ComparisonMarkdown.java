package io.bookstore.perf.cli.compare;

import io.bookstore.perf.compare.Comparison;
import java.util.List;
import java.util.stream.Collectors;

/** A comparison as a comment for a pull request. */
final class ComparisonMarkdown {

    private ComparisonMarkdown() {}

    static String of(Comparison comparison) {
        String name = comparison.verdict().name();
        StringBuilder text = new StringBuilder("**")
                .append(name)
                .append("**")
                .append(escaped(comparison.sentence().substring(name.length())))
                .append(
                        comparison.grown() == null
                                ? ""
                                : " " + escaped(comparison.grown().sentence()))
                .append('\n');
        addList(text, comparison.refusals());
        if (!comparison.metrics().isEmpty()) {
            text.append('\n').append(line(ComparisonTable.COLUMNS));
            text.append("|---|--:|--:|--:|--:|--:|---|\n");
            comparison.metrics().forEach(metric -> text.append(line(ComparisonTable.row(metric))));
            addList(text, ComparisonTable.reasons(comparison.metrics()));
        }
        addList(text, comparison.notes());
        return text.toString();
    }

    private static void addList(StringBuilder text, List<String> lines) {
        if (!lines.isEmpty()) {
            text.append('\n');
            lines.forEach(line -> text.append("* ").append(escaped(line)).append('\n'));
        }
    }

    private static String line(List<String> cells) {
        return cells.stream().map(ComparisonMarkdown::escaped).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    /** Names come from scripts and folders, and may hold anything. */
    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("|", "\\|")
                .replace("<", "&lt;")
                .replaceAll("([*`\\[])", "\\\\$1")
                .replaceAll("\\R", " ");
    }
}
