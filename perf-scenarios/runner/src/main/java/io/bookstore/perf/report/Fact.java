package io.bookstore.perf.report;

import io.bookstore.perf.Quantity;
import io.bookstore.perf.metrics.MetricNames;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.TrendStatistics;
import io.bookstore.perf.results.facts.RunFacts;
import io.bookstore.perf.results.facts.TargetFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A fact that is needed to make a run again. */
public record Fact(String term, String value) {

    static List<Fact> of(RunResult result, String startedAt) {
        RunFacts run = result.run();
        TargetFacts target = run.target();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Scenario", run.scenario() + " (" + run.script() + ")"));
        facts.add(new Fact(
                "Load",
                run.loads().isEmpty()
                        ? Quantity.NONE
                        : run.loads().stream()
                                .map(load -> "%s: %s, %s, %s"
                                        .formatted(
                                                load.name(),
                                                load.executor(),
                                                load.openLoop() ? "open loop" : "closed loop",
                                                Quantity.duration(load.duration())))
                                .collect(Collectors.joining("; "))));
        result.trend(MetricNames.LLM_TURNS).ifPresent(turns -> facts.add(new Fact("Conversations", sentence(turns))));
        facts.add(new Fact("Engine", run.engine()));
        facts.add(new Fact("Started", startedAt));
        facts.add(new Fact("Duration", Quantity.duration(run.duration())));
        facts.add(new Fact("DURATION_SCALE", run.durationScale()));
        facts.add(new Fact(
                "Service",
                target.baseUrl() + (target.startedForTheRun() ? ", started for this run" : ", was already running")));
        if (target.provider() != null) {
            facts.add(new Fact(
                    "LLM provider",
                    target.provider() + (Boolean.TRUE.equals(target.simulated()) ? ", simulated" : "")));
        }
        if (target.database() != null) {
            facts.add(new Fact("Database", target.database()));
        }
        facts.add(new Fact(
                "Load machine",
                "%s, %d processors, %,d MiB"
                        .formatted(
                                run.machine().os(),
                                run.machine().processors(),
                                run.machine().memoryMib())));
        if (run.generator() != null) {
            facts.add(new Fact("Load generator", run.generator().sentence()));
        }
        facts.add(new Fact("JDK", run.machine().jdk()));
        facts.add(new Fact("Kit", run.machine().kitVersion()));
        facts.add(new Fact(
                "Variables",
                run.env().entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining("  "))));
        return facts;
    }

    private static String sentence(TrendStatistics turns) {
        return "%s: %s good turns on average, %s to %s"
                .formatted(
                        Quantity.count(turns.count()),
                        Quantity.decimal(turns.avg()),
                        Quantity.count(turns.min()),
                        Quantity.count(turns.max()));
    }
}
