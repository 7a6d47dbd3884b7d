package io.bookstore.k6.vu;

import io.bookstore.k6.http.HttpSession;
import io.bookstore.k6.metrics.SampleBatch;
import io.bookstore.k6.options.Options.TagOptions;
import io.bookstore.k6.run.K6ExitCode;
import io.bookstore.k6.script.EventLoop;
import io.bookstore.k6.script.GuestFailure;
import io.bookstore.k6.script.HostFunctions;
import io.bookstore.k6.script.ScriptContext;
import io.bookstore.perf.metrics.BuiltInMetrics;
import io.bookstore.perf.metrics.Metric;
import io.bookstore.perf.metrics.Sample;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/**
 * An isolated run of the script's code: its own module state, connections, cookies and tags. Used by one thread at a
 * time; {@link #cut} may come from any.
 */
public final class VirtualUser implements AutoCloseable {

    /** The part of the script that is running; it decides which functions may be called. */
    enum Phase {
        INIT,
        SETUP,
        ITERATION,
        TEARDOWN,
        SUMMARY
    }

    /** No machine is more punctual, and the metadata of a request costs a map. */
    private static final long SHORTEST_LATENESS_NANOS = 1_000_000;

    private final int id;
    private final TestRun run;
    private final HttpSession http;
    private final TagScope tags;
    private final EventLoop loop = new EventLoop();
    private final Progress progress = new Progress();
    private final Cutoff cutoff = new Cutoff();
    private final Map<String, @Nullable String> envBeforeScenario = new LinkedHashMap<>();
    private ScriptContext script;
    private Phase phase = Phase.INIT;
    private @Nullable Value setupData;
    private boolean countedThoughCut;
    private long lateNanos;

    /**
     * Runs the init code.
     *
     * @param id 0 for the runs around the test: options, setup, teardown and summary
     */
    public VirtualUser(int id, TestRun run) {
        this.id = id;
        this.run = run;
        this.http = new HttpSession(run.clients());
        TagOptions tagOptions = run.options().tags();
        this.tags = new TagScope(tagOptions.run(), tagOptions.system());
        this.script = openScript();
    }

    private ScriptContext openScript() {
        HostFunctions functions = new HostFunctions(new HostFunctions.Gate() {
            @Override
            public boolean closed() {
                return cutoff.isCut();
            }

            @Override
            public boolean refuse(String sentence) {
                return stopRun(K6ExitCode.SCRIPT_EXCEPTION, sentence);
            }
        });
        new CoreFunctions(this).register(functions);
        new MetricFunctions(this).register(functions);
        HttpFunctions requests = new HttpFunctions(this, http);
        requests.register(functions);
        new EventStreamFunctions(this, http, requests).register(functions);
        new ExecutionFunctions(this).register(functions);
        new DataFunctions(this).register(functions);
        new CryptoFunctions().register(functions);
        new SubtleFunctions().register(functions);
        phase = Phase.INIT;
        return run.runtime().open(functions.byName(), loop);
    }

    public ScriptContext script() {
        return script;
    }

    public int id() {
        return id;
    }

    TestRun run() {
        return run;
    }

    Phase phase() {
        return phase;
    }

    TagScope tags() {
        return tags;
    }

    EventLoop loop() {
        return loop;
    }

    Progress progress() {
        return progress;
    }

    /** The end of an iteration; an exception of the script is an end like any other. */
    public enum Ending {
        COMPLETED,
        CUT_OFF,
        /** The run was stopped just before. */
        NOT_STARTED
    }

    /** The counts of this virtual user; each starts at 0. */
    static final class Progress {
        @Nullable
        ScenarioState scenario;

        long inInstance = -1;
        long inScenario = -1;
        long inTest = -1;
    }

    /**
     * Runs the scenario's function once.
     *
     * @param setupText the value that {@code setup()} returned, as JSON; null for nothing
     */
    public Ending iterate(ScenarioState scenario, @Nullable String setupText) {
        if (!begin()) {
            return Ending.NOT_STARTED;
        }
        try {
            prepare(scenario, setupText);
            long start = System.nanoTime();
            callIteration(scenario.options().exec());
            long end = System.nanoTime();
            boolean completed = !cutoff.isCut() || countedThoughCut;
            if (completed) {
                run.samples()
                        .accept(new SampleBatch(
                                run.clock().at(end),
                                tags.topLevel(),
                                tags.metadata(),
                                List.of(BuiltInMetrics.ITERATION_DURATION, BuiltInMetrics.ITERATIONS),
                                new double[] {(end - start) / 1e6, 1}));
            }
            tags.enterGroup("");
            emitBytes();
            awaitMinimum(
                    start + run.options().lifecycle().minIterationDuration().toNanos());
            return completed ? Ending.COMPLETED : Ending.CUT_OFF;
        } catch (GuestFailure e) {
            // The cut may come before the script's function does; the script itself cannot fail here.
            if (!cutoff.isCut()) {
                throw e;
            }
            return Ending.CUT_OFF;
        } finally {
            end();
        }
    }

    private void prepare(ScenarioState scenario, @Nullable String setupText) {
        phase = Phase.ITERATION;
        countedThoughCut = false;
        if (progress.scenario != scenario) {
            progress.scenario = scenario;
            progress.inScenario = -1;
            tags.enterScenario(scenario.options().name(), scenario.options().tags());
            applyEnv(scenario.options().env());
        }
        progress.inScenario++;
        progress.inInstance++;
        progress.inTest = scenario.takeIteration();
        script.setIteration(progress.inInstance);
        tags.enterGroup("");
        http.startIteration();
        if (setupData == null && setupText != null) {
            setupData = script.internal("parse", setupText);
        }
    }

