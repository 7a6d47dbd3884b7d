package io.bookstore.perf.cli;

import io.bookstore.perf.plan.PlannedRun;
import io.bookstore.perf.plan.PlannedRun.Percentiles;
import io.bookstore.perf.report.Quantity;
import io.bookstore.simulator.simulation.Behaviour;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** A plan on a terminal: a column for each scenario, and the sum of a suite. */
final class PlanPrinter {

    private static final int NAME_WIDTH = 18;
    private static final int WIDTH = 12;

    private final PrintWriter out;

    PlanPrinter(PrintWriter out) {
        this.out = out;
    }

    void print(Behaviour provider, Map<String, PlannedRun> runs) {
        List<PlannedRun> columns = new ArrayList<>(runs.values());
        out.printf(
                "Planned in virtual time: profile %s, seed %d, %s.%n%n",
                provider.profile().name(),
                provider.seed(),
                provider.limits().requestsPerMinute() == null
                        ? "no limit of requests"
                        : "limit " + provider.limits().requestsPerMinute() + " requests a minute");
        List<String> names = new ArrayList<>(runs.keySet());
        if (columns.size() > 1) {
            names.add("together");
        }
        print("", names);
        print("length", columns, run -> Quantity.duration(run.length()));
        printCounts("summaries", columns, PlannedRun::summaries);
        printCounts("of them failed", columns, PlannedRun::failed);
        if (columns.stream().anyMatch(run -> run.plainRequests() > 0)) {
            printCounts("plain requests", columns, PlannedRun::plainRequests);
        }
        printCounts("attempts", columns, PlannedRun::attempts);
        printCounts("of them 429", columns, PlannedRun::rateLimited);
        printCounts("input tokens", columns, PlannedRun::inputTokens);
        printCounts("output tokens", columns, PlannedRun::outputTokens);
        printSums("cost", columns, PlannedRun::usd, Quantity::usd);
        print("most in flight", columns, run -> Quantity.count((long) run.mostInFlight()));
        print("first token, p50", columns, run -> time(run.firstToken(), Percentiles::p50));
        print("first token, p95", columns, run -> time(run.firstToken(), Percentiles::p95));
        print("end to end, p50", columns, run -> time(run.endToEnd(), Percentiles::p50));
        print("end to end, p95", columns, run -> time(run.endToEnd(), Percentiles::p95));
        print("end to end, p99", columns, run -> time(run.endToEnd(), Percentiles::p99));
    }

    private void printCounts(String name, List<PlannedRun> columns, ToDoubleFunction<PlannedRun> figure) {
        printSums(name, columns, figure, sum -> Quantity.count(Math.round(sum)));
    }

    private void printSums(
            String name,
            List<PlannedRun> columns,
            ToDoubleFunction<PlannedRun> figure,
            Function<Double, String> words) {
        List<String> cells = new ArrayList<>();
        columns.forEach(run -> cells.add(words.apply(figure.applyAsDouble(run))));
        if (columns.size() > 1) {
            cells.add(words.apply(columns.stream().mapToDouble(figure).sum()));
        }
        print(name, cells);
    }

    private void print(String name, List<PlannedRun> columns, Function<PlannedRun, String> cell) {
        print(name, columns.stream().map(cell).toList());
    }

    private void print(String name, List<String> cells) {
        StringBuilder line = new StringBuilder("  " + name + " ".repeat(NAME_WIDTH - name.length()));
        cells.forEach(cell ->
                line.append(" ".repeat(Math.max(1, WIDTH - cell.length()))).append(cell));
        out.println(line.toString().stripTrailing());
    }

    private static String time(@Nullable Percentiles percentiles, ToDoubleFunction<Percentiles> figure) {
        return Quantity.milliseconds(percentiles == null ? null : figure.applyAsDouble(percentiles));
    }
}
