package io.bookstore.console.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.perf.results.facts.MachineFacts;
import io.bookstore.testing.Chromium;
import io.opentelemetry.api.trace.Span;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.opentest4j.TestAbortedException;

/**
 * Measures the pages of the console in Chromium: the page of a run of 1,000 requests a second, beside its load on the same cores, and a
 * list of 10,000 calls that is scrolled. System property: {@code bench.seconds} (30).
 */
final class PageBenchmark {

    private static final int SECONDS = Integer.getInteger("bench.seconds", 30);
    private static final int CALLS = 10_000;

    /** Fewer spans than the exporter keeps before it drops some. */
    private static final int BATCH = 1_000;

    /** Notes the tasks of 50 ms and more: the browser tells no shorter ones. */
    private static final String OBSERVE = """
            window.tasks = [];
            new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => tasks.push(duration))).observe({ type: 'longtask' });
            0
            """;

    /** Ends after a while on a machine that draws few frames. */
    private static final String SCROLL = """
            new Promise((done) => {
                const stamps = [];
                const step = (now) => {
                    stamps.push(now);
                    scrollBy(0, 300);
                    const early = stamps.length < 600 && now < stamps[0] + 30_000;
                    if (early && scrollY + innerHeight < document.documentElement.scrollHeight - 1) requestAnimationFrame(step);
                    else done({ frames: stamps.length - 1, seconds: (stamps.at(-1) - stamps[0]) / 1000 });
                };
                scrollTo(0, 0);
                requestAnimationFrame(step);
            })
            """;

    private final Path folder;
    private final Chromium browser;
    private final StringBuilder rows = new StringBuilder();

    private PageBenchmark(Path folder, Chromium browser) {
        this.folder = folder;
        this.browser = browser;
    }

    @SuppressWarnings("SystemOut") // the table is for a person
    public static void main(String[] arguments) throws Exception {
        // A browser that starts on a busy machine takes longer than Awaitility waits by itself.
        Awaitility.setDefaultTimeout(Duration.ofMinutes(4));
        Path target = Files.createDirectories(Path.of("console/target/bench").toAbsolutePath());
        Path folder = Files.createTempDirectory(target, "run");
        try (Chromium browser = Chromium.orSkip(folder)) {
            browser.look(1200, 900, false);
            PageBenchmark benchmark = new PageBenchmark(folder, browser);
            benchmark.run();
            benchmark.calls();
            MachineFacts machine = MachineFacts.current();
            String table = "%s, %d processors, JDK %s, %s%n%n"
                            .formatted(machine.os(), machine.processors(), machine.jdk(), LocalDate.now(ZoneOffset.UTC))
                    + "| Measured | Target | Result |\n|---|---|---|\n" + benchmark.rows;
            Files.writeString(target.resolve("perf-console.md"), table);
            System.out.println(table);
        } catch (TestAbortedException noBrowser) {
            System.out.println(noBrowser.getMessage());
        }
    }

    private void run() throws Exception {
        try (SearchedSimulator simulator = new SearchedSimulator()) {
            TestConsole console = simulator.console(folder);
            try {
                String run = console.start("{'scenario':'capacity-probe','baseUrl':'" + simulator.address()
                        + "','variables':{'CAPACITY_RATE':'60000','CAPACITY_LIMIT_MS':'133','CAPACITY_PROBE':'" + (SECONDS + 60) + "s'}}");
                console.agree(run);
                console.awaitFigures(run);
                new ConsolePage(browser, console).open("#/run/" + run);
                browser.await("document.querySelector('line-chart .line')");
                browser.evaluate(OBSERVE);
                TimeUnit.SECONDS.sleep(SECONDS);
                JsonNode figures = console.json("/api/runs/" + run).at("/live/figures");
                String load = String.format(
                        Locale.ROOT,
                        "%,.0f requests a second, %d users",
                        figures.path("requestsPerSecond").asDouble(),
                        figures.path("users").asInt());
                row("longest task of the page of a run, " + load, "< 100 ms", longestTask());
                console.post("/api/runs/" + run + "/cancel", "");
                console.await(run, "cancelled", "finished", "interrupted", "failed");
            } finally {
                console.close();
            }
        }
    }

    private void calls() throws Exception {
        TestConsole console = new TestConsole();
        try {
            for (int sent = 0; sent < CALLS; sent += BATCH) {
                console.send("bench", sdk -> {
                    for (int call = 0; call < BATCH; call++) {
                        Span span = sdk.getTracer("bench").spanBuilder("chat").startSpan();
                        span.setAttribute("gen_ai.operation.name", "chat");
                        span.setAttribute("gen_ai.request.model", "claude-sonnet-4-5");
                        span.end();
                    }
                });
            }
            new ConsolePage(browser, console).open("#/calls");
            // The head is a row too.
            browser.await("document.querySelector('table.calls')?.ariaRowCount === '" + (CALLS + 1) + "'");
            browser.evaluate(OBSERVE);
            JsonNode scrolled = browser.evaluate(SCROLL);
            row(
                    String.format(Locale.ROOT, "frames a second while a list of %,d calls is scrolled", CALLS),
                    "60",
                    String.format(
                            Locale.ROOT,
                            "%.1f",
                            scrolled.path("frames").asInt()
                                    / scrolled.path("seconds").asDouble()));
            row("longest task meanwhile", "< 100 ms", longestTask());
        } finally {
            console.close();
        }
    }

    private String longestTask() {
        double longest = browser.evaluate("Math.max(0, ...tasks)").asDouble();
        return longest == 0 ? "below 50 ms" : String.format(Locale.ROOT, "%.0f ms", longest);
    }

    private void row(String measured, String target, String result) {
        rows.append("| %s | %s | %s |%n".formatted(measured, target, result));
    }
}
