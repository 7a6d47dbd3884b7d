package io.bookstore.perf.history;

import io.bookstore.perf.Quantity;
import io.bookstore.perf.compare.ComparedRun;
import io.bookstore.perf.compare.TrendRuns;
import io.bookstore.perf.report.HtmlReport;
import io.bookstore.perf.results.LlmResult;
import io.bookstore.perf.results.MainMetrics;
import io.bookstore.perf.results.MetricSummary;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.TrendStatistics;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The runs of a folder in the words and the order of the page; the template only places them. */
public final class HistoryPage {

    /** The newest runs of a trend that are drawn, so that old ones do not press them together. */
    static final int MOST_RUNS = 200;

    private static final DateTimeFormatter minute =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);

    private final Path folder;
    private final List<ComparedRun> runs;
    private final List<String> unreadable;

    /**
     * @param folder     the folder that the page will lie in
     * @param runs       named by their folders
     * @param unreadable a sentence for each run that cannot be read
     */
    HistoryPage(Path folder, List<ComparedRun> runs, List<String> unreadable) {
        this.folder = folder;
        this.runs = runs.stream()
                .sorted(Comparator.comparing(
                                (ComparedRun run) -> run.result().run().startedAt())
                        .thenComparing(ComparedRun::name)
                        .reversed())
                .toList();
        this.unreadable = List.copyOf(unreadable);
    }

    public List<String> unreadable() {
        return unreadable;
    }

    public String size() {
        return Quantity.count(runs.size(), "run");
    }

    /** All runs, the newest first. */
    public List<Row> rows() {
        return runs.stream().map(this::row).toList();
    }

    private Row row(ComparedRun run) {
        RunResult result = run.result();
        Optional<TrendStatistics> response = result.trend(MainMetrics.of(result).time());
        return new Row(
                started(run),
                result.run().scenario(),
                result.verdict().passed()
                        ? "passed"
                        : result.verdict().reason() + " (" + result.verdict().exitCode() + ")",
                result.verdict().passed() ? "good" : "bad",
                response.map(times -> Quantity.count(times.count())).orElse("–"),
                response.map(times -> Quantity.milliseconds(times.p95())).orElse("–"),
                result.rate(MainMetrics.of(result).errors())
                        .map(MetricSummary.Rate::rate)
                        .map(Quantity::percent)
                        .orElse("–"),
                cost(result).map(Quantity::usd).orElse("–"),
                href(run));
    }

    /** The trends of each scenario, by its name; one with a single run that counts has none. */
    public List<ScenarioTrends> scenarios() {
        TreeMap<String, List<ComparedRun>> byName = runs.stream()
                .collect(
                        Collectors.groupingBy(run -> run.result().run().scenario(), TreeMap::new, Collectors.toList()));
        List<ScenarioTrends> scenarios = new ArrayList<>();
        byName.forEach((name, ofOne) -> {
            TrendRuns alike = TrendRuns.of(ofOne);
            List<Trend> trends = trends(newest(alike.runs()));
            if (!trends.isEmpty()) {
                scenarios.add(new ScenarioTrends("scenario-" + scenarios.size(), name, note(alike), trends));
            }
        });
        return scenarios;
    }

    private static List<ComparedRun> newest(List<ComparedRun> all) {
        return all.subList(Math.max(0, all.size() - MOST_RUNS), all.size());
    }

    private static String note(TrendRuns alike) {
        return alike.other() == 0
                ? ""
                : (alike.other() == 1 ? "1 other run is" : alike.other() + " other runs are")
                        + " not drawn: broken off, not valid, a copy, or different from the newest in script, load,"
                        + " machine, target or variables.";
    }

    private static List<Trend> trends(List<ComparedRun> alike) {
        List<Trend> trends = new ArrayList<>();
        if (!alike.isEmpty()) {
            String metric = MainMetrics.of(alike.get(alike.size() - 1).result()).time();
            addTrend(
                    trends,
                    metric + ", p95",
                    alike,
                    run -> run.trend(metric).map(TrendStatistics::p95),
                    Quantity::milliseconds);
            addTrend(trends, "Cost per 1,000 summaries", alike, HistoryPage::cost, Quantity::usd);
        }
        return trends;
    }

    private static void addTrend(
            List<Trend> trends,
            String title,
            List<ComparedRun> runs,
            Function<RunResult, Optional<Double>> figure,
            DoubleFunction<String> words) {
        List<ComparedRun> known = runs.stream()
                .filter(run -> figure.apply(run.result()).isPresent())
                .toList();
        if (known.size() > 1) {
            trends.add(Trend.of(
                    title,
                    known,
                    known.stream()
                            .map(run -> figure.apply(run.result()).orElseThrow())
                            .toList(),
                    words));
        }
    }

    private static Optional<Double> cost(RunResult result) {
        return result.llm().map(LlmResult::costPerThousandUsd);
    }

    /** Start of a run, in UTC. */
    public static String started(ComparedRun run) {
        return minute.format(run.result().run().startedAt());
    }

    /** The way from this page to the report of a run; empty if it has none. */
    public String href(ComparedRun run) {
        Path report = Path.of(run.name()).toAbsolutePath().resolve(HtmlReport.NAME);
        if (!Files.isRegularFile(report)) {
            return "";
        }
        String path =
                "./" + folder.toAbsolutePath().relativize(report).toString().replace('\\', '/');
        try {
            return new URI(null, null, path, null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a path that is no address: " + path, e);
        }
    }

    /**
     * A run of the list.
     *
     * @param tone {@code good} or {@code bad}
     * @param href of its report, empty for none
     */
    public record Row(
            String started,
            String scenario,
            String verdict,
            String tone,
            String requests,
            String p95,
            String failed,
            String cost,
            String href) {}

    /** @param note the runs that are left out; empty for none */
    public record ScenarioTrends(String id, String name, String note, List<Trend> trends) {}
}
