package io.bookstore.perf.run;

import io.bookstore.k6.run.EngineOutcome;
import io.bookstore.k6.run.EngineRequest;
import io.bookstore.k6.run.EngineRun;
import io.bookstore.k6.run.Inspection;
import io.bookstore.k6.run.RunPlan;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.engine.EngineChoice;
import io.bookstore.perf.engine.embedded.EmbeddedEngine;
import io.bookstore.perf.metrics.SampleSink;
import io.bookstore.perf.record.RequestRecord;
import io.bookstore.perf.record.RequestRecords;
import io.bookstore.perf.record.SpanReceiver;
import io.bookstore.perf.report.LimitsAnswer;
import io.bookstore.perf.report.ModelInfluence;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.Verdict;
import io.bookstore.perf.results.facts.GeneratorLoad;
import io.bookstore.perf.results.facts.MachineFacts;
import io.bookstore.perf.results.facts.RunFacts;
import io.bookstore.perf.results.facts.TargetFacts;
import io.bookstore.perf.results.sample.AllSinks;
import io.bookstore.perf.results.sample.ResultReader;
import io.bookstore.perf.slo.SloRecorder;
import io.bookstore.perf.stack.Stack;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs a script against a service and leaves its results in a folder. */
public final class ScenarioRunner {

    private final EngineChoice choice;
    private final Clock clock;
    private final Consent consent;

    /** @param consent asked before a run against a provider that is not simulated */
    public ScenarioRunner(EngineChoice choice, Clock clock, Consent consent) {
        this.choice = choice;
        this.clock = clock;
        this.consent = consent;
    }

    /**
     * Runs to the end, an interrupted run included, and writes {@code summary.json}, {@code junit.xml} and
     * {@code report.html}.
     *
     * @throws PerfException if it cannot even start; nothing is left running then
     */
    public RunResult run(RunOrder order, RunWatcher watcher) throws InterruptedException {
        RunResult result = measure(order, inspect(order), watcher);
        ResultFolder.write(result, order.output());
        return result;
    }

    /**
     * Looks at the script before anything is started or written for it.
     *
     * @throws PerfException if a variable or flag of the order is wrong, which is no result
     */
    public Inspection inspect(RunOrder order) {
        order.limits();
        EngineRequest request = request(order, order.script().env());
        Inspection inspection = choice.engine().inspect(request);
        refuseMistakeOfCaller(order, inspection);
        if (inspection.equals(Inspection.NONE)
                && !order.script().flags().selection().isEmpty()) {
            // k6 itself would only say so after the service has been started for it.
            refuseMistakeOfCaller(order, new EmbeddedEngine().inspect(request));
        }
        return inspection;
    }

    private static void refuseMistakeOfCaller(RunOrder order, Inspection inspection) {
        EngineOutcome problem = inspection.problem();
        String sentence = problem == null ? null : problem.problem();
        if (sentence != null
                && (order.script().flags().selection().keySet().stream().anyMatch(sentence::startsWith)
                        || order.script().env().keySet().stream()
                                .anyMatch(name -> sentence.contains(name + " must be ")))) {
            throw new PerfException(ExitCode.USAGE, sentence);
        }
    }

    /**
     * Runs to the end and leaves what the engine wrote; {@link ResultFolder#write} is left to the caller, who can say the
     * verdict before a full disk refuses the files.
     *
     * @throws PerfException if it cannot even start; nothing is left running then
     */
    public RunResult measure(RunOrder order, Inspection inspection, RunWatcher watcher) throws InterruptedException {
        try (ServiceSession service = new ServiceSession()) {
            return measure(order, inspection, watcher, service);
        }
    }

    /**
     * The same with a service that is kept for the next run.
     *
     * @throws PerfException if it cannot even start; the session is closed then
     */
    public RunResult measure(RunOrder order, Inspection inspection, RunWatcher watcher, ServiceSession service)
            throws InterruptedException {
        EngineOutcome problem = inspection.problem();
        if (problem != null) {
            // Nothing is started for a script that cannot run.
            ResultFolder.create(order.output());
            ResultFolder.removeSamples(order.output());
            RunResult result = unrun(order, problem);
            return result.with(LimitsAnswer.made(result));
        }
        Stack stack = prepare(order, inspection, service, watcher);
        ResultFolder.removeSamples(order.output());
        ModelInfluence influence = new ModelInfluence();
        RunResult result = load(order, stack, inspection, service.spans(), influence, watcher);
        return result.with(influence.addTo(FinishedRun.answer(result, order.output())));
    }

    /** A run that never begins leaves nothing behind, except the log of an API that failed: its message names it. */
    private Stack prepare(RunOrder order, Inspection inspection, ServiceSession service, RunWatcher watcher)
            throws InterruptedException {
        List<Path> unused = new ArrayList<>(ResultFolder.create(order.output()));
        try {
            Stack stack = service.open(order, choice.engine().comesFromOutside(), watcher);
            askForConsent(order, stack, inspection, watcher);
            return stack;
        } catch (RuntimeException | InterruptedException neverBegun) {
            service.close();
            boolean apiFailed =
                    neverBegun instanceof PerfException problem && problem.exitCode() == ExitCode.CANNOT_START;
            if (!apiFailed && !unused.isEmpty()) {
                unused.add(0, ServiceSession.log(order));
            }
            ResultFolder.remove(unused);
            throw neverBegun;
        }
    }