    private void applyEnv(Map<String, String> env) {
        envBeforeScenario.forEach((key, value) -> script.internal("setEnv", key, script.value(value)));
        envBeforeScenario.clear();
        env.forEach((key, value) -> {
            Value before = script.internal("getEnv", key);
            envBeforeScenario.put(key, before.isNull() ? null : before.asString());
            script.internal("setEnv", key, value);
        });
    }

    private void callIteration(String function) {
        try {
            script.call(function, setupData, cutoff::isCut);
        } catch (GuestFailure e) {
            if (!cutoff.isCut() && !e.interrupted()) {
                run.log("error", e.withStack());
                run.listener().threw(e.message());
            }
        } catch (InterruptedException e) {
            // Only an interruption by cut() can reach us here; end() clears the flag.
            Thread.currentThread().interrupt();
        }
    }

    /** {@code minIterationDuration}: the iteration itself is over, its virtual user waits. */
    private void awaitMinimum(long untilNanos) {
        long left = untilNanos - System.nanoTime();
        while (!cutoff.isCut() && left > 0) {
            LockSupport.parkNanos(left);
            left = untilNanos - System.nanoTime();
        }
    }

    /** The functions that run once, around the iterations. */
    public enum Once {
        SETUP("setup", Phase.SETUP, "::setup"),
        TEARDOWN("teardown", Phase.TEARDOWN, "::teardown"),
        SUMMARY("handleSummary", Phase.SUMMARY, "");

        private final String function;
        private final Phase phase;
        private final String group;

        Once(String function, Phase phase, String group) {
            this.function = function;
            this.phase = phase;
            this.group = group;
        }

        public String function() {
            return function;
        }
    }

    /**
     * Calls {@code setup}, {@code teardown} or {@code handleSummary}.
     *
     * @param argumentText JSON; null for no argument
     * @throws GuestFailure when it throws; {@link GuestFailure#interrupted} when it was cut off
     */
    public Value callOnce(Once once, @Nullable String argumentText) throws InterruptedException {
        begin();
        try {
            phase = once.phase;
            tags.enterGroup(once.group);
            Value argument = argumentText == null ? null : script.internal("parse", argumentText);
            Value result = script.call(once.function, argument, cutoff::isCut);
            tags.enterGroup(once.group);
            return result;
        } finally {
            emitBytes();
            end();
        }
    }

    private void emitBytes() {
        if (phase != Phase.SUMMARY) {
            run.samples()
                    .accept(new SampleBatch(
                            run.clock().now(),
                            tags.plain(),
                            tags.metadata(),
                            List.of(BuiltInMetrics.DATA_SENT, BuiltInMetrics.DATA_RECEIVED),
                            new double[] {http.bytes().takeSent(), http.bytes().takeReceived()}));
        }
    }

    /** Says by how much the next iteration starts after the moment for which it was planned; its first request is as late. */
    public void startLate(long nanos) {
        lateNanos = nanos;
    }

    /** The metadata of the samples of a request that is sent now. */
    Map<String, String> requestMetadata() {
        Map<String, String> metadata = tags.metadata();
        if (lateNanos < SHORTEST_LATENESS_NANOS || phase != Phase.ITERATION) {
            return metadata;
        }
        Map<String, String> late = new LinkedHashMap<>(metadata);
        late.put(Sample.LATE_MS, String.valueOf(Math.round(lateNanos / 1e3) / 1e3));
        lateNanos = 0;
        return Map.copyOf(late);
    }

    /** Hands over a sample of the script; nothing after the cut, and nothing from {@code handleSummary}. */
    void emit(Metric metric, double value, Map<String, String> sampleTags) {
        emit(new SampleBatch(run.clock().now(), sampleTags, tags.metadata(), List.of(metric), new double[] {value}));
    }

    void emit(SampleBatch batch) {
        if (!cutoff.isCut() && phase != Phase.SUMMARY) {
            run.samples().accept(batch);
        }
    }

    Instant now() {
        return run.clock().now();
    }

    /** Sleeps on the virtual user's thread, at most until it is cut off. */
    void pause(long nanos) {
        long end = System.nanoTime() + nanos;
        long left = nanos;
        while (!cutoff.isCut() && left > 0) {
            LockSupport.parkNanos(this, left);
            left = end - System.nanoTime();
        }
        leaveIfCut();
    }

    /**
     * Stops the whole run, this virtual user included; not to be caught by the script.
     *
     * @return true if something ran here that has been cut off; false in init code
     */
    boolean stopRun(K6ExitCode exitCode, String sentence) {
        run.control().stop(exitCode, sentence);
        if (phase == Phase.INIT) {
            return false;
        }
        cut();
        return true;
    }

    /** An iteration that aborts the test counts as one, as in k6. */
    void countThisIteration() {
        countedThoughCut = true;
    }

    /** Unwinds the script if it was cut off; host functions call it after they have waited. */
    void leaveIfCut() {
        if (cutoff.isCut()) {
            throw HostFunctions.unwind();
        }
    }

    /**
     * Ends what runs now, at once: no sample, no log line and no statement of the script after this can be seen. Does
     * nothing when nothing runs.
     */
    public void cut() {
        if (cutoff.cut(this::interruptScript)) {
            http.cancel();
            loop.wake();
        }
    }

    private Future<Boolean> interruptScript() {
        ScriptContext running = script;
        return run.background().submit(running::interrupt);
    }

    private boolean begin() {
        return cutoff.begin(() -> id != 0 && run.control().isStopped());
    }

    private void end() {
        lateNanos = 0;
        if (!cutoff.end()) {
            script = openScript();
            setupData = null;
        }
    }

    @Override
    public void close() {
        http.close();
        script.close();
    }
}
