package io.bookstore.perf.cli.compare;

import io.bookstore.perf.compare.Comparison;
import io.bookstore.perf.report.ComparisonTable;
import io.bookstore.perf.report.Markdown;

/** A comparison as a comment for a pull request. */
final class ComparisonMarkdown {

    private ComparisonMarkdown() {}

    static String of(Comparison comparison) {
        String name = comparison.verdict().name();
        StringBuilder text = new StringBuilder("**")
                .append(name)
                .append("**")
                .append(Markdown.escaped(comparison.sentence().substring(name.length())))
                .append(
                        comparison.grown() == null
                                ? ""
                                : " " + Markdown.escaped(comparison.grown().sentence()))
                .append('\n');
        text.append(Markdown.list(comparison.refusals()));
        if (!comparison.metrics().isEmpty()) {
            text.append('\n').append(Markdown.row(ComparisonTable.COLUMNS));
            text.append("|---|--:|--:|--:|--:|--:|---|\n");
            comparison.metrics().forEach(metric -> text.append(Markdown.row(ComparisonTable.row(metric))));
            text.append(Markdown.list(ComparisonTable.reasons(comparison.metrics())));
        }
        text.append(Markdown.list(comparison.notes()));
        return text.toString();
    }
}