    private static EngineRequest request(RunOrder order, Map<String, String> env) {
        return new EngineRequest(
                order.script().file(), env, order.output(), order.script().flags());
    }

    private RunResult unrun(RunOrder order, EngineOutcome problem) {
        URI service = order.service().baseUrl();
        TargetFacts target = TargetFacts.unknown(
                service == null
                        ? URI.create("http://localhost:" + order.service().port())
                        : service);
        EngineRequest request = request(order, order.script().env());
        RunFacts facts = facts(order, List.of(), clock.instant(), order.script().env(), target, null);
        return new FinishedRun(request, facts, Verdict.of(problem.exitCode(), problem.problem())).read();
    }

    private void askForConsent(RunOrder order, Stack stack, Inspection inspection, RunWatcher watcher)
            throws InterruptedException {
        TargetFacts target = stack.facts();
        boolean paid = target.simulated() == null ? order.service().paid() : !target.simulated();
        if (paid) {
            // An engine that tells no plan leaves the embedded one to look.
            RunPlan plan = inspection
                    .known()
                    .or(() -> new EmbeddedEngine()
                            .inspect(request(order, order.script().env()))
                            .known())
                    .orElse(new RunPlan(List.of()));
            ExpectedLoad load =
                    ExpectedLoad.of(plan, order.script().pace(), order.script().env());
            if (load.requests() == 0 && target.simulated() == null) {
                return;
            }
            watcher.quiet();
            consent.confirm(Bill.of(target, load, RequestPrice.of(stack.spent(), load)));
        }
    }

    private RunResult load(
            RunOrder order,
            Stack stack,
            Inspection inspection,
            @Nullable SpanReceiver spans,
            ModelInfluence influence,
            RunWatcher watcher)
            throws InterruptedException {
        SloRecorder slo = new SloRecorder(order.limits());
        Consumer<RequestRecord> listener = request -> {
            slo.request(request);
            influence.add(request);
        };
        watcher.loading(stack.baseUrl());
        Optional<RequestRecords.Simulator> simulator = stack.simulator();
        simulator.ifPresent(known -> watcher.simulated(known.url()));
        try (RequestRecords records = records(order, simulator.orElse(null), spans, listener)) {
            return load(order, stack, inspection, records, slo, watcher);
        }
    }

    private static RequestRecords records(
            RunOrder order,
            RequestRecords.@Nullable Simulator simulator,
            @Nullable SpanReceiver spans,
            Consumer<RequestRecord> listener) {
        try {
            return RequestRecords.open(order.output(), spans, simulator, listener);
        } catch (IOException e) {
            throw ResultFolder.cannotWrite(order.output(), e);
        }
    }

    private RunResult load(
            RunOrder order,
            Stack stack,
            Inspection inspection,
            RequestRecords records,
            SloRecorder slo,
            RunWatcher watcher)
            throws InterruptedException {
        TargetFacts target = stack.facts();
        Map<String, String> env = order.envFor(stack.baseUrl());
        EngineRequest request = request(order, env);
        DollarLimit limit = new DollarLimit(order.rules().maxUsd());
        GeneratorMeter meter = GeneratorMeter.ofThisJvm();
        ResultReader results = ResultReader.following(inspection.thresholds());
        SampleSink followed = choice.engine().tellsEverySample() ? results : SampleSink.NONE;
        PlanCapture plan = new PlanCapture(watcher, new AllSinks(List.of(limit, followed, records, slo)), meter);
        RunAudit audit =
                RunAudit.begin(stack.countRequests(), clock, order.rules().strict());
        Instant startedAt = clock.instant();
        EngineRun run = choice.engine().start(request, plan);
        limit.started(run);
        watcher.judging(slo::soFar);
        watcher.started(run);
        EngineOutcome outcome = UnexpectedAnswer.outcome(limit.outcome(run.await()));
        audit.end();
        GeneratorLoad generator = choice.engine().tellsEverySample() ? meter.load() : null;
        watcher.ended();
        RunFacts facts = facts(order, plan.loads(), startedAt, env, target, generator);
        finish(records, watcher);
        FinishedRun finished = new FinishedRun(request, facts, Verdict.of(outcome.exitCode(), outcome.problem()));
        RunResult result = (choice.engine().tellsEverySample() ? finished.followed(results) : finished.read())
                .with(records.summary())
                .with(slo.goodput(plan.loads()), slo.money(plan.loads(), startedAt));
        return audit.judge(
                FinishedRun.measured(result.withErrors(plan.exceptions())),
                plan,
                records.spanFacts(),
                slo.free(target, startedAt));
    }

    private static void finish(RequestRecords records, RunWatcher watcher) throws InterruptedException {
        try {
            records.finish();
        } catch (IOException e) {
            watcher.log("warning", RequestRecords.NAME + " ends early: " + e.getMessage() + ".");
        }
    }

    private RunFacts facts(
            RunOrder order,
            List<RunFacts.Load> loads,
            Instant startedAt,
            Map<String, String> env,
            TargetFacts target,
            @Nullable GeneratorLoad generator) {
        Map<String, String> variables = new TreeMap<>(env);
        variables.putAll(order.script().flags().variables());
        variables.putAll(order.script().flags().selection());
        return new RunFacts(
                order.name(),
                order.script().file().getFileName().toString(),
                order.scriptHash(),
                choice.engine().name(),
                loads,
                startedAt,
                Duration.between(startedAt, clock.instant()),
                variables,
                target,
                MachineFacts.current(),
                generator);
    }
}
