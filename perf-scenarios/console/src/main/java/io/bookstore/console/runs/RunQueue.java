package io.bookstore.console.runs;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs one scenario, search or gate after the other, each as a {@code llm-perf} of its own, and knows those of before. Two at a time would
 * measure each other, so it waits for the run of another console of the same folder, too. Thread-safe.
 */
public final class RunQueue implements AutoCloseable {

    /** Runs that may wait. */
    static final int MOST_WAITING = 20;

    /** The time between two looks at the lock that another console holds. */
    private static final long LOCK_MILLIS = 250;

    /** Above {@code Interruption}'s patience with a run there is no use in waiting; Ctrl-C must end the console before. */
    private static final Duration LONGEST_END = Duration.ofSeconds(60);

    private final Path reports;
    private final ScenarioList scenarios;
    private final List<String> program;
    private final Clock clock;
    private final SavedRunList saved;
    private final RunLock lock;
    private final Map<String, Run> runs = new LinkedHashMap<>();
    private final Thread worker = new Thread(this::work, "run-queue");
    private long changes;
    private boolean closed;

    /**
     * Begins to wait for runs.
     *
     * @param reports folder of the results
     * @param program the command that starts {@code llm-perf}, to which the arguments are added
     */
    public RunQueue(Path reports, ScenarioList scenarios, List<String> program, Clock clock) {
        this.reports = reports;
        this.scenarios = scenarios;
        this.program = List.copyOf(program);
        this.clock = clock;
        this.saved = new SavedRunList(reports);
        this.lock = new RunLock(reports);
        worker.setDaemon(true);
        worker.start();
    }

    public ScenarioList scenarios() {
        return scenarios;
    }

    /**
     * Accepts a run: it is on disk when this returns.
     *
     * @throws IllegalArgumentException in a sentence, if the request is wrong
     * @throws IllegalStateException    in a sentence, if too many wait, or the console is ending
     * @throws PerfException            if the folder of results cannot be written
     */
    public RunView add(RunRequest request) {
        // Takes its time over the script, in which the run that goes on is to be heard.
        scenarios.check(request);
        return accepted(request);
    }

    private synchronized RunView accepted(RunRequest request) {
        if (closed) {
            throw new IllegalStateException("The console is ending: it accepts no run.");
        }
        if (runs.size() > MOST_WAITING) {
            throw new IllegalStateException(MOST_WAITING + " runs are waiting already: cancel one, or wait.");
        }
        Run run = Run.accepted(reports, request, clock.millis());
        runs.put(run.id(), run);
        changed();
        return run.view(false);
    }

    /** The runs that have not ended, in the order of their turn. */
    public synchronized List<RunView> active() {
        return runs.values().stream().map(run -> run.view(false)).toList();
    }

    /** All runs, the newest first; those of a search or a gate are on its own page. */
    public List<RunView> all() {
        Map<String, RunView> views = new LinkedHashMap<>();
        saved.all().forEach(view -> views.put(view.id(), view));
        active().forEach(view -> views.put(view.id(), view));
        Set<String> sessions = views.values().stream()
                .filter(RunView::showsItsRuns)
                .map(RunView::id)
                .collect(Collectors.toSet());
        views.keySet().removeIf(id -> isInside(id, sessions));
        List<RunView> sorted = new ArrayList<>(views.values());
        sorted.sort(Comparator.comparingLong(RunView::beginMs).reversed());
        return sorted;
    }

    private static boolean isInside(String id, Set<String> sessions) {
        for (int end = id.lastIndexOf('/'); end > 0; end = id.lastIndexOf('/', end - 1)) {
            if (sessions.contains(id.substring(0, end))) {
                return true;
            }
        }
        return false;
    }

    /** A run with all of its points; empty if there is none of that id. */
    public Optional<RunView> find(String id) {
        synchronized (this) {
            Run run = runs.get(id);
            if (run != null) {
                return Optional.of(run.view(true));
            }
        }
        return saved.find(id);
    }

    /** The runs on disk, with their results and reports. */
    public SavedRunList saved() {
        return saved;
    }

    /**
     * Answers the question about the cost of a run.
     *
     * @throws IllegalStateException in a sentence, if that run asks nothing
     */
    public synchronized void answer(String id, boolean agreed) {
        Run run = runs.get(id);
        RunProcess process = run == null ? null : run.process();
        if (run == null || process == null || run.record().status() != RunStatus.ASKING) {
            throw new IllegalStateException("The run " + id + " asks nothing.");
        }
        try {
            process.answer(agreed);
        } catch (IOException alreadyGone) {
            // Its end is told by the process.
        }
        run.agreed(agreed);
        changed();
    }

