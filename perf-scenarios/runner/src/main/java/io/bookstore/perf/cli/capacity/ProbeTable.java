package io.bookstore.perf.cli.capacity;

import io.bookstore.perf.capacity.Capacity;
import io.bookstore.perf.capacity.CapacitySoFar;
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
        CapacitySoFar soFar = CapacitySoFar.of(capacity);
        int number = 0;
        for (Probe probe : capacity.probes()) {
            table.add(List.of(
                    String.valueOf(++number),
                    CapacityWords.rate(probe.rate()),
                    CapacityWords.count(probe.scheduled()),
                    CapacityWords.count(probe.good()),
                    probe.scheduled() == 0 ? "-" : CapacityWords.percent(probe.share()),
                    soFar.outcome(probe)));
        }
        return table;
    }
}
