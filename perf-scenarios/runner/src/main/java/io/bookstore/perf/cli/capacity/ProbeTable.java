package io.bookstore.perf.cli.capacity;

import io.bookstore.perf.capacity.Capacity;
import io.bookstore.perf.capacity.Probe;
import io.bookstore.perf.cli.terminal.TextTable;
import java.util.List;
import java.util.Set;

/** The probes of a search, in their order. */
final class ProbeTable {

    private ProbeTable() {}

    static TextTable of(Capacity capacity) {
        TextTable table =
                new TextTable(List.of("probe", "a minute", "requests", "good", "share", "outcome"), Set.of(5));
        int number = 0;
        for (Probe probe : capacity.probes()) {
            table.add(List.of(
                    String.valueOf(++number),
                    CapacityWords.rate(probe.rate()),
                    CapacityWords.count(probe.scheduled()),
                    CapacityWords.count(probe.good()),
                    probe.scheduled() == 0 ? "-" : CapacityWords.percent(probe.share()),
                    outcome(probe, capacity)));
        }
        return table;
    }

    private static String outcome(Probe probe, Capacity capacity) {
        Double lower = capacity.lower();
        Double upper = capacity.upper();
        if (probe.invalid() != null) {
            return "INVALID";
        }
        if (probe.backlog().grows()) {
            return "over-saturated";
        }
        if (lower != null && probe.rate() <= lower) {
            return "holds";
        }
        return upper != null && probe.rate() >= upper ? "does not hold" : "in the interval";
    }
}
