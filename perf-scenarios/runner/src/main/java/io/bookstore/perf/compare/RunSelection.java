package io.bookstore.perf.compare;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.Verdict;
import io.bookstore.perf.results.facts.GeneratorLoad;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The runs of one side that count, in the order of their start.
 *
 * <p>A run that the caller ended is left out. A run that broke off by itself is not: without it only the runs that went
 * well would be compared.
 *
 * @param runs     those that went to their end
 * @param refusals reasons why the side must not be compared
 * @param notes    runs that were left out
 */
record RunSelection(List<ComparedRun> runs, List<String> refusals, List<String> notes) {

    /** @param side {@code baseline} or {@code candidate} */
    static RunSelection of(String side, List<ComparedRun> given) {
        List<ComparedRun> runs = new ArrayList<>();
        List<String> refusals = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (ComparedRun run : inOrderOfStart(given)) {
            Optional<ComparedRun> copy = runs.stream()
                    .filter(other -> other.result().equals(run.result()))
                    .findFirst();
            if (copy.isPresent()) {
                notes.add("%s is left out: it is a copy of %s."
                        .formatted(run.name(), copy.get().name()));
            } else if (endedByTheCaller(run.result().verdict())) {
                notes.add("%s is left out: %s."
                        .formatted(run.name(), run.result().verdict().reason()));
            } else {
                broken(run.result())
                        .ifPresentOrElse(reason -> refusals.add(run.name() + ": " + reason), () -> runs.add(run));
            }
        }
        if (runs.isEmpty() && refusals.isEmpty()) {
            refusals.add("The " + side + " has no run that counts: make one and let it run to its end.");
        }
        return new RunSelection(List.copyOf(runs), List.copyOf(refusals), List.copyOf(notes));
    }

    private static List<ComparedRun> inOrderOfStart(List<ComparedRun> runs) {
        return runs.stream()
                .sorted(Comparator.comparing(
                                (ComparedRun run) -> run.result().run().startedAt())
                        .thenComparing(ComparedRun::name))
                .toList();
    }

    private static boolean endedByTheCaller(Verdict verdict) {
        // A limit in dollars is reached by what the service spends, so that is no choice of the caller.
        return ExitCode.of(verdict.exitCode())
                .filter(code -> code.side() == ExitCode.Side.CALLER && code != ExitCode.SPENT)
                .isPresent();
    }

    private static Optional<String> broken(RunResult run) {
        if (run.verdict().exitCode() == ExitCode.NOTHING_MEASURED.value()) {
            return Optional.of("nothing was measured; without it only the runs that went well would be compared. Find"
                    + " the cause and run the pair again.");
        }
        if (run.verdict().partial()) {
            return Optional.of("the run broke off (" + run.verdict().reason() + "); without it only the runs that went"
                    + " well would be compared. Find the cause and run the pair again.");
        }
        if (run.verdict().invalid() || run.verdict().exitCode() == ExitCode.WRONG_USAGE.value()) {
            return Optional.ofNullable(run.verdict().problem());
        }
        return run.nothingMeasured().or(() -> overloaded(run.run().generator()));
    }

    private static Optional<String> overloaded(@Nullable GeneratorLoad generator) {
        return Optional.ofNullable(generator).filter(GeneratorLoad::limiting).map(GeneratorLoad::sentence);
    }
}
