package io.bookstore.k6;

import io.bookstore.k6.executor.Scenarios;
import io.bookstore.k6.executor.VuDemand;
import io.bookstore.k6.executor.VuPool;
import io.bookstore.k6.http.HttpClients;
import io.bookstore.k6.metrics.Aggregator;
import io.bookstore.k6.metrics.RunClock;
import io.bookstore.k6.metrics.SampleBatch;
import io.bookstore.k6.metrics.SampleBus;
import io.bookstore.k6.options.Options;
import io.bookstore.k6.run.EngineListener;
import io.bookstore.k6.run.EngineOutcome;
import io.bookstore.k6.run.EngineRequest;
import io.bookstore.k6.run.Inspection;
import io.bookstore.k6.run.K6ExitCode;
import io.bookstore.k6.script.ScriptFault;
import io.bookstore.k6.script.ScriptRuntime;
import io.bookstore.k6.summary.EndOfTest;
import io.bookstore.k6.vu.RunControl;
import io.bookstore.k6.vu.TestRun;
import io.bookstore.perf.metrics.GroupedSampleWriter;
import io.bookstore.perf.metrics.SampleFile;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a test, from its init code to its summary, and tells its exit code. */
final class Lifecycle {
    private static final Logger logger = LoggerFactory.getLogger(Lifecycle.class);

    private static final String INTERRUPTED_BEFORE = "The run was interrupted before it began.";

    private final EngineRequest request;
    private final Map<String, String> environment;
    private final EngineListener listener;
    private final RunControl control;
    private final RunClock clock = new RunClock();
    private final TestRun.Shared shared = TestRun.Shared.create();
    private @Nullable EndOfTest end;

    Lifecycle(EngineRequest request, Map<String, String> environment, EngineListener listener, RunControl control) {
        this.request = request;
        this.environment = environment;
        this.listener = listener;
        this.control = control;
    }

    /**
     * The init code alone, on a thread of its own: GraalJS answers an interruption of its thread as a failure of the script.
     * An interruption of the caller ends it at once, with k6's exit code for it.
     */
    Inspection inspect() {
        ExecutorService background = daemons();
        try {
            return background.submit(() -> inspectScript(background)).get();
        } catch (InterruptedException e) {
            control.stop(K6ExitCode.INTERRUPTED, INTERRUPTED_BEFORE);
            return new Inspection(null, Map.of(), K6ExitCode.INTERRUPTED.outcome(INTERRUPTED_BEFORE));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException problem ? problem : new IllegalStateException(e.getCause());
        } finally {
            background.shutdownNow();
        }
    }

    private Inspection inspectScript(ExecutorService background) {
        try (ScriptRuntime runtime = new ScriptRuntime(request.script())) {
            control.onStop(() -> closeIfInterrupted(runtime));
            Map<String, String> env = new HashMap<>(environment);
            env.putAll(request.env());
            TestRun preliminary = testRun(runtime, Discovery.defaults(), env, batch -> {}, background);
            Options options =
                    Discovery.explore(preliminary, environment, request.flags()).options();
            return new Inspection(Discovery.plan(options), Discovery.thresholds(options), null);
        } catch (ScriptFault e) {
            return new Inspection(null, Map.of(), outcome(e));
        }
    }

    /** Ends init code that runs for ever; a script that stops the run itself ends by itself. */
    private void closeIfInterrupted(ScriptRuntime runtime) {
        if (control.reason()
                .filter(stop -> stop.exitCode() == K6ExitCode.INTERRUPTED)
                .isPresent()) {
            runtime.close();
        }
    }

    K6Result run() {
        EngineOutcome outcome = outcome();
        return end == null
                ? new K6Result(outcome, List.of(), List.of())
                : new K6Result(outcome, end.metrics(), end.checks().counts());
    }

