package io.bookstore.perf.testing;

import io.bookstore.k6.run.EngineListener;
import io.bookstore.k6.run.EngineRequest;
import io.bookstore.perf.results.CrossCheck;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.Verdict;
import io.bookstore.perf.results.facts.GeneratorLoad;
import io.bookstore.perf.results.facts.MachineFacts;
import io.bookstore.perf.results.facts.RunFacts;
import io.bookstore.perf.results.facts.ServiceBuild;
import io.bookstore.perf.results.facts.SimulatorFacts;
import io.bookstore.perf.results.facts.TargetFacts;
import io.bookstore.perf.results.sample.ResultReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Results read from what {@link RecordedEngine} leaves. */
public final class RecordedResults {

    private RecordedResults() {}

    public static RunResult passed(Path folder) {
        return read(RecordedEngine.passing(), folder, Verdict.of(0, null));
    }

    public static RunResult crossed(Path folder) {
        return read(RecordedEngine.crossing(), folder, Verdict.of(99, null));
    }

    /** A run that ended in its init code: no samples, no summary. */
    public static RunResult empty(Path folder, int exitCode, String problem) {
        return read(RecordedEngine.failing(exitCode, problem), folder, Verdict.of(exitCode, problem));
    }

    public static RunFacts facts(Map<String, String> env) {
        return new RunFacts(
                "ai-smoke",
                "ai-summary.js",
                "5c81e0a9b2f4",
                "recorded",
                List.of(new RunFacts.Load("llm_smoke", "ramping-vus", false, 2, Duration.ofMinutes(3))),
                RecordedSmokeRun.START,
                Duration.ofSeconds(182),
                env,
                new TargetFacts(
                        URI.create("http://localhost:7002"),
                        true,
                        true,
                        "anthropic",
                        "claude-sonnet-4-5",
                        "embedded",
                        new SimulatorFacts("sonnet-class", 1, "90aa17c3d5e6"),
                        new ServiceBuild("bookstore-api.jar", "1f2e3d4c5b6a")),
                new MachineFacts("Linux 6.1 amd64", 2, 24105, "Eclipse Adoptium 17.0.15", "0.1.0"),
                new GeneratorLoad(0.1, 0.2, 2));
    }

    private static RunResult read(RecordedEngine engine, Path folder, Verdict verdict) {
        EngineRequest request = new EngineRequest(Path.of("ai-summary.js"), Map.of(), folder);
        engine.start(request, new EngineListener() {});
        try {
            RunResult result = ResultReader.read(
                    request.samples(), request.summary(), facts(Map.of("SCENARIO", "llm_smoke")), verdict);
            Double median = result.llm()
                    .map(llm -> llm.responseMs())
                    .map(values -> values.med())
                    .orElse(null);
            return result.with(new CrossCheck(
                    result.llmRequests(), result.llmRequests(), result.llmRequests(), simulatorMedian(median), median));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable Double simulatorMedian(@Nullable Double median) {
        return median == null ? null : median - 6.4;
    }
}
