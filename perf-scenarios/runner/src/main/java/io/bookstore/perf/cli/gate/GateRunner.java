package io.bookstore.perf.cli.gate;

import io.bookstore.k6.run.EngineRun;
import io.bookstore.k6.run.Inspection;
import io.bookstore.k6.run.RunPlan;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.Quantity;
import io.bookstore.perf.cli.compare.RunFigures;
import io.bookstore.perf.cli.terminal.Interruption;
import io.bookstore.perf.compare.CompareRules;
import io.bookstore.perf.compare.ComparedRun;
import io.bookstore.perf.compare.Comparison;
import io.bookstore.perf.gate.GateRun;
import io.bookstore.perf.gate.GateSession;
import io.bookstore.perf.gate.Side;
import io.bookstore.perf.progress.LiveProgress;
import io.bookstore.perf.progress.ProgressStyle;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.run.RunOrder;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;

/** Makes the runs of a session that are not there yet, and stops as soon as it is certain that they cannot be compared. */
public final class GateRunner {

    private final GateSession session;
    private final List<ComparedRun> before;
    private final CompareRules rules;
    private final Interruption interruption;
    private final ProgressStyle style;
    private final PrintWriter out;
    private final String again;

    /**
     * @param before runs of the baseline that were made before
     * @param again  the command that makes the runs which are left
     */
    public GateRunner(
            GateSession session,
            List<ComparedRun> before,
            CompareRules rules,
            Interruption interruption,
            ProgressStyle style,
            PrintWriter out,
            String again) {
        this.session = session;
        this.before = before;
        this.rules = rules;
        this.interruption = interruption;
        this.style = style;
        this.out = out;
        this.again = again;
    }

    /**
     * Says how many runs there are and how long they take, before the first one.
     *
     * @param what the begin of the sentence
     */
    public void announce(String what, Inspection inspection) {
        int left = session.left().size();
        int kept = session.size() - left;
        String length = inspection
                .known()
                .map(RunPlan::duration)
                .filter(each -> !each.isZero())
                .map(each -> ", each up to %s: at most %s, and the starts of the service"
                        .formatted(Quantity.duration(each), Quantity.duration(each.multipliedBy(left))))
                .orElse("");
        out.println(what + ", " + Quantity.count(left, "run")
                + (kept == 0 ? "" : " besides " + kept + (kept == 1 ? " that is kept" : " that are kept")) + length);
        out.println("runs in " + session.folder());
    }

    /**
     * Makes the runs.
     *
     * @return OK if all are there, or no more are needed to see that they cannot be compared
     */
    public ExitCode run(Function<GateRun, RunOrder> orders, Measurement measurement) throws InterruptedException {
        for (GateRun run : session.left()) {
            if (interruption.asked() || !make(run, orders.apply(run), measurement)) {
                out.println(("Interrupted. " + wayOn()).strip());
                return ExitCode.INTERRUPTED;
            }
            if (bothSidesHaveARun() && !comparison().refusals().isEmpty()) {
                out.println("Stopped after " + name(run) + ".");
                break;
            }
        }
        return ExitCode.OK;
    }

    /** Returns whether the run is made; if the user has ended it, nothing of it is left. */
    private boolean make(GateRun run, RunOrder order, Measurement measurement) throws InterruptedException {
        session.clear(run);
        try {
            RunResult result = measure(run, order, measurement);
            if (!interruption.asked()) {
                session.add(run, result);
                out.println(name(run) + ": " + figures(result));
                return true;
            }
        } catch (PerfException failure) {
            if (!interruption.asked()) {
                throw new PerfException(failure.exitCode(), (failure.getMessage() + " " + wayOn()).strip());
            }
        } catch (RuntimeException | InterruptedException failure) {
            // Libraries wrap the interruption of their thread into exceptions of their own.
            if (!interruption.asked()) {
                throw failure;
            }
        }
        session.clear(run);
        return false;
    }

    /** The comparison of the runs that are there. */
    public Comparison comparison() {
        return Comparison.of(baseline(), session.complete(Side.CANDIDATE), rules);
    }

    private RunResult measure(GateRun run, RunOrder order, Measurement measurement) throws InterruptedException {
        try (LiveProgress progress =
                new LiveProgress(name(run), style, out, Clock.systemUTC(), this::stopOnInterrupt)) {
            return measurement.of(order, progress);
        }
    }

    private void stopOnInterrupt(EngineRun run) {
        interruption.reactWith(run::interrupt);
    }

    private String wayOn() {
        int complete = session.size() - session.left().size();
        return complete == 0
                ? ""
                : "Complete: %d of %d runs; %s makes the others.".formatted(complete, session.size(), again);
    }

    private boolean bothSidesHaveARun() {
        return !baseline().isEmpty() && !session.complete(Side.CANDIDATE).isEmpty();
    }

    private List<ComparedRun> baseline() {
        return before.isEmpty() ? session.complete(Side.BASELINE) : before;
    }

    private String name(GateRun run) {
        return session.oneSided()
                ? "run " + run.number() + " of " + session.size()
                : "pair " + run.pair() + " of " + session.pairs() + ", "
                        + run.side().label();
    }

    private static String figures(RunResult result) {
        return RunFigures.of(result)
                .map(each -> "%s p50 %s, p95 %s, %s requests"
                        .formatted(
                                each.trend(),
                                Quantity.milliseconds(each.response().med()),
                                Quantity.milliseconds(each.response().p95()),
                                Quantity.count(each.response().count())))
                .orElse("no request was measured");
    }

    /** Measures one run. */
    @FunctionalInterface
    public interface Measurement {
        RunResult of(RunOrder order, LiveProgress progress) throws InterruptedException;
    }
}
