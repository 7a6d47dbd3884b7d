package io.bookstore.perf.results.sample;

import io.bookstore.k6.run.EngineRequest;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.SummaryFile;
import io.bookstore.perf.results.facts.RunFacts;
import io.bookstore.perf.slo.Slo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The results of one of several load generators: a file of samples, or a folder that {@code llm-perf run} wrote.
 *
 * @param samples    k6's JSON lines, compressed or not
 * @param thresholds expressions by metric; empty for a file alone, which does not have those with a tag filter
 * @param result     its own result; empty for a file alone
 */
public record Injector(Path samples, Map<String, List<String>> thresholds, Optional<RunResult> result) {

    /** @throws IOException if there are no samples */
    public static Injector at(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            require(path);
            return new Injector(path, Map.of(), Optional.empty());
        }
        Path samples = EngineRequest.samplesIn(path);
        require(samples);
        Path summary = path.resolve(SummaryFile.NAME);
        return new Injector(
                samples,
                EndOfTestSummary.expressions(path.resolve(EngineRequest.SUMMARY)),
                Files.exists(summary) ? Optional.of(SummaryFile.read(summary)) : Optional.empty());
    }

    /** Facts of the run; empty for a file alone. */
    public Optional<RunFacts> run() {
        return result.map(RunResult::run);
    }

    /** The limits of single requests that it judged by; empty if it judged none. */
    public Optional<Slo> slo() {
        return result.map(RunResult::goodput).map(Slo::of);
    }

    private static void require(Path samples) throws IOException {
        if (!Files.isRegularFile(samples)) {
            throw new IOException("there is no file " + samples);
        }
    }
}
