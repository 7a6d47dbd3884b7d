package io.bookstore.console.runs;

import io.bookstore.perf.cli.capacity.CapacityJson;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.facts.RunFacts;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A search, or a gate, that has ended: what the views of both have in common. */
final class SavedSession {

    private SavedSession() {}

    /**
     * Shows it.
     *
     * @param record  null for one of the command line
     * @param request for one of the command line
     * @param runs    its runs in the order of their start, as far as they can be read; for one of the command line alone
     */
    static RunView of(
            String id,
            @Nullable RunRecord record,
            Supplier<RunRequest> request,
            List<RunResult> runs,
            int exitCode,
            String sentence,
            RunView.Result result,
            @Nullable CapacityJson search,
            @Nullable GateView gate) {
        return new RunView(
                id,
                record == null ? request.get() : record.request(),
                RunStatus.FINISHED,
                record == null ? null : Long.valueOf(record.queuedMs()),
                record == null ? startedMs(runs) : record.startedMs(),
                record == null ? endedMs(runs) : record.endedMs(),
                exitCode,
                sentence,
                result,
                search,
                gate,
                null);
    }

    /** The runs of both sides, in the order of their start. */
    static List<RunResult> runs(List<RunResult> baseline, List<RunResult> candidate) {
        return Stream.concat(baseline.stream(), candidate.stream())
                .sorted(Comparator.comparing(result -> result.run().startedAt()))
                .toList();
    }

    private static @Nullable Long startedMs(List<RunResult> runs) {
        return runs.isEmpty() ? null : (Long) runs.get(0).run().startedAt().toEpochMilli();
    }

    private static @Nullable Long endedMs(List<RunResult> runs) {
        if (runs.isEmpty()) {
            return null;
        }
        RunFacts last = runs.get(runs.size() - 1).run();
        return last.startedAt().plus(last.duration()).toEpochMilli();
    }
}
