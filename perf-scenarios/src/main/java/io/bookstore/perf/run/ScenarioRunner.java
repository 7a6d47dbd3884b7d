package io.bookstore.perf.run;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.engine.EngineChoice;
import io.bookstore.perf.engine.EngineOutcome;
import io.bookstore.perf.engine.EngineRequest;
import io.bookstore.perf.engine.EngineRun;
import io.bookstore.perf.report.HtmlReport;
import io.bookstore.perf.results.CrossCheck;
import io.bookstore.perf.results.JUnitFile;
import io.bookstore.perf.results.MachineFacts;
import io.bookstore.perf.results.ResultReader;
import io.bookstore.perf.results.RunFacts;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.SummaryFile;
import io.bookstore.perf.results.TargetFacts;
import io.bookstore.perf.results.TrendStatistics;
import io.bookstore.perf.results.Verdict;
import io.bookstore.perf.stack.RequestWitness;
import io.bookstore.perf.stack.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Runs a script against a service and leaves its results in a folder. */
public final class ScenarioRunner {

    private final EngineChoice choice;
    private final Clock clock;

    public ScenarioRunner(EngineChoice choice, Clock clock) {
        this.choice = choice;
        this.clock = clock;
    }

    /**
     * Runs to the end, an interrupted run included, and writes {@code summary.json}, {@code junit.xml} and
     * {@code report.html}.
     *
     * @throws PerfException if it cannot even start; nothing is left running then
     */
    public RunResult run(RunOrder order, RunWatcher watcher) throws InterruptedException {
        createFolder(order.output());
        RunResult result;
        try (Stack stack = open(order, watcher)) {
            result = load(order, stack, watcher);
        }
        try {
            SummaryFile.write(result, order.output().resolve(SummaryFile.NAME));
            JUnitFile.write(result, order.output().resolve(JUnitFile.NAME));
            HtmlReport.write(result, order.output().resolve(HtmlReport.NAME));
        } catch (IOException e) {
            throw cannotWrite(order.output(), e);
        }
        return result;
    }

    private Stack open(RunOrder order, RunWatcher watcher) throws InterruptedException {
        if (order.baseUrl() != null) {
            return Stack.at(order.baseUrl());
        }
        watcher.phase("starting the BookStore API");
        return Stack.start(
                order.apiJar(),
                order.port(),
                order.serviceEnv(),
                choice.engine().comesFromOutside(),
                order.output().resolve("api.log"),
                watcher::phase);
    }

    private RunResult load(RunOrder order, Stack stack, RunWatcher watcher) throws InterruptedException {
        TargetFacts target = stack.facts();
        RequestWitness witness = stack.witness();
        Map<String, String> env = order.envFor(stack.baseUrl());
        EngineRequest request = new EngineRequest(order.script(), env, order.output());
        PlanKeeper plan = new PlanKeeper(watcher);
        Instant startedAt = clock.instant();
        EngineRun run = choice.engine().start(request, plan);
        watcher.started(run);
        EngineOutcome outcome = run.await();
        watcher.ended();
        RunFacts facts = new RunFacts(
                order.name(),
                order.script().getFileName().toString(),
                choice.engine().name(),
                plan.loads(),
                startedAt,
                Duration.between(startedAt, clock.instant()),
                env,
                target,
                MachineFacts.current());
        RequestWitness.Testimony testimony = witness.testify();
        RunResult result = read(request, facts, Verdict.of(outcome.exitCode(), outcome.problem()));
        // A run that asked for no summary has nothing to compare.
        return result.llmRequests() == 0 ? result : result.with(crossCheck(result, testimony));
    }

    private static RunResult read(EngineRequest request, RunFacts facts, Verdict verdict) {
        try {
            return ResultReader.read(request.samples(), request.summary(), facts, verdict);
        } catch (IOException e) {
            throw new PerfException(
                    ExitCode.INTERNAL,
                    "The results in " + request.output() + " cannot be read: " + e.getMessage() + ".");
        }
    }

    private static CrossCheck crossCheck(RunResult result, RequestWitness.Testimony testimony) {
        return new CrossCheck(
                result.llmRequests(),
                testimony.serviceRequests(),
                testimony.simulatorAttempts(),
                testimony.simulatorMedianMs(),
                result.trend("llm_response_time").map(TrendStatistics::med).orElse(null));
    }

    private static void createFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw cannotWrite(folder, e);
        }
    }

    private static PerfException cannotWrite(Path folder, IOException e) {
        return new PerfException(
                ExitCode.NO_INPUT,
                "Cannot write to " + folder + " (" + e.getMessage() + "): choose another folder with --out.");
    }
}
