package io.bookstore.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.testing.Checkout;
import io.bookstore.testing.Chromium;
import io.bookstore.testing.SharedBrowser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The page of the provider in a browser; skipped where there is no Chromium or Chrome on the path. */
@ExtendWith(SharedBrowser.class)
class ProviderInBrowserTest {

    @TempDir
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static SimulatorServer simulator;

    @SuppressWarnings("NullAway.Init")
    private static TestConsole console;

    private final Chromium browser;

    ProviderInBrowserTest(Chromium browser) {
        this.browser = browser;
    }

    @BeforeAll
    static void start() throws Exception {
        simulator = SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));
        console = new TestConsole(simulator.baseUrl());
    }

    @AfterAll
    static void end() throws Exception {
        if (console != null) {
            console.close();
        }
        if (simulator != null) {
            simulator.close();
        }
    }

    @BeforeEach
    void startOver() {
        simulator.reset();
    }

    @Test
    void simulatorIsChangedByKeyboardAndItsAttemptsAppear() throws Exception {
        // given
        open(console);
        browser.await("document.querySelector('.tile')?.innerText.includes('zero')");
        assertThat(text()).contains("There is no limit.", "No attempt has ended yet.");

        // when
        browser.evaluate("requestsPerMinute.value = 50; requestsPerMinute.focus()");
        browser.press("Enter");
        browser.await("document.body.innerText.includes('Changed: limit of 50 requests a minute.')");
        ProviderApiTest.call(simulator.baseUrl(), "<img src=x>");

        // then
        browser.await("document.body.innerText.includes('49 of 50')");
        browser.await("document.body.innerText.includes('<img src=x>')");
        assertThat(browser.evaluate("document.querySelectorAll('main img').length")
                        .asInt())
                .isZero();

        // when
        browser.evaluate("fault.value = 'thunder'; fault.focus()");
        browser.press("Enter");
        browser.await("document.body.innerText.includes('There is no fault \"thunder\"')");
        // The browser notes the status of the refusal.
        browser.errors().clear();
        browser.evaluate("fault.value = '529'; share.value = '12.5'; until.value = '60'; fault.focus()");
        browser.press("Enter");

        // then
        browser.await("document.querySelector('.faults').innerText.includes('529 for 13 %, from 0 s to 60 s')");
        assertThat(simulator.behaviour().faults().rules()).hasSize(1);

        // when
        browser.evaluate(
                "[...document.querySelectorAll('button')].find((each) => each.innerText === 'Judge the clients').click()");
        browser.await("document.body.innerText.includes('openai: 1 call, 1 attempt, 1.00 a call')");

        // then
        assertThat(findings(browser)).isEmpty();

        // when
        browser.evaluate("document.querySelector('.faults button').focus()");
        browser.press("Enter");

        // then
        browser.await("document.querySelector('.faults').innerText === 'No fault is in force.'");
        assertThat(simulator.behaviour().faults().rules()).isEmpty();
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void changeDuringARunIsMarkedOnItsCharts() throws Exception {
        TestConsole started = ProviderApiTest.consoleOfRunsWith(simulator.baseUrl(), folder);
        try {
            String run = started.start("{'scenario':'ai-smoke'}");
            started.awaitFigures(run);
            browser.open("about:blank");
            browser.await("location.href === 'about:blank'");
            browser.open(started.address() + "/#/run/" + run);
            browser.await("document.querySelectorAll('line-chart svg').length === 3");

            started.put("/api/provider/config", "{'profile':'zero'}");

            browser.await("document.querySelectorAll('line-chart .mark').length === 3");
            assertThat(text()).contains("0:07 profile zero");
            assertThat(browser.accessibilityFindings()).isEmpty();
            assertThat(browser.errors()).isEmpty();
        } finally {
            browser.open("about:blank");
            started.close();
        }
    }

    @Test
    void pageWithoutASimulatorSaysHowToStartOne() throws Exception {
        TestConsole alone = new TestConsole();
        try {
            open(alone);

            browser.await("document.body.innerText.includes('--simulator http://127.0.0.1:7005')");
            assertThat(browser.accessibilityFindings()).isEmpty();
            assertThat(browser.errors()).isEmpty();
        } finally {
            browser.open("about:blank");
            alone.close();
        }
    }

    @Test
    void simulatorThatGoesIsSaidAndWhatWasTypedStays() throws Exception {
        SimulatorServer passing =
                SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));
        TestConsole lost = new TestConsole(passing.baseUrl());
        try {
            open(lost);
            browser.await("document.querySelector('.tile')?.innerText.includes('zero')");
            browser.evaluate("fault.value = '503'");

            passing.close();

            browser.await("document.body.innerText.includes('does not answer')");
            assertThat(browser.evaluate("fault.value").asText()).isEqualTo("503");
            assertThat(browser.errors()).isEmpty();
        } finally {
            browser.open("about:blank");
            lost.close();
        }
    }

    /** Writes the picture of docs/console.md with {@code -Dpictures.rewrite=true}. */
    @Test
    @EnabledIfSystemProperty(
            named = "pictures.rewrite",
            matches = "true",
            disabledReason = "pictures are not rewritten")
    void pictureOfTheDocs() throws Exception {
        console.put(
                "/api/provider/config",
                "{'limits':{'requestsPerMinute':50},'faults':[{'fault':'529','probability':0.2}]}");
        for (int i = 0; i < 12; i++) {
            ProviderApiTest.call(simulator.baseUrl(), "gpt-4o-mini");
        }
        browser.look(1100, 900, false);
        open(console);
        browser.await("document.querySelectorAll('.provider tbody tr').length > 12");
        browser.evaluate(
                "[...document.querySelectorAll('button')].find((each) => each.innerText === 'Judge the clients').click()");
        browser.await("document.body.innerText.includes('openai: ')");
        browser.screenshot(Checkout.root().resolve("perf-scenarios/docs/pictures/console-provider.png"));
        browser.look(1200, 900, false);
    }

    private String text() {
        return browser.evaluate("document.querySelector('main').innerText").asText();
    }

    /** Looks at the page wide and light, narrow and dark. */
    static List<String> findings(Chromium browser) {
        List<String> findings = new ArrayList<>();
        for (boolean narrow : new boolean[] {false, true}) {
            browser.look(narrow ? 400 : 1200, 900, narrow);
            findings.addAll(browser.accessibilityFindings());
            if (browser.evaluate("document.documentElement.scrollWidth > innerWidth")
                    .asBoolean()) {
                findings.add("wider than the window");
            }
        }
        browser.look(1200, 900, false);
        return findings;
    }

    private void open(TestConsole shown) {
        browser.open("about:blank");
        browser.await("location.href === 'about:blank'");
        browser.open(shown.address() + "/#/provider");
    }
}
