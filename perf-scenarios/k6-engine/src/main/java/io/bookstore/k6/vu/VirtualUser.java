package io.bookstore.k6.vu;

import io.bookstore.k6.http.HttpSession;
import io.bookstore.k6.options.Options.TagOptions;
import io.bookstore.k6.run.K6ExitCode;
import io.bookstore.k6.script.EventLoop;
import io.bookstore.k6.script.GuestFailure;
import io.bookstore.k6.script.HostFunctions;
import io.bookstore.k6.script.ScriptContext;
import java.util.concurrent.Future;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/**
 * An isolated run of the script's code: its own module state, connections, cookies and tags. Used by one thread at a
 * time; {@link #cut} may come from any.
 */
public final class VirtualUser implements AutoCloseable {

    private final int id;
    private final TestRun run;
    private final HttpSession http;
    private final TagScope tags;
    private final EventLoop loop = new EventLoop();
    private final Progress progress = new Progress();
    private final Cutoff cutoff = new Cutoff();
    private final ScenarioEnv env = new ScenarioEnv();
    private final VuSamples samples;
    private ScriptContext script;
    private Phase phase = Phase.INIT;
    private @Nullable Value setupData;
    private boolean countedThoughCut;

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
        this.samples = new VuSamples(this, http, cutoff);
        this.script = openScript();
    }

    private ScriptContext openScript() {
        phase = Phase.INIT;
        HostFunctions.Gate gate = new HostFunctions.Gate() {
            @Override
            public boolean closed() {
                return cutoff.isCut();
            }

            @Override
            public boolean refuse(String sentence) {
                return stopRun(K6ExitCode.SCRIPT_EXCEPTION, sentence);
            }
        };
        return run.runtime().open(VuFunctions.of(this, http, gate), loop);
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

    VuSamples samples() {
        return samples;
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
                samples.emitIteration(start, end);
            }
            tags.enterGroup("");
            samples.emitBytes();
            // The iteration itself is over; its virtual user waits.
            cutoff.sleepUntil(
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
            env.apply(scenario.options().env(), script);
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

    /**
     * Calls {@code setup}, {@code teardown} or {@code handleSummary}.
     *
     * @param argumentText JSON; null for no argument
     * @throws GuestFailure when it throws; {@link GuestFailure#interrupted} when it was cut off
     */
    public Value callOnce(Once once, @Nullable String argumentText) throws InterruptedException {
        begin();
        try {
            phase = once.phase();
            tags.enterGroup(once.group());
            Value argument = argumentText == null ? null : script.internal("parse", argumentText);
            Value result = script.call(once.function(), argument, cutoff::isCut);
            tags.enterGroup(once.group());
            return result;
        } finally {
            samples.emitBytes();
            end();
        }
    }

    /** Says by how much the next iteration starts after the moment for which it was planned; its first request is as late. */
    public void startLate(long nanos) {
        samples.startLate(nanos);
    }

    /** Sleeps on the virtual user's thread, at most until it is cut off. */
    void pause(long nanos) {
        cutoff.sleepUntil(System.nanoTime() + nanos);
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
        samples.startLate(0);
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
