package io.bookstore.console.runs;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.bookstore.perf.cli.compare.CompareJson;
import io.bookstore.perf.report.ComparisonTable;
import java.util.List;

/** A comparison as the API shows it: the JSON of {@code llm-perf compare}, and its table. */
public record ComparisonView(@JsonUnwrapped CompareJson comparison, Table table) {

    /** The figures as the command prints them, a row for each metric. */
    public record Table(List<String> columns, List<List<String>> rows, List<String> reasons) {}

    public static ComparisonView of(CompareJson comparison) {
        return new ComparisonView(
                comparison,
                new Table(
                        ComparisonTable.COLUMNS,
                        comparison.metrics().stream().map(ComparisonTable::row).toList(),
                        ComparisonTable.reasons(comparison.metrics())));
    }
}
