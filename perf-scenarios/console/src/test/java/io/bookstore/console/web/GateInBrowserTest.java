package io.bookstore.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.testing.Checkout;
import io.bookstore.testing.Chromium;
import io.bookstore.testing.SharedBrowser;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A gate in a browser, with the real command and two simulators; skipped where there is no Chromium or Chrome. */
@ExtendWith(SharedBrowser.class)
class GateInBrowserTest {

    @TempDir
    static Path folder;

    private static final SearchedSimulator baseline = new SearchedSimulator();
    private static final SearchedSimulator candidate = new SearchedSimulator();

    @SuppressWarnings("NullAway.Init")
    private static TestConsole console;

    private final Chromium browser;
    private final ConsolePage page;

    GateInBrowserTest(Chromium browser) {
        this.browser = browser;
        this.page = new ConsolePage(browser, console);
    }

    @BeforeAll
    static void start() throws Exception {
        console = baseline.console(folder);
        SavedGate.write(folder.resolve("reports/saved"), 912);
    }

    @AfterAll
    static void end() {
        if (console != null) {
            console.close();
        }
        baseline.close();
        candidate.close();
    }

    @AfterEach
    void nothingIsBlockedAndNoScriptFails() {
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void gateIsStartedByKeyboardWatchedRunByRunAndCancelled() {
        // given
        page.open("#/runs");
        browser.await("document.getElementById('to-gate')");
        browser.evaluate("document.getElementById('to-gate').focus()");
        browser.press("Enter");
        browser.await("document.getElementById('option-pairs')?.placeholder === '8'");
        assertThat(ProviderInBrowserTest.findings(browser)).isEmpty();

        // when
        browser.evaluate("const choice = document.getElementById('scenario'); choice.value = 'capacity-probe';"
                + " choice.dispatchEvent(new Event('change'))");
        page.type("option-baselineUrl", baseline.address());
        page.type("variable-CAPACITY_PROBE-value", "5s");
        page.type("variable-CAPACITY_RATE-value", "1200");
        browser.evaluate("document.getElementById('option-control').click()");
        browser.evaluate("document.getElementById('option-pairs').focus()");
        browser.press("Enter");

        // then
        browser.await("document.querySelector('[role=alert]')?.innerText.startsWith('candidateUrl is missing')");
        // The browser notes the status of the answer.
        browser.errors().clear();

        // when
        page.type("option-candidateUrl", candidate.address());
        browser.press("Enter");
        browser.await("document.activeElement?.innerText === 'Do not run'");
        browser.evaluate("document.querySelector('.question button.primary').focus()");
        browser.press("Enter");

        // then
        browser.await("document.querySelector('.live .probes a')?.innerText === 'baseline'"
                + " && document.querySelector('.live .probes .chip.running')");
        assertThat(page.text("[aria-label=Pairs] p"))
                .startsWith("0 of 8 pairs are complete. The verdict comes after the last");
        assertThat(page.text(".options")).contains("baselineUrl " + baseline.address(), "control true");
        assertThat(ProviderInBrowserTest.findings(browser)).isEmpty();

        // when
        browser.evaluate("document.querySelector('button.danger').focus()");
        browser.press("Enter");

        // then
        browser.await("document.querySelector('.ended .chip')?.innerText === 'cancelled'");
        assertThat(page.text(".ended .sentence")).startsWith("Cancelled after ");
    }

    @Test
    void gateOfTheCommandLineIsInTheHistoryWithItsPairsAndItsVerdict() {
        page.open("#/runs");
        browser.await("document.querySelector('table.runs')?.innerText.includes('gate of ai-smoke')");
        page.open("#/run/saved");

        browser.await("document.querySelectorAll('.probes tbody tr').length === 12");
        assertThat(page.text("h2")).isEqualTo("gate of ai-smoke");
        assertThat(page.text(".ended .chip")).isEqualTo("WORSE");
        assertThat(page.text(".sentence")).startsWith("WORSE: llm_response_time.p50 is 1");
        assertThat(page.text(".comparison table")).contains("llm_response_time.p95", "Margin", "WORSE", "SAME");
        assertThat(page.text("[aria-label=Pairs] .probes")).contains("candidate", "1.60 s", "600");
        assertThat(page.text("[aria-label=Pairs] p")).isEqualTo("6 of 6 pairs are complete.");
        assertThat(ProviderInBrowserTest.findings(browser)).isEmpty();
    }

    @Test
    void verdictFitsANarrowDarkWindow() {
        browser.look(400, 800, true);
        page.open("#/run/saved");

        browser.await("document.querySelectorAll('.probes tbody tr').length === 12");
        assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
                .isLessThanOrEqualTo(400);
        assertThat(ProviderInBrowserTest.findings(browser)).isEmpty();
        browser.look(1200, 900, false);
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
        browser.await("document.querySelectorAll('.probes tbody tr').length === 12");
        browser.screenshot(Checkout.root().resolve("perf-scenarios/docs/pictures/console-gate.png"));
        browser.look(1200, 900, false);
    }
}
