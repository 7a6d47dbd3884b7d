package io.bookstore.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.console.service.ServiceMonitor;
import io.bookstore.testing.Checkout;
import io.bookstore.testing.Chromium;
import io.bookstore.testing.SharedBrowser;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page of the service in a browser; skipped where there is no Chromium or Chrome on the path. */
@ExtendWith(SharedBrowser.class)
class ServiceInBrowserTest {

    private static final String DEGRADED = """
            {'status':'UP','details':{
              'mongo':{'status':'UP','kind':'embedded','storage':'data/bookstore.mv'},
              'collector':{'status':'OFF'},
              'llm':{'status':'DEGRADED','provider':'anthropic','model':'%s','reason':'no API key'}}}
            """;

    private static final AtomicLong nanoTime = new AtomicLong();

    @SuppressWarnings("NullAway.Init")
    private static TestService service;

    @SuppressWarnings("NullAway.Init")
    private static TestConsole console;

    private final Chromium browser;

    ServiceInBrowserTest(Chromium browser) {
        this.browser = browser;
    }

    @BeforeAll
    static void start() throws Exception {
        service = new TestService();
        console = consoleOf(service);
    }

    @AfterAll
    static void end() throws Exception {
        if (console != null) {
            console.close();
        }
        if (service != null) {
            service.close();
        }
    }

    @Test
    void healthAndChartsAreShownAndStayWhenTheServiceGoes() throws Exception {
        // given
        service.answer("/health", 200, DEGRADED.formatted("<img src=x>"));
        service.answer("/metrics", 200, TestService.metrics(10));
        console.json("/api/service");
        service.answer("/metrics", 200, TestService.metrics(20));
        passFiveSeconds();

        // when
        browser.open(console.address() + "/#/conversations");
        browser.await("document.querySelector('#to-conversations[aria-current]')");
        browser.evaluate("document.getElementById('to-service').focus()");
        browser.press("Enter");

        // then
        browser.await("document.querySelectorAll('line-chart').length === 8");
        assertThat(text())
                .contains("degraded", "no API key", "<img src=x>", "LLM 2", "P95 of requests", "LLM 1.95 s", "$0.12")
                .contains("anthropic open, openai closed", "requests 48", "$9.87")
                .contains("This service has no series, or none yet, for: P95 of LLM calls, Threads.");
        assertThat(browser.evaluate("document.querySelectorAll('main img').length")
                        .asInt())
                .isZero();
        assertThat(browser.evaluate("document.querySelector('line-chart svg').getAttribute('aria-label')")
                        .asText())
                .isEqualTo("Requests a second: now LLM 2, other 4");
        assertThat(ProviderInBrowserTest.findings(browser)).isEmpty();

        // when
        service.answer("/metrics", 500, "");
        passFiveSeconds();

        // then
        browser.await("document.body.innerText.includes('/metrics answers 500.')");
        assertThat(browser.evaluate("document.querySelectorAll('line-chart').length")
                        .asInt())
                .isEqualTo(8);

        // when
        service.close();
        passFiveSeconds();

        // then
        browser.await("document.querySelector('main .chip').innerText === 'silent'");
        assertThat(text()).contains("does not answer: start it, or name another with --service.");
        assertThat(browser.evaluate("document.querySelectorAll('line-chart .line').length")
                        .asInt())
                .isPositive();
        assertThat(browser.errors()).isEmpty();
    }

    /** Writes the picture of docs/console.md with {@code -Dpictures.rewrite=true}. */
    @Test
    @EnabledIfSystemProperty(
            named = "pictures.rewrite",
            matches = "true",
            disabledReason = "pictures are not rewritten")
    void pictureOfTheDocs() throws Exception {
        try (TestService shown = new TestService().answer("/health", 200, DEGRADED.formatted("claude-sonnet-4-5"))) {
            TestConsole drawn = consoleOf(shown);
            for (int i = 0; i < 60; i++) {
                shown.answer("/metrics", 200, TestService.metrics((int) (20 * i + 90 * Math.sin(i / 9.0))));
                passFiveSeconds();
                drawn.json("/api/service");
            }
            browser.look(1100, 900, false);
            browser.open(drawn.address() + "/#/service");
            browser.await("document.querySelectorAll('line-chart .line').length > 8");
            browser.screenshot(Checkout.root().resolve("perf-scenarios/docs/pictures/console-service.png"));
            browser.open("about:blank");
            drawn.close();
        }
    }

    private static TestConsole consoleOf(TestService service) {
        return new TestConsole(new ServiceMonitor(service.address(), nanoTime::get, Duration.ofMinutes(1)));
    }

    /** The page asks every five seconds, and gets what is known already unless time has passed for the console too. */
    private static void passFiveSeconds() {
        nanoTime.addAndGet(Duration.ofSeconds(5).toNanos());
    }

    private String text() {
        return browser.evaluate("document.querySelector('main').innerText").asText();
    }
}
