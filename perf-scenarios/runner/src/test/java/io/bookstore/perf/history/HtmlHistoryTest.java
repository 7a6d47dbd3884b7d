package io.bookstore.perf.history;

import static io.bookstore.perf.testing.InOrder.inOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.compare.ComparedRun;
import io.bookstore.perf.compare.SampleRun;
import io.bookstore.perf.results.Verdict;
import io.bookstore.testing.Chromium;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlHistoryTest {

    @TempDir
    Path folder;

    private final List<ComparedRun> runs = new ArrayList<>();

    @Test
    void listHasEveryRunTheNewestFirstWithALinkToItsReport() throws IOException {
        add("old run", SampleRun.at(0).summaries(600, 2000, 4000));
        add("suite/ai-smoke", SampleRun.at(90).scenario("ai-smoke").verdict(Verdict.of(99, null)));
        runs.add(new ComparedRun(
                folder.resolve("bare").toString(), SampleRun.at(30).result()));

        String html = write();

        assertThat(html)
                .contains("<title>Performance history: 3 runs</title>")
                .satisfies(inOrder(
                        "<h2 id=\"runs\">",
                        "<a href=\"./suite/ai-smoke/report.html\">2026-11-23 11:30</a>",
                        "ai-smoke",
                        "<td class=\"bad\">thresholds crossed (99)</td>",
                        "<td>2026-11-23 10:30</td>",
                        "<a href=\"./old%20run/report.html\">2026-11-23 10:00</a>",
                        "<td class=\"good\">passed</td>",
                        "<td class=\"number\">4.00 s</td>",
                        "<td class=\"number\">0 %</td>"));
    }

    @Test
    void trendOfAScenarioShowsWhereItsLevelChanged() throws IOException {
        for (int run = 0; run < 24; run++) {
            double noise = 1 + (run * 7 % 5 - 2) / 100.0;
            add("run-" + run, costing(SampleRun.at(run).summaries(600, 2000, (run < 12 ? 4000 : 5000) * noise), 1.2));
        }

        assertThat(write())
                .satisfies(inOrder(
                        "<h2 id=\"scenario-0\">ai-load</h2>",
                        "<h3>llm_response_time, p95</h3>",
                        "Newest of 24 runs ",
                        "1 change point.",
                        "<line class=\"change\"",
                        "<polyline points=\"8.0,",
                        "<title>2026-11-23T10:00:00Z: 3.92 s</title>",
                        "<a href=\"./run-12/report.html\">2026-11-23 10:12</a>",
                        ">4.00 s</td>",
                        ">5.00 s</td>",
                        ">+25.0 %</td>",
                        ">0.005</td>",
                        "<h3>Cost per 1,000 summaries</h3>",
                        "all from $2.00 to $2.00. No change point."));
    }

    @Test
    void runUnderOtherConditionsOrWithoutAValidMeasurementIsNoPointOfTheTrend() throws IOException {
        add("a", SampleRun.at(0).summaries(600, 2000, 4000));
        add("other-users", SampleRun.at(1).users(50).summaries(600, 2000, 9000));
        add("invalid", SampleRun.at(2).summaries(600, 2000, 9000).verdict(Verdict.of(83, "The machine slept.")));
        add("b", SampleRun.at(3).summaries(600, 2000, 4100));

        assertThat(write())
                .contains("2 other runs are not drawn", "Newest of 2 runs 4.10 s, all from 4.00 s to 4.10 s.");
    }

    @Test
    void singleRunIsListedAndHasNoTrend() throws IOException {
        add("a", SampleRun.at(0).summaries(600, 2000, 4000));

        assertThat(write()).contains("<h1>1 run</h1>").doesNotContain("<svg");
    }

    @Test
    void pageNeedsNoNetworkAndNoScriptAndIsTheSameWhateverTheOrderOfTheFolders() throws IOException {
        for (int run = 0; run < 12; run++) {
            add("run-" + run, SampleRun.at(run).summaries(600, 2000, 4000 + run * 7 % 5));
        }

        String html = write();
        Collections.reverse(runs);

        assertThat(Pattern.compile("<(link|img|iframe|script)\\b|@import|url\\(")
                        .matcher(html)
                        .results())
                .isEmpty();
        assertThat(write()).isEqualTo(html);
    }

    @Test
    void nameOfAScenarioCannotBecomeMarkup() throws IOException {
        add("a", SampleRun.at(0).scenario("<script>alert(1)</script>").summaries(600, 2000, 4000));

        assertThat(write()).doesNotContain("<script>").contains("&lt;script&gt;alert(1)");
    }

    @Test
    void axeFindsNothing() throws IOException {
        for (int run = 0; run < 24; run++) {
            add("run-" + run, SampleRun.at(run).summaries(600, 2000, run < 12 ? 4000 : 5000 + run));
        }
        write();

        try (Chromium browser = Chromium.orSkip(folder)) {
            browser.look(400, 800, true);
            browser.open(folder.resolve("index.html"));
            assertThat(browser.accessibilityFindings()).isEmpty();
        }
    }

    private static SampleRun costing(SampleRun run, double usd) {
        return run.metrics(SampleRun.counter("llm_cost_usd", usd), SampleRun.counter("llm_operations", 600));
    }

    private void add(String name, SampleRun run) throws IOException {
        Path into = Files.createDirectories(folder.resolve(name));
        Files.createFile(into.resolve("report.html"));
        runs.add(new ComparedRun(into.toString(), run.result()));
    }

    private String write() throws IOException {
        HtmlHistory.write(folder, runs, List.of());
        return Files.readString(folder.resolve("index.html"));
    }
}