    private EngineOutcome outcome() {
        ExecutorService background = daemons();
        try (ScriptRuntime runtime = new ScriptRuntime(request.script())) {
            return run(runtime, background);
        } catch (ScriptFault e) {
            return outcome(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return K6ExitCode.INTERRUPTED.outcome("The run was interrupted; its results are partial.");
        } catch (RuntimeException | Error e) {
            logger.error("the embedded engine failed", e);
            return K6ExitCode.INTERNAL_ERROR.outcome(
                    "The embedded engine failed: " + e + "; please report it with the script that caused it.");
        } finally {
            background.shutdownNow();
        }
    }

    /** Init code that stops the run ends as an exception of that code; the reason is the better answer. */
    private EngineOutcome outcome(ScriptFault fault) {
        return control.reason()
                .map(RunControl.Stop::outcome)
                .orElseGet(() -> fault.exitCode().outcome(fault.sentence()));
    }

    private EngineOutcome run(ScriptRuntime runtime, ExecutorService background) throws InterruptedException {
        Map<String, String> env = new HashMap<>(environment);
        env.putAll(request.env());
        Options defaults = Discovery.defaults();
        Discovery.Found found = Discovery.explore(
                testRun(runtime, defaults, env, batch -> {}, background), environment, request.flags());
        Options options = found.options();
        options.warnings().forEach(warning -> listener.log("warning", warning));
        runtime.warnings().forEach(warning -> listener.log("warning", warning));
        Aggregator aggregator =
                new Aggregator(shared.metrics(), options.lifecycle().noThresholds() ? Map.of() : options.thresholds());
        listener.planned(Discovery.plan(options));
        String outputs = environment.getOrDefault("K6_OUT", "");
        try (ExtraOutputs extra = ExtraOutputs.open(outputs, request.output(), listener)) {
            SampleBus bus = new SampleBus(aggregator, extra, openSamples(), clock, watch(options));
            return run(runtime, env, found, aggregator, bus, background);
        }
    }

    private EngineOutcome run(
            ScriptRuntime runtime,
            Map<String, String> env,
            Discovery.Found found,
            Aggregator aggregator,
            SampleBus bus,
            ExecutorService background)
            throws InterruptedException {
        Options options = found.options();
        TestRun run = testRun(runtime, options, env, bus::offer, background);
        run.clients().open();
        try (VuPool pool = new VuPool(run)) {
            pool.fill(VuDemand.highest(options.scenarios()));
            Warmup.runOnce(runtime, background, control::isStopped);
            if (control.isStopped()) {
                return FinalOutcome.of(control, Optional.empty(), false);
            }
            clock.begin();
            bus.start();
            return execute(run, new OnceRunner(run, found.functions()), pool, bus, aggregator);
        }
    }

    private static ExecutorService daemons() {
        return Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "k6-background");
            thread.setDaemon(true);
            return thread;
        });
    }

    private TestRun testRun(
            ScriptRuntime runtime,
            Options options,
            Map<String, String> env,
            Consumer<SampleBatch> samples,
            ExecutorService background) {
        return new TestRun(
                runtime,
                options,
                env,
                shared,
                control,
                clock,
                new HttpClients(options.http()),
                samples,
                listener,
                background);
    }

    private EngineOutcome execute(TestRun run, OnceRunner once, VuPool pool, SampleBus bus, Aggregator aggregator)
            throws InterruptedException {
        @Nullable String setupText = null;
        Optional<ScriptFault> fault = Optional.empty();
        try {
            setupText = once.setup();
            new Scenarios(run, pool).run(setupText);
        } catch (ScriptFault e) {
            fault = Optional.of(e);
        }
        // k6 skips teardown only when setup itself has failed.
        if (fault.isEmpty()) {
            try {
                once.teardown(setupText);
            } catch (ScriptFault e) {
                fault = Optional.of(e);
            }
        }
        Duration duration = clock.elapsed();
        bus.close();
        end = new EndOfTest(
                aggregator.results(run.options().summary().trendStats(), duration.toNanos() / 1e9),
                shared.checks(),
                run.options().summary(),
                duration,
                setupText);
        new SummaryStep(run, once, request, listener).write(end);
        return FinalOutcome.of(control, fault, aggregator.crossed());
    }

    private GroupedSampleWriter openSamples() {
        try {
            return new GroupedSampleWriter(SampleFile.compressed(request.compressedSamples()));
        } catch (IOException e) {
            throw new ScriptFault(
                    K6ExitCode.OTHER,
                    "Cannot write " + request.compressedSamples() + " (" + e.getMessage()
                            + "); check the output folder.");
        }
    }

    private SampleBus.Watch watch(Options options) {
        return new SampleBus.Watch(
                control.activeVus()::get,
                control.initializedVus()::get,
                options.tags().run(),
                threshold -> control.stop(
                        K6ExitCode.THRESHOLDS_CROSSED,
                        "Stopped after %d s: threshold %s was crossed and has abortOnFail."
                                .formatted(clock.elapsed().toSeconds(), threshold)),
                problem -> control.stop(
                        K6ExitCode.OTHER,
                        "Cannot write %s any more (%s); free some space. Results up to here are kept."
                                .formatted(request.compressedSamples(), problem.getMessage())));
    }
}
