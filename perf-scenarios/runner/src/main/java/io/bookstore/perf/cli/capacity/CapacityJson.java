package io.bookstore.perf.cli.capacity;

import io.bookstore.perf.PerfException;
import io.bookstore.perf.capacity.Capacity;
import io.bookstore.perf.capacity.CapacityRules;
import io.bookstore.perf.capacity.CapacitySoFar;
import io.bookstore.perf.capacity.Probe;
import io.bookstore.perf.cli.terminal.AnswerFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A capacity as {@code --json} prints it and {@code capacity.json} has it; rates are arrivals a minute, unknown members are
 * absent.
 *
 * @param ending {@code narrow}, {@code probes-used}, {@code lowest-fails}, {@code highest-holds} or {@code invalid}
 */
public record CapacityJson(
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

    public static final String NAME = "capacity.json";

    private static final int VERSION = 1;

    /**
     * A probe.
     *
     * @param p95Ms   95th percentile of its response times
     * @param outcome {@code holds}, {@code does not hold}, {@code over-saturated}, {@code in the interval},
     *                {@code stalled} or {@code INVALID}; absent in files of before there was one
     * @param folder  name of its folder in that of the search
     */
    public record OfProbe(
            double perMinute,
            long scheduled,
            long good,
            double share,
            @Nullable Double p95Ms,
            boolean saturated,
            @Nullable String invalid,
            @Nullable String outcome,
            String folder) {}

    /**
     * Reads the answer of a search; empty if the folder has none.
     *
     * @throws PerfException if it is none that {@code llm-perf capacity} wrote
     */
    public static Optional<CapacityJson> in(Path folder) {
        return AnswerFile.read(folder.resolve(NAME), CapacityJson.class, CapacityJson::whole, "capacity");
    }

    private boolean whole() {
        return schemaVersion == VERSION
                && Stream.of(sentence, scenario, ending, probes).allMatch(Objects::nonNull)
                && probes.stream().allMatch(Objects::nonNull);
    }

    static CapacityJson of(
            Capacity capacity,
            CapacityRules rules,
            String scenario,
            ProbeFolders folders,
            String sentence,
            int exitCode) {
        return new CapacityJson(
                VERSION,
                exitCode,
                sentence,
                scenario,
                capacity.estimate(),
                capacity.lower(),
                capacity.upper(),
                rules.attainment(),
                capacity.ending().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                probes(CapacitySoFar.of(capacity), folders));
    }

    /** The probes of a search, which may still go on. */
    static List<OfProbe> probes(CapacitySoFar soFar, ProbeFolders folders) {
        List<OfProbe> probes = new ArrayList<>();
        for (Probe probe : soFar.probes()) {
            probes.add(new OfProbe(
                    probe.rate(),
                    probe.scheduled(),
                    probe.good(),
                    probe.share(),
                    probe.p95Ms(),
                    soFar.saturated(probe),
                    probe.invalid(),
                    soFar.outcome(probe),
                    folders.of(probes.size() + 1).getFileName().toString()));
        }
        return probes;
    }
}
