package io.bookstore.console.web;

import io.bookstore.perf.results.Measurements;
import io.bookstore.perf.results.MetricSummary;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.SummaryFile;
import io.bookstore.perf.results.TimeSeries;
import io.bookstore.perf.results.TrendStatistics;
import io.bookstore.perf.results.ValidityFacts;
import io.bookstore.perf.results.Verdict;
import io.bookstore.perf.results.facts.MachineFacts;
import io.bookstore.perf.results.facts.RunFacts;
import io.bookstore.perf.results.facts.TargetFacts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A run as the command line has left it, with the figures that a comparison judges. */
final class SavedRun {

    private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

    private SavedRun() {}

    /**
     * Writes the summary of a run of 600 summaries without a failure.
     *
     * @param minute of its start
     * @param p50Ms  median of the response time
     */
    static void write(Path folder, String scenario, int minute, double p50Ms) throws IOException {
        Instant start = START.plus(Duration.ofMinutes(minute));
        RunResult result = new RunResult(
                new RunFacts(
                        scenario,
                        "ai-summary.js",
                        "5c81e0a9b2f4",
                        "embedded",
                        List.of(new RunFacts.Load("llm_load", "ramping-vus", false, 5, Duration.ofMinutes(1))),
                        start,
                        Duration.ofSeconds(61),
                        Map.of(),
                        TargetFacts.unknown(URI.create("http://localhost:7002")),
                        new MachineFacts("Linux 6.1 amd64", 2, 24105, "Eclipse Adoptium 17.0.15", "0.1.0"),
                        null),
                Verdict.of(0, null),
                List.of(),
                new Measurements(
                        List.of(
                                new MetricSummary.Trend(
                                        "llm_response_time",
                                        "time",
                                        new TrendStatistics(
                                                600, 1, p50Ms, p50Ms, 2 * p50Ms, 2 * p50Ms, 3 * p50Ms, 4 * p50Ms)),
                                new MetricSummary.Rate("llm_errors", "default", 0, 0, 600)),
                        List.of(),
                        List.of(),
                        List.of(),
                        new TimeSeries(start, Duration.ofSeconds(1), List.of(), List.of())),
                ValidityFacts.NONE);
        SummaryFile.write(result, Files.createDirectories(folder).resolve(SummaryFile.NAME));
    }
}
