package io.bookstore.perf.run;

import io.bookstore.k6.run.Inspection;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.record.SampleRecords;
import io.bookstore.perf.report.LimitsAnswer;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.facts.MachineFacts;
import io.bookstore.perf.results.facts.RunFacts;
import io.bookstore.perf.results.facts.TargetFacts;
import io.bookstore.perf.results.sample.Injector;
import io.bookstore.perf.results.sample.ResultReader;
import io.bookstore.perf.slo.Slo;
import io.bookstore.perf.slo.SloRecorder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The result of several load generators that shared a run. */
public final class MergedRun {

    private MergedRun() {}

    /**
     * @param paths files of samples, or folders that {@code llm-perf run} wrote
     * @param name  names the run where the folders do not
     * @param plan  the script's own description; its thresholds add to those of the folders
     * @param given limits of single requests that go before those of the folders
     * @throws PerfException if one cannot be read, or nothing has a sample
     */
    public static RunResult of(List<Path> paths, String name, Inspection plan, Slo given) {
        List<Injector> injectors = new ArrayList<>();
        for (Path path : paths) {
            try {
                injectors.add(Injector.at(path));
            } catch (IOException e) {
                throw unreadable(path, e);
            }
        }
        Map<String, List<String>> thresholds = new LinkedHashMap<>(plan.thresholds());
        injectors.forEach(injector -> injector.thresholds().forEach(thresholds::putIfAbsent));
        try {
            RunFacts facts = facts(injectors, name, plan);
            SloRecorder slo = new SloRecorder(given.or(limits(injectors)).or(Slo.standard(facts.env())));
            SampleRecords records = new SampleRecords(slo::request);
            RunResult result = ResultReader.merge(
                    injectors.stream().map(Injector::samples).toList(), thresholds, facts, List.of(records, slo));
            records.finish();
            if (result.metrics().isEmpty()) {
                throw new PerfException(
                        ExitCode.NO_INPUT,
                        "There is no sample in " + join(paths) + ": they must hold what k6 writes with --out json.");
            }
            return result.with(LimitsAnswer.made(result))
                    .with(
                            slo.goodput(facts.loads()),
                            slo.money(facts.loads(), result.run().startedAt()));
        } catch (IOException e) {
            throw unreadable(paths.get(0), e);
        }
    }

    /** The limits of single requests by which the parts were judged. */
    private static Slo limits(List<Injector> injectors) {
        return injectors.stream()
                .flatMap(injector -> injector.slo().stream())
                .findFirst()
                .orElse(Slo.NONE);
    }

    private static RunFacts facts(List<Injector> injectors, String name, Inspection plan) {
        Optional<RunFacts> known =
                injectors.stream().flatMap(injector -> injector.run().stream()).findFirst();
        List<RunFacts.Load> planned = plan.known().stream()
                .flatMap(each -> each.scenarios().stream())
                .map(PlanCapture::load)
                .toList();
        String engine = "several: " + injectors.size() + " load generators merged";
        return new RunFacts(
                known.map(RunFacts::scenario).orElse(name),
                known.map(RunFacts::script).orElse(name),
                known.map(RunFacts::scriptHash).orElse(null),
                engine,
                planned.isEmpty() ? known.map(RunFacts::loads).orElse(List.of()) : planned,
                Instant.EPOCH,
                Duration.ZERO,
                known.map(RunFacts::env).orElse(Map.of()),
                known.map(RunFacts::target).orElse(TargetFacts.unknown(URI.create("unknown"))),
                known.map(RunFacts::machine).orElse(MachineFacts.current()),
                null);
    }

    private static PerfException unreadable(Path path, IOException e) {
        return new PerfException(
                ExitCode.NO_INPUT,
                "Cannot read " + path + " (" + e.getMessage()
                        + "): name files of samples, or folders that \"llm-perf run\" wrote.");
    }

    private static String join(List<Path> paths) {
        return String.join(", ", paths.stream().map(Path::toString).toList());
    }
}
