package io.bookstore.perf.gate;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.compare.ComparedRun;
import io.bookstore.perf.compare.Comparison;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.WholeFile;
import io.bookstore.perf.run.ResultFolder;
import io.bookstore.perf.run.SavedRuns;
import io.bookstore.perf.run.SessionFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The folder of a gate, with a folder for each side and in it one for each run: {@code baseline/1}, {@code candidate/1}. */
public final class GateSession {

    /** The file that says by which options the order of the runs was chosen. */
    private static final String ORDER = "order.txt";

    private final Path folder;
    private final GateOrder order;
    private final List<GateRun> planned;
    private final Map<GateRun, ComparedRun> complete = new LinkedHashMap<>();

    private GateSession(Path folder, GateOrder order, int pairs) {
        this.folder = folder;
        this.order = order;
        this.planned = order.runs(pairs);
    }

    /**
     * Takes a folder that has nothing in it, or is not there yet.
     *
     * @throws PerfException if something is in it, or it is a file
     */
    public static GateSession in(Path folder, GateOrder order, int pairs) {
        SessionFolder.requireEmpty(folder, "runs");
        return new GateSession(folder, order, pairs);
    }

    /**
     * Goes on in a folder, with those of its runs that went to their end.
     *
     * @throws PerfException if there is no such folder, its runs have another order, or it has runs of more pairs
     */
    public static GateSession resume(Path folder, GateOrder order, int pairs) {
        SessionFolder.requireThere(folder);
        GateSession session = new GateSession(folder, order, pairs);
        session.refuseOtherOrder();
        session.refuseOtherRuns();
        session.planned.forEach(session::keepIfComplete);
        return session;
    }

    /** The second run of the baseline is a pair's own in one order, and its control in another. */
    private void refuseOtherOrder() {
        Path file = folder.resolve(ORDER);
        try {
            String begun = Files.isRegularFile(file) ? Files.readString(file).strip() : order.options();
            if (!begun.equals(order.options())) {
                throw new PerfException(
                        ExitCode.USAGE,
                        folder + " was begun with " + begun + ", and this gate has " + order.options()
                                + ": give the options that the folder was begun with, or another folder with --out.");
            }
        } catch (IOException e) {
            throw new PerfException(
                    ExitCode.NO_INPUT,
                    "Cannot read " + file + " (" + e.getMessage() + "): begin anew in another folder with --out.");
        }
    }

    private void keepIfComplete(GateRun run) {
        Path own = run.in(folder);
        try {
            SavedRuns.at(own).filter(Comparison::counts).ifPresent(found -> complete.put(run, found));
        } catch (PerfException unreadable) {
            // Then it is run again, as one that was never written.
        }
    }

    private void refuseOtherRuns() {
        for (Side side : Side.values()) {
            Path own = folder.resolve(side.label());
            List<Path> expected = planned.stream().map(run -> run.in(folder)).toList();
            if (Files.isDirectory(own)) {
                SavedRuns.inside(own).stream()
                        .filter(found -> !expected.contains(found))
                        .findFirst()
                        .ifPresent(other -> {
                            throw new PerfException(
                                    ExitCode.USAGE,
                                    other + " is none of the runs of this gate: give --pairs and --control as the"
                                            + " folder was begun with, or more --pairs.");
                        });
            }
        }
    }

    public Path folder() {
        return folder;
    }

    /** The folder of a run. */
    public Path folder(GateRun run) {
        return run.in(folder);
    }

    /** The number of pairs. */
    public int pairs() {
        return planned.get(planned.size() - 1).pair();
    }

    /** Returns whether all runs are of one side. */
    public boolean oneSided() {
        return planned.stream().map(GateRun::side).distinct().count() == 1;
    }

    /** The number of all runs. */
    public int size() {
        return planned.size();
    }

    /** The runs that are still to be made, in their order. */
    public List<GateRun> left() {
        return planned.stream().filter(run -> !complete.containsKey(run)).toList();
    }

    /** The complete runs, in their order. */
    public Map<GateRun, ComparedRun> complete() {
        Map<GateRun, ComparedRun> inOrder = new LinkedHashMap<>();
        planned.stream().filter(complete::containsKey).forEach(run -> inOrder.put(run, complete.get(run)));
        return inOrder;
    }

    /** The complete runs of a side. */
    public List<ComparedRun> complete(Side side) {
        return planned.stream()
                .filter(run -> run.side() == side && complete.containsKey(run))
                .map(complete::get)
                .toList();
    }

    /** Makes room for a run, where an earlier one may have left a part. */
    public void clear(GateRun run) {
        SessionFolder.clear(run.in(folder), "run");
    }

    /** Writes the result of a run into its folder. */
    public void add(GateRun run, RunResult result) {
        ResultFolder.write(result, run.in(folder));
        writeOrder();
        complete.put(run, new ComparedRun(run.in(folder).toString(), result));
    }

    private void writeOrder() {
        Path file = folder.resolve(ORDER);
        try {
            if (Files.notExists(file)) {
                WholeFile.write(file, beside -> Files.writeString(beside, order.options() + "\n"));
            }
        } catch (IOException e) {
            throw new PerfException(
                    ExitCode.NO_INPUT,
                    "Cannot write " + file + " (" + e.getMessage() + "): name another folder with --out.");
        }
    }
}
