package io.bookstore.perf.compare;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs that are compared with each other.
 *
 * @param control another run of the baseline, compared with {@code baseline}; null without a control
 */
record Pair(
        ComparedRun baseline,
        ComparedRun candidate,
        @Nullable ComparedRun control) {

    /**
     * Pairs runs in the order of their start. A baseline with at least two runs for each of the candidate is its own
     * control: its first, third, fifth run are compared with the candidate, and with its second, fourth, sixth.
     */
    static List<Pair> of(List<ComparedRun> baseline, List<ComparedRun> candidate) {
        boolean controlled = baseline.size() >= 2 * candidate.size();
        return IntStream.range(0, Math.min(baseline.size(), candidate.size()))
                .mapToObj(i -> controlled
                        ? new Pair(baseline.get(2 * i), candidate.get(i), baseline.get(2 * i + 1))
                        : new Pair(baseline.get(i), candidate.get(i), null))
                .toList();
    }

    Stream<ComparedRun> runs() {
        return control == null ? Stream.of(baseline, candidate) : Stream.of(baseline, candidate, control);
    }
}
