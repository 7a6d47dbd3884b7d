package io.bookstore.perf.cli.plan;

import io.bookstore.perf.Quantity;
import io.bookstore.perf.cli.terminal.TextTable;
import io.bookstore.perf.plan.PlannedRun;
import io.bookstore.perf.plan.PlannedRun.Percentiles;
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

    private final Behaviour provider;
    private final List<PlannedRun> columns;
    private final TextTable table;

    PlanPrinter(Behaviour provider, Map<String, PlannedRun> runs) {
        List<String> heads = new ArrayList<>(List.of(""));
        heads.addAll(runs.keySet());
        if (runs.size() > 1) {
            heads.add("together");
        }
        this.provider = provider;
        this.columns = List.copyOf(runs.values());
        this.table = new TextTable(heads);
    }

    void print(PrintWriter out) {
        Long limit = provider.limits().requestsPerMinute();
        out.printf(
                "Planned in virtual time: profile %s, seed %d, %s.%n%n",
                provider.profile().name(),
                provider.seed(),
                limit == null ? "no limit of requests" : "limit " + Quantity.count(limit, "request") + " a minute");
        add("length", run -> Quantity.duration(run.length()));
        addCounts("summaries", PlannedRun::summaries);
        add("within limits", PlanPrinter::shareWithinLimits);
        addCounts("of them failed", PlannedRun::failed);
        if (columns.stream().anyMatch(run -> run.plainRequests() > 0)) {
            addCounts("plain requests", PlannedRun::plainRequests);
        }
        addCounts("attempts", PlannedRun::attempts);
        addCounts("of them 429", PlannedRun::rateLimited);
        addCounts("input tokens", PlannedRun::inputTokens);
        addCounts("output tokens", PlannedRun::outputTokens);
        addWithSum("cost", PlannedRun::usd, Quantity::usd);
        add("most in flight", run -> Quantity.count((long) run.mostInFlight()));
        add("first token, p50", run -> time(run.firstToken(), Percentiles::p50));
        add("first token, p95", run -> time(run.firstToken(), Percentiles::p95));
        add("end to end, p50", run -> time(run.endToEnd(), Percentiles::p50));
        add("end to end, p95", run -> time(run.endToEnd(), Percentiles::p95));
        add("end to end, p99", run -> time(run.endToEnd(), Percentiles::p99));
        table.lines().forEach(line -> out.println("  " + line));
    }

    private static String shareWithinLimits(PlannedRun run) {
        return Quantity.percent(run.summaries() == 0 ? null : (double) run.good() / run.summaries());
    }

    private void addCounts(String name, ToDoubleFunction<PlannedRun> figure) {
        addWithSum(name, figure, sum -> Quantity.count(Math.round(sum)));
    }

    private void addWithSum(String name, ToDoubleFunction<PlannedRun> figure, Function<Double, String> words) {
        add(
                name,
                run -> words.apply(figure.applyAsDouble(run)),
                words.apply(columns.stream().mapToDouble(figure).sum()));
    }

    /** Adds a figure that does not add up. */
    private void add(String name, Function<PlannedRun, String> cell) {
        add(name, cell, "");
    }

    private void add(String name, Function<PlannedRun, String> cell, String together) {
        List<String> cells = new ArrayList<>(List.of(name));
        columns.forEach(run -> cells.add(cell.apply(run)));
        if (columns.size() > 1) {
            cells.add(together);
        }
        table.add(cells);
    }

    private static String time(@Nullable Percentiles percentiles, ToDoubleFunction<Percentiles> figure) {
        return Quantity.milliseconds(percentiles == null ? null : figure.applyAsDouble(percentiles));
    }
}
