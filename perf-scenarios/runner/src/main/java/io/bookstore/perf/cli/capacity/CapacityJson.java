package io.bookstore.perf.cli.capacity;

import io.bookstore.perf.capacity.Capacity;
import io.bookstore.perf.capacity.CapacityRules;
import io.bookstore.perf.capacity.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A capacity as {@code --json} prints it and {@code capacity.json} has it; rates are arrivals a minute, unknown members are
 * absent.
 *
 * @param ending {@code narrow}, {@code probes-used}, {@code lowest-fails}, {@code highest-holds} or {@code invalid}
 */
record CapacityJson(
        int schemaVersion,
        int exitCode,
        String sentence,
        String scenario,
        @Nullable Double perMinute,
        @Nullable Double lowerPerMinute,
        @Nullable Double upperPerMinute,
        double attainment,
        String ending,
        List<OfProbe> probes) {

    record OfProbe(
            double perMinute,
            long scheduled,
            long good,
            double share,
            boolean saturated,
            @Nullable String invalid,
            String folder) {}

    static CapacityJson of(
            Capacity capacity,
            CapacityRules rules,
            String scenario,
            ProbeFolders folders,
            String sentence,
            int exitCode) {
        List<OfProbe> probes = new ArrayList<>();
        for (Probe probe : capacity.probes()) {
            probes.add(new OfProbe(
                    probe.rate(),
                    probe.scheduled(),
                    probe.good(),
                    probe.share(),
                    probe.backlog().grows(),
                    probe.invalid(),
                    folders.of(probes.size() + 1).getFileName().toString()));
        }
        return new CapacityJson(
                1,
                exitCode,
                sentence,
                scenario,
                capacity.estimate(),
                capacity.lower(),
                capacity.upper(),
                rules.attainment(),
                capacity.ending().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                probes);
    }
}
