package io.bookstore.perf.cli.capacity;

import io.bookstore.k6.run.EngineRun;
import io.bookstore.k6.run.Inspection;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.Quantity;
import io.bookstore.perf.capacity.Capacity;
import io.bookstore.perf.capacity.CapacityRules;
import io.bookstore.perf.capacity.CapacitySearch;
import io.bookstore.perf.capacity.CapacitySoFar;
import io.bookstore.perf.capacity.Probe;
import io.bookstore.perf.capacity.Prober;
import io.bookstore.perf.cli.terminal.Interruption;
import io.bookstore.perf.metrics.MetricNames;
import io.bookstore.perf.progress.LiveProgress;
import io.bookstore.perf.progress.ProgressStyle;
import io.bookstore.perf.progress.WithoutSummary;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.run.ResultFolder;
import io.bookstore.perf.run.RunOrder;
import io.bookstore.perf.run.ScenarioRunner;
import io.bookstore.perf.run.ServiceSession;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes the probes of a search that are not there yet, on one service, each with its own result in its own folder. */
final class CapacityRunner implements Prober {

    /** The variable by which a script is told the rate. */
    static final String RATE = "CAPACITY_RATE";

    private final ProbeFolders folders;
    private final CapacityRules rules;
    private final CapacityWatcher watcher;
    private final ScenarioRunner runner;
    private final Orders orders;
    private final Interruption interruption;
    private final ProgressStyle style;
    private final PrintWriter out;
    private final ServiceSession service = new ServiceSession();
    private double spentUsd;
    private int complete;

    CapacityRunner(
            ProbeFolders folders,
            CapacityRules rules,
            CapacityWatcher watcher,
            ScenarioRunner runner,
            Orders orders,
            Interruption interruption,
            ProgressStyle style,
            PrintWriter out) {
        this.folders = folders;
        this.rules = rules;
        this.watcher = watcher;
        this.runner = runner;
        this.orders = orders;
        this.interruption = interruption;
        this.style = style;
        this.out = out;
    }

    /** The order of a probe. */
    @FunctionalInterface
    interface Orders {
        /** @param spentUsd cost of the probes before */
        RunOrder of(String rate, int number, double spentUsd);
    }

    /** Searches; null if the user has ended it. */
    @Nullable
    Capacity search() throws InterruptedException {
        try (service) {
            return CapacitySearch.find(rules, this);
        } catch (PerfException failure) {
            if (interruption.asked()) {
                return interrupted();
            }
            throw new PerfException(failure.exitCode(), (failure.getMessage() + " " + wayOn()).strip());
        } catch (RuntimeException | InterruptedException failure) {
            // Libraries wrap the interruption of their thread into exceptions of their own.
            if (interruption.asked()) {
                return interrupted();
            }
            throw failure;
        }
    }

    @Override
    public Probe probe(double perMinute, int number) throws InterruptedException {
        String rate = text(perMinute);
        RunOrder order = orders.of(rate, number, spentUsd);
        watcher.begins(number, perMinute);
        RunResult kept = folders.kept(number, order).orElse(null);
        RunResult result = kept == null ? make(order, number, rate) : kept;
        double limitUsd = order.rules().maxUsd() + spentUsd;
        spentUsd += result.count(MetricNames.LLM_COST_USD).orElse(0.0);
        if (result.verdict().exitCode() == ExitCode.SPENT.value() && spentUsd > 0) {
            throw spent(limitUsd);
        }
        Probe probe = ProbeReading.of(result, perMinute);
        complete++;
        out.println(name(number, rate) + (kept == null ? ": " : " (kept): ") + CapacityWords.outcome(probe));
        out.flush();
        return probe;
    }

    @Override
    public void learned(CapacitySoFar soFar) {
        watcher.learned(soFar);
    }

    private RunResult make(RunOrder order, int number, String rate) throws InterruptedException {
        refuseIfInterrupted();
        if (order.rules().maxUsd() <= 0) {
            throw spent(order.rules().maxUsd() + spentUsd);
        }
        folders.clear(number);
        boolean whole = false;
        try {
            RunResult result = measure(order, name(number, rate));
            refuseIfInterrupted();
            ResultFolder.write(result, order.output());
            whole = true;
            return result;
        } finally {
            if (!whole && interruption.asked()) {
                // Its log may be in there.
                service.close();
                folders.clear(number);
            }
        }
    }

    /** The sentence of the run would name what was left of the limit. */
    private PerfException spent(double limitUsd) {
        return new PerfException(
                ExitCode.SPENT,
                String.format(
                        Locale.ROOT, "The probes have cost $%.2f, and --max-usd allows $%.2f.", spentUsd, limitUsd));
    }

    private RunResult measure(RunOrder order, String name) throws InterruptedException {
        try (LiveProgress progress = new LiveProgress(name, style, out, Clock.systemUTC(), this::stopOnInterrupt)) {
            Inspection inspection = runner.inspect(order);
            return runner.measure(order, inspection, new WithoutSummary(watcher.of(progress)), service);
        }
    }

    private void stopOnInterrupt(EngineRun run) {
        interruption.reactWith(run::interrupt);
    }

    private void refuseIfInterrupted() throws InterruptedException {
        if (interruption.asked()) {
            throw new InterruptedException();
        }
    }

    private @Nullable Capacity interrupted() {
        out.println(("Interrupted. " + wayOn()).strip());
        return null;
    }

    private String wayOn() {
        return complete == 0
                ? ""
                : "Complete: %s; the same command with --out %s --resume goes on from there."
                        .formatted(Quantity.count(complete, "probe"), folders.folder());
    }

    private static String name(int number, String rate) {
        return "probe " + number + ", " + rate + " a minute";
    }

    /** A rate as a script reads it, without an exponent. */
    static String text(double rate) {
        return BigDecimal.valueOf(rate).stripTrailingZeros().toPlainString();
    }
}
