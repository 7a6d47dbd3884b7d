package io.bookstore.perf.cli.capacity;

import io.bookstore.perf.capacity.CapacityRules;
import io.bookstore.perf.capacity.CapacitySoFar;
import io.bookstore.perf.progress.EventPrinter;
import io.bookstore.perf.progress.LiveProgress;
import io.bookstore.perf.progress.RunEvents;
import io.bookstore.perf.run.RunWatcher;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells the program that started a search about it; tells nothing where there is none. */
final class CapacityWatcher {

    private final @Nullable EventPrinter events;
    private final String scenario;
    private final CapacityRules rules;
    private final ProbeFolders folders;
    private CapacitySoFar soFar = new CapacitySoFar(null, null, List.of());

    /** @param events null if nobody reads them */
    CapacityWatcher(@Nullable EventPrinter events, String scenario, CapacityRules rules, ProbeFolders folders) {
        this.events = events;
        this.scenario = scenario;
        this.rules = rules;
        this.folders = folders;
    }

    /**
     * The whole search so far, in each event anew.
     *
     * @param probing        the probe that goes on; null between two
     * @param lowerPerMinute null if no rate certainly holds yet; the same for the other end and failure
     */
    private record Search(
            String scenario,
            double from,
            double to,
            double attainment,
            int mostProbes,
            @Nullable Probing probing,
            @Nullable Double lowerPerMinute,
            @Nullable Double upperPerMinute,
            List<CapacityJson.OfProbe> probes) {}

    private record Probing(int number, double perMinute) {}

    /** Tells that a probe begins. */
    void begins(int number, double perMinute) {
        tell(new Probing(number, perMinute));
    }

    /** Tells what the probes say so far. */
    void learned(CapacitySoFar now) {
        soFar = now;
        tell(null);
    }

    /** The watcher of a probe: the progress that a person reads, and the events of a run before it. */
    RunWatcher of(LiveProgress progress) {
        return events == null ? progress : new RunEvents(progress, events);
    }

    private void tell(@Nullable Probing probing) {
        if (events != null) {
            events.print(
                    "search",
                    new Search(
                            scenario,
                            rules.from(),
                            rules.to(),
                            rules.attainment(),
                            rules.mostProbes(),
                            probing,
                            soFar.lower(),
                            soFar.upper(),
                            CapacityJson.probes(soFar, folders)));
        }
    }
}