    /**
     * Ends a run in order: what it has measured is kept. A second call ends it at once.
     *
     * @throws IllegalStateException in a sentence, if it has ended
     */
    public synchronized void cancel(String id) {
        Run run = runs.get(id);
        if (run == null) {
            throw new IllegalStateException("The run " + id + " has ended.");
        }
        RunProcess process = run.process();
        if (process == null) {
            end(run, RunStatus.CANCELLED, null, "It was cancelled before its turn.");
        } else if (run.stopped()) {
            process.kill();
        } else {
            run.stop();
            process.stop();
        }
        changed();
    }

    /** The programs of the run that is going on; empty if none is. */
    public synchronized Optional<RunPrograms> programs() {
        return runs.values().stream().findFirst().map(Run::programs);
    }

    /** Marks a change of a simulator on the charts of the run that uses it, if one is going on. */
    public synchronized void mark(URI simulator, String text) {
        runs.values().stream().filter(run -> run.uses(simulator)).forEach(run -> run.mark(text));
        changed();
    }

    /** Waits until something has changed since {@code seen}, or for so long; returns what to ask with next. */
    public synchronized long awaitChange(long seen, Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        for (long left = longest.toMillis();
                changes == seen && left > 0;
                left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
            wait(left);
        }
        return changes;
    }

    private void changed() {
        changes++;
        notifyAll();
    }

    private void work() {
        try {
            for (Run run = next(); run != null; run = next()) {
                if (takeLock(run)) {
                    workAlone(run);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the next run; null once the queue is closed. */
    private synchronized @Nullable Run next() throws InterruptedException {
        while (!closed && runs.isEmpty()) {
            wait();
        }
        return closed ? null : runs.values().iterator().next();
    }

    /** Waits until no other console has a run going on; false if this one has ended meanwhile. */
    private synchronized boolean takeLock(Run run) throws InterruptedException {
        while (!run.record().status().ended()) {
            Optional<String> reason = lock.take(run.id());
            if (reason.isEmpty()) {
                return true;
            }
            if (run.waitsFor(reason.get())) {
                changed();
            }
            wait(LOCK_MILLIS);
        }
        return false;
    }

    private void workAlone(Run run) throws InterruptedException {
        try {
            work(run);
        } finally {
            synchronized (this) {
                lock.release();
            }
        }
    }

    private void work(Run run) throws InterruptedException {
        RunProcess process;
        synchronized (this) {
            if (run.record().status().ended()) {
                return;
            }
            run.become(run.record().started(clock.millis()));
            run.keep();
            List<String> command = new ArrayList<>(program);
            command.addAll(scenarios.arguments(run.request(), run.folder()));
            try {
                process = RunProcess.start(
                        command, line -> take(() -> run.event(line)), line -> take(() -> run.log(line)));
            } catch (IOException e) {
                end(run, RunStatus.FAILED, null, "llm-perf could not be started: " + e.getMessage() + ".");
                return;
            }
            run.started(process);
            lock.started(run.id(), process.handle());
            changed();
        }
        int exitCode = process.await();
        synchronized (this) {
            boolean result = Files.exists(run.folder().resolve(run.request().resultFile()));
            RunStatus last = status(run, exitCode, result);
            end(run, last, exitCode, result ? null : run.reason(last));
        }
    }

    private synchronized void take(Runnable change) {
        change.run();
        changed();
    }

    private RunStatus status(Run run, int exitCode, boolean result) {
        if (result && exitCode != ExitCode.INTERRUPTED.value()) {
            // It was at its end already, whoever has asked for it since.
            return RunStatus.FINISHED;
        }
        if (closed) {
            return RunStatus.INTERRUPTED;
        }
        if (run.stopped() || exitCode == ExitCode.NOT_AGREED.value()) {
            return RunStatus.CANCELLED;
        }
        return result ? RunStatus.INTERRUPTED : RunStatus.FAILED;
    }

    private void end(Run run, RunStatus status, @Nullable Integer exitCode, @Nullable String sentence) {
        run.become(run.record().ended(status, clock.millis(), exitCode, sentence));
        run.keep();
        runs.remove(run.id());
        changed();
    }

    /** Ends the run that is going on, in order, and those that wait: a later console shows them as interrupted. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            for (Run run : List.copyOf(runs.values())) {
                RunProcess process = run.process();
                if (process == null) {
                    end(run, RunStatus.INTERRUPTED, null, "The console ended before the run began.");
                } else if (!run.stopped()) {
                    run.stop();
                    process.stop();
                }
            }
            changed();
        }
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            worker.join(LONGEST_END.toMillis());
            if (worker.isAlive()) {
                synchronized (this) {
                    runs.values().stream().map(Run::process).forEach(process -> {
                        if (process != null) {
                            process.kill();
                        }
                    });
                }
                worker.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
