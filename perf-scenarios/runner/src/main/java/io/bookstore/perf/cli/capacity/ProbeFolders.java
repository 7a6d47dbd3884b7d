package io.bookstore.perf.cli.capacity;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.compare.ComparedRun;
import io.bookstore.perf.record.RequestRecord.Kind;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.facts.RunFacts;
import io.bookstore.perf.run.RunOrder;
import io.bookstore.perf.run.SavedRuns;
import io.bookstore.perf.run.SessionFolder;
import io.bookstore.perf.slo.Goodput;
import io.bookstore.perf.slo.Slo;
import io.bookstore.perf.slo.SloText;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The folder of a search, with one for each probe in it: {@code probe-1}, {@code probe-2}. */
record ProbeFolders(Path folder, boolean resumed) {

    /** The variables that make a probe another one, each with the options that it comes from. */
    private static final List<Map.Entry<String, String>> OPTIONS = List.of(
            Map.entry(CapacityRunner.RATE, "the --from, --to, --attainment and --width"),
            Map.entry(CapacityCommand.LENGTH, "the --probe"),
            Map.entry(RunFacts.DURATION_SCALE, "the " + RunFacts.DURATION_SCALE),
            Map.entry(CapacityCommand.MOST_BAD, "the --attainment"));

    /** @throws PerfException if the folder is not as the command line says: empty, or there to go on with */
    static ProbeFolders open(Path folder, boolean resume) {
        if (resume) {
            SessionFolder.requireThere(folder);
        } else {
            SessionFolder.requireEmpty(folder, "probes");
        }
        return new ProbeFolders(folder, resume);
    }

    Path of(int number) {
        return folder.resolve("probe-" + number);
    }

    /**
     * The result of a probe that was made before; empty if it must be made.
     *
     * @throws PerfException if it was made with another script, or told to probe in another way
     */
    Optional<RunResult> kept(int number, RunOrder order) {
        Optional<RunResult> kept = resumed ? saved(number) : Optional.empty();
        kept.ifPresent(result -> {
            refuseOther(number, "ran", result.run().scenario(), order.name(), "the scenario");
            refuseOtherLimits(number, result, order);
            for (Map.Entry<String, String> told : OPTIONS) {
                String variable = told.getKey();
                refuseOther(
                        number,
                        "has " + variable,
                        result.run().env().getOrDefault(variable, "none"),
                        order.script().env().getOrDefault(variable, "none"),
                        told.getValue());
            }
        });
        return kept;
    }

    /** The end-to-end limit is told to the script too, which may be its own if the command line has none. */
    private void refuseOtherLimits(int number, RunResult kept, RunOrder order) {
        Goodput judged = kept.goodput();
        if (judged != null) {
            Slo before = Slo.of(judged);
            Map<Kind, Slo.Limits> now = new EnumMap<>(Kind.class);
            // A class of which nothing was sent was judged by no limit.
            before.limits().keySet().forEach(kind -> {
                Slo.Limits limits = order.limits().limits().get(kind);
                if (limits != null) {
                    now.put(kind, limits);
                }
            });
            refuseOther(number, "was judged by --slo", SloText.of(before), SloText.of(new Slo(now)), "the limits");
        }
    }

    private void refuseOther(int number, String what, String kept, String wanted, String options) {
        if (!kept.equals(wanted)) {
            throw new PerfException(
                    ExitCode.USAGE,
                    "%s %s %s, and this search wants %s: give %s that the folder was begun with, or another folder with --out."
                            .formatted(of(number), what, kept, wanted, options));
        }
    }

    private Optional<RunResult> saved(int number) {
        try {
            return SavedRuns.at(of(number)).map(ComparedRun::result).filter(ProbeReading::valid);
        } catch (PerfException unreadable) {
            // Then it is made again, as one that was never written.
            return Optional.empty();
        }
    }

    /** Makes room for a probe, where an earlier one may have left a part. */
    void clear(int number) {
        SessionFolder.clear(of(number), "probe");
    }
}
