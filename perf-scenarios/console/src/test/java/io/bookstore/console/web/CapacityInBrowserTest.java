package io.bookstore.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.testing.Checkout;
import io.bookstore.testing.Chromium;
import io.bookstore.testing.SharedBrowser;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Searches for a capacity in a browser, with the real command and a simulator; skipped where there is no Chromium or Chrome. */
@ExtendWith(SharedBrowser.class)
class CapacityInBrowserTest {

    private static final String SAVED = """
            {"schemaVersion":1,"exitCode":0,"sentence":"Holds 85.9 a minute (82.1 to 88.4) with 95 % within limits; at 88.4 the share was 71 %.",
             "scenario":"capacity-probe","perMinute":85.9,"lowerPerMinute":82.1,"upperPerMinute":88.4,"attainment":0.95,"ending":"narrow","probes":[
             {"perMinute":10,"scheduled":10,"good":10,"share":1,"p95Ms":1630,"saturated":false,"outcome":"holds","folder":"probe-1"},
             {"perMinute":23.4,"scheduled":23,"good":23,"share":1,"p95Ms":1710,"saturated":false,"outcome":"holds","folder":"probe-2"},
             {"perMinute":54.76,"scheduled":55,"good":55,"share":1,"p95Ms":1840,"saturated":false,"outcome":"holds","folder":"probe-3"},
             {"perMinute":128.2,"scheduled":128,"good":31,"share":0.242,"p95Ms":16900,"saturated":true,"outcome":"over-saturated","folder":"probe-4"},
             {"perMinute":83.79,"scheduled":84,"good":82,"share":0.976,"p95Ms":4200,"saturated":false,"outcome":"in the interval","folder":"probe-5"},
             {"perMinute":88.4,"scheduled":89,"good":63,"share":0.708,"p95Ms":9700,"saturated":false,"outcome":"does not hold","folder":"probe-6"}]}
            """;

    @TempDir
    static Path folder;

    private static final SearchedSimulator simulator = new SearchedSimulator();

    @SuppressWarnings("NullAway.Init")
    private static TestConsole console;

    private final Chromium browser;
    private final ConsolePage page;

    CapacityInBrowserTest(Chromium browser) {
        this.browser = browser;
        this.page = new ConsolePage(browser, console);
    }

    @BeforeAll
    static void start() throws Exception {
        Path reports = folder.resolve("reports");
        console = simulator.console(folder);
        for (int i = 1; i <= 6; i++) {
            SavedRun.write(reports.resolve("saved/probe-" + i), "capacity-probe", i, 800);
        }
        Files.writeString(Files.createDirectories(reports.resolve("saved")).resolve("capacity.json"), SAVED);
    }

    @AfterAll
    static void end() throws Exception {
        if (console != null) {
            console.close();
        }
        simulator.close();
    }

    @AfterEach
    void nothingIsBlockedAndNoScriptFails() {
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void searchIsStartedByKeyboardWatchedProbeByProbeAndAnswered() throws Exception {
        // given
        page.open("#/runs");
        browser.await("document.getElementById('to-capacity')");
        browser.evaluate("document.getElementById('to-capacity').focus()");
        browser.press("Enter");
        browser.await("document.getElementById('option-from')?.placeholder === '10'");
        assertThat(ProviderInBrowserTest.findings(browser)).isEmpty();

        // when
        page.type("target", simulator.address());
        page.type("scale", "0.2");
        page.type("option-to", "1200");
        page.type("option-probe", "5s");
        page.type("option-probes", "3");
        page.type("option-from", "three hundred");
        browser.evaluate("document.getElementById('option-from').focus()");
        browser.press("Enter");

        // then
        browser.await("document.querySelector('[role=alert]')?.innerText"
                + " === 'from must be a number, was \"three hundred\".'");
        // The browser notes the status of the answer.
        browser.errors().clear();

        // when
        page.type("option-from", "300");
        browser.press("Enter");
        browser.await("document.activeElement?.innerText === 'Do not run'");
        browser.evaluate("document.querySelector('.question button.primary').focus()");
        browser.press("Enter");

        // then
        browser.await("document.querySelector('.search .chip.running')?.innerText === 'going on'");
        browser.await("document.querySelector('.live .probes a')"
                + " && document.querySelector('.live .sentence').innerText.startsWith('So far ')");
        browser.await("document.querySelector('.ended rate-chart .dot')");
        assertThat(page.text(".ended .sentence")).contains(" a minute");
        assertThat(page.text(".probes")).contains("probe 1", "300", "100 %", "probe 3");
        assertThat(page.text("h2")).isEqualTo("capacity of capacity-probe");
        assertThat(ProviderInBrowserTest.findings(browser)).isEmpty();
    }

    @Test
    void searchIsCancelledByKeyboardAndSaysHowToGoOn() throws Exception {
        // given
        String run = console.start("{'scenario':'capacity-probe','baseUrl':'" + simulator.address()
                + "','capacity':{'from':60,'probe':'1h'}}");
        page.open("#/run/" + run);
        browser.await("document.activeElement?.innerText === 'Do not run'");
        browser.evaluate("document.querySelector('.question button.primary').click()");
        browser.await("document.querySelector('line-chart .line') && document.querySelector('.probes .chip.running')");
        assertThat(ProviderInBrowserTest.findings(browser)).isEmpty();

        // when
        browser.evaluate("document.querySelector('button.danger').focus()");
        browser.press("Enter");

        // then
        browser.await("document.querySelector('.ended .chip')?.innerText === 'cancelled'");
        assertThat(page.text(".ended .sentence")).isEqualTo("Cancelled before the first probe was complete.");
    }

    @Test
    void searchOfTheCommandLineIsInTheHistoryWithItsProbes() {
        page.open("#/runs");
        browser.await("document.querySelector('table.runs')?.innerText.includes('capacity of capacity-probe')");
        assertThat(browser.evaluate("[...document.querySelectorAll('tbody input')].every(({ disabled }) => disabled)")
                        .asBoolean())
                .isTrue();
        page.open("#/run/saved");

        browser.await("document.querySelectorAll('rate-chart .dot').length === 12");
        assertThat(page.text(".sentence")).startsWith("Holds 85.9 a minute (82.1 to 88.4)");
        assertThat(page.text(".tiles")).contains("85.9 a minute");
        assertThat(page.text(".options")).isEqualTo("http://localhost:7002 · from 10 · attainment 95 · saved");
        assertThat(page.text(".probes")).contains("over-saturated", "in the interval", "does not hold", "16.90 s");
        assertThat(browser.evaluate("document.querySelector('rate-chart svg').getAttribute('aria-label')")
                        .asText())
                .startsWith("Good requests, 95 % wanted: 100 % at 10 a minute, 100 % at 23.4 a minute");
        assertThat(ProviderInBrowserTest.findings(browser)).isEmpty();
    }

    /** Writes the picture of docs/console.md with {@code -Dpictures.rewrite=true}. */
    @Test
    @EnabledIfSystemProperty(
            named = "pictures.rewrite",
            matches = "true",
            disabledReason = "pictures are not rewritten")
    void pictureOfTheDocs() throws Exception {
        browser.look(1100, 980, false);
        page.open("#/run/saved");
        browser.await("document.querySelectorAll('rate-chart .dot').length === 12");
        browser.screenshot(Checkout.root().resolve("perf-scenarios/docs/pictures/console-capacity.png"));
        browser.look(1200, 900, false);
    }
}
