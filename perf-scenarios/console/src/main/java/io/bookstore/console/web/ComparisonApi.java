package io.bookstore.console.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.bookstore.console.runs.RunQueue;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.cli.compare.CompareJson;
import io.bookstore.perf.compare.CompareRules;
import io.bookstore.perf.compare.ComparedRun;
import io.bookstore.perf.compare.Comparison;
import io.bookstore.perf.report.ComparisonTable;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** The comparison of two runs, or of two folders of runs, as {@code llm-perf compare} makes it with its default rules. */
final class ComparisonApi implements HttpHandler {

    static final String PATH = "/api/comparison";

    private static final ReadOnlyAddress address = new ReadOnlyAddress(PATH, Set.of("before", "after"));

    private final RunQueue runs;

    ComparisonApi(RunQueue runs) {
        this.runs = runs;
    }

    /** The JSON of the command, and its table. */
    private record View(@JsonUnwrapped CompareJson comparison, Table table) {}

    /** The figures as the command prints them, a row for each metric. */
    private record Table(List<String> columns, List<List<String>> rows, List<String> reasons) {

        static Table of(Comparison comparison) {
            return new Table(
                    ComparisonTable.COLUMNS,
                    comparison.metrics().stream().map(ComparisonTable::row).toList(),
                    ComparisonTable.reasons(comparison.metrics()));
        }
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try {
            address.handle(exchange, query -> compare(exchange, query.required("before"), query.required("after")));
        } catch (PerfException e) {
            Answer.problem(exchange, e.exitCode() == ExitCode.USAGE ? 400 : 500, String.valueOf(e.getMessage()));
        }
    }

    private void compare(HttpExchange exchange, String before, String after) throws IOException {
        List<ComparedRun> baseline = runs.saved().results(before);
        List<ComparedRun> candidate = runs.saved().results(after);
        if (baseline.isEmpty() || candidate.isEmpty()) {
            refuse(exchange, baseline.isEmpty() ? before : after);
            return;
        }
        Comparison comparison = Comparison.of(baseline, candidate, CompareRules.DEFAULT);
        Answer.json(exchange, new View(CompareJson.of(comparison, false), Table.of(comparison)));
    }

    private void refuse(HttpExchange exchange, String id) throws IOException {
        if (runs.find(id).isPresent()) {
            Answer.problem(exchange, 409, "The run " + id + " has no result: choose one that has measured something.");
        } else {
            Answer.problem(exchange, 404, "There is no run " + id + " in the folder of reports.");
        }
    }
}
