package io.bookstore.perf.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.cli.PerfProcess;
import io.bookstore.perf.engine.embedded.EmbeddedEngineOption;
import io.bookstore.perf.results.SummaryFile;
import io.bookstore.perf.run.ResultFolder;
import io.bookstore.perf.scenario.Scenario;
import io.bookstore.perf.scenario.Scenarios;
import io.bookstore.testing.Checkout;
import io.bookstore.testing.Chromium;
import io.bookstore.testing.SharedBrowser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pictures of the report of every scenario, for a person to look at: three widths, both schemes. A run that is in the folder from
 * before is drawn again and not made again. After {@code make build}:
 *
 * <pre>{@code
 * mvn -pl perf-scenarios/runner -am test -Dtest=ReportPicturesTest -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dreports.pictures=target/pictures
 * }</pre>
 */
@ExtendWith(SharedBrowser.class)
@EnabledIfSystemProperty(
        named = ReportPicturesTest.FOLDER,
        matches = ".+",
        disabledReason =
                "runs every scenario against the packaged API: -Dreports.pictures=FOLDER does it and leaves the"
                        + " pictures there")
class ReportPicturesTest {

    static final String FOLDER = "reports.pictures";

    /** A minute in little more than a second: the figures mean nothing, and every part of the page is there. */
    private static final String SCALE = "0.02";

    private static final Path api = Checkout.root().resolve("bookstore-api/target/bookstore-api.jar");
    private static final List<Integer> WIDTHS = List.of(400, 800, 1280);

    /** The browser draws no picture that is higher. */
    private static final int MOST_HEIGHT = 16_000;

    private final Chromium browser;

    ReportPicturesTest(Chromium browser) {
        this.browser = browser;
    }

    static Stream<String> scenarios() {
        return Scenarios.in(Checkout.scripts()).all().stream().map(Scenario::name);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void reportFitsEachWidthInBothSchemes(String scenario) throws Exception {
        Path folder = Path.of(System.getProperty(FOLDER)).toAbsolutePath();
        Path run = folder.resolve("runs").resolve(scenario);
        run(scenario, run);
        ResultFolder.draw(SummaryFile.read(run.resolve(SummaryFile.NAME)), run);

        for (int width : WIDTHS) {
            for (boolean dark : new boolean[] {false, true}) {
                look(run.resolve(HtmlReport.NAME), width, dark);
                browser.screenshot(folder.resolve(scenario + "-" + width + (dark ? "-dark" : "-light") + ".png"));
            }
        }
    }

    private static void run(String scenario, Path run) {
        if (Files.isRegularFile(run.resolve(SummaryFile.NAME))) {
            return;
        }
        assertThat(api).as("built by mvn -pl bookstore-api -am package").isRegularFile();
        PerfProcess perf = new PerfProcess();
        perf.run(
                new EmbeddedEngineOption(),
                "run",
                scenario,
                "--env",
                "DURATION_SCALE=" + SCALE,
                "--api-jar",
                api.toString(),
                "--port",
                "0",
                "--out",
                run.toString());
        assertThat(run.resolve(SummaryFile.NAME)).as(perf.out() + perf.err()).isRegularFile();
    }

    /** Opens the page in a window as high as the page is. */
    private void look(Path page, int width, boolean dark) throws IOException {
        browser.look(width, 900, dark);
        browser.open(page);
        int height = browser.evaluate("document.documentElement.scrollHeight").asInt();
        browser.look(width, Math.min(height, MOST_HEIGHT), dark);
        browser.await("[...document.querySelectorAll('.chart')].every((chart) => chart.querySelector('canvas'))");
        browser.evaluate(
                "new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn(true))))");

        assertThat(browser.errors()).isEmpty();
        assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
                .as("width of the page in a window of %d", width)
                .isLessThanOrEqualTo(width);
    }
}
