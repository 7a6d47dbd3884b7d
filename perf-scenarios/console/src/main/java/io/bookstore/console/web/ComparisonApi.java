package io.bookstore.console.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.bookstore.console.runs.ComparisonView;
import io.bookstore.console.runs.RunQueue;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.cli.compare.CompareJson;
import io.bookstore.perf.compare.CompareRules;
import io.bookstore.perf.compare.ComparedRun;
import io.bookstore.perf.compare.Comparison;
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
        Answer.json(exchange, ComparisonView.of(CompareJson.of(comparison, false)));
    }

    private void refuse(HttpExchange exchange, String id) throws IOException {
        if (runs.find(id).isPresent()) {
            Answer.problem(exchange, 409, "The run " + id + " has no result: choose one that has measured something.");
        } else {
            Answer.problem(exchange, 404, "There is no run " + id + " in the folder of reports.");
        }
    }
}
