package io.bookstore.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.bookstore.testing.Checkout;
import io.bookstore.testing.Chromium;
import io.bookstore.testing.SharedBrowser;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Runs in a browser, with the real command and a small service; skipped where there is no Chromium or Chrome on the path. */
@ExtendWith(SharedBrowser.class)
class RunsInBrowserTest {

    private static final String SCRIPT = """
            import http from 'k6/http';
            import { sleep } from 'k6';

            export const meta = {
              variables: { SECONDS: { default: 1, means: 'length of the run' } },
              modelPercent: 0,
              scenarios: {
                short: { description: 'Asks for a page for a second', length: '1s', users: [1] },
                long: { description: 'Asks for a page for an hour', length: '1h', users: [1], env: { SECONDS: '3600' } },
              },
            };
            export const options = {
              vus: 1,
              duration: `${__ENV.SECONDS || 1}s`,
              thresholds: { http_req_failed: ['rate<0.01'], http_req_duration: ['p(95)<60000'] },
            };
            export default function () {
              http.get(__ENV.BASE_URL);
              sleep(0.1);
            }
            """;

    @TempDir
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static TestConsole console;

    @SuppressWarnings("NullAway.Init")
    private static HttpServer service;

    private final Chromium browser;
    private final ConsolePage page;

    RunsInBrowserTest(Chromium browser) {
        this.browser = browser;
        this.page = new ConsolePage(browser, console);
    }

    @BeforeAll
    static void start() throws Exception {
        Path scripts = Files.createDirectories(folder.resolve("scripts/tests")).getParent();
        Files.writeString(scripts.resolve("tests/page.js"), SCRIPT);
        console = new TestConsole(folder.resolve("reports"), scripts, TestConsole.command());
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("ok".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        service.start();
    }

    @AfterAll
    static void end() throws Exception {
        if (service != null) {
            service.stop(0);
        }
        if (console != null) {
            console.close();
        }
    }

    @AfterEach
    void nothingIsBlockedAndNoScriptFails() {
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void runIsStartedByKeyboardWatchedAndItsReportOpened() throws Exception {
        // given
        page.open("#/runs?scenario=short");
        browser.await("document.querySelector('.about')?.innerText.includes('Asks for a page for a second.')");

        // when
        browser.evaluate("document.getElementById('target').value = '" + address() + "'");
        browser.evaluate("document.getElementById('target').focus()");
        browser.press("Enter");

        // then
        browser.await("document.querySelector('.live .chip')");
        browser.await("document.getElementById('report')");
        assertThat(browser.evaluate("document.querySelector('.chip').innerText").asText())
                .isEqualTo("passed");
        assertThat(browser.evaluate("document.querySelector('.sentence').innerText")
                        .asText())
                .isNotEmpty();
        assertThat(browser.evaluate("document.querySelectorAll('.tile').length").asInt())
                .isBetween(1, 3);

        assertFinishedThoughItsConsoleDied(
                browser.evaluate("location.hash.slice('#/run/'.length)").asText());

        // when
        browser.open(console.address()
                + browser.evaluate("document.getElementById('report').getAttribute('href')")
                        .asText());

        // then
        browser.await("document.title.includes('short') && document.querySelector('.u-wrap, .uplot')");
        assertThat(browser.evaluate("fetch('/api/status').then(() => 'read', () => 'refused')")
                        .asText())
                .isEqualTo("refused");
        // The browser notes what the sandbox has refused.
        browser.errors().clear();

        page.open("#/runs");
        browser.await("document.querySelectorAll('table.runs tbody tr').length > 0");
    }

    /** A console may die while the report is being written: the run is whole all the same. */
    private static void assertFinishedThoughItsConsoleDied(String run) throws Exception {
        Path file = console.reports().resolve(run).resolve("console.json");
        ObjectNode record = (ObjectNode) new ObjectMapper().readTree(file.toFile());
        record.put("status", "ending");
        ((ObjectNode) record.path("owner")).put("startedMs", 1);
        Files.writeString(file, record.toString());

        assertThat(console.json("/api/runs/" + run).path("status").asText()).isEqualTo("finished");
    }

    @Test
    void runIsCancelledAndKeepsWhatItHasMeasured() throws Exception {
        String run = console.start("{'scenario':'long','baseUrl':'" + address() + "'}");
        page.open("#/run/" + run);
        browser.await("document.querySelectorAll('line-chart .line').length > 0");
        List<String> findings = findings();

        browser.evaluate("document.querySelector('button.danger').focus()");
        browser.press("Enter");

        browser.await("document.querySelector('.ended')?.innerText.includes('It has measured a part of its plan.')");
        JsonNode ended = console.json("/api/runs/" + run);
        assertThat(ended.path("status").asText()).isEqualTo("cancelled");
        assertThat(ended.path("exitCode").asInt()).isEqualTo(105);
        assertThat(ended.at("/result/requests").asInt()).isPositive();
        findings.addAll(findings());
        page.open("#/runs");
        browser.await("document.querySelectorAll('table.runs tbody tr').length > 0");
        findings.addAll(findings());
        assertThat(findings).isEmpty();
    }

    @Test
    void twoTickedRunsAreComparedByKeyboard() throws Exception {
        // given
        SavedRun.write(console.reports().resolve("saved-1"), "<b>load</b>", 0, 800);
        SavedRun.write(console.reports().resolve("saved-2"), "<b>load</b>", 2, 1_000);
        page.open("#/runs");
        String saved =
                "[...document.querySelectorAll('tbody tr')].filter((row) => row.innerText.includes('<b>load</b>'))";
        browser.await(saved + ".length === 2");
        assertThat(browser.evaluate("document.querySelector('button.beside').disabled")
                        .asBoolean())
                .isTrue();

        // when
        browser.evaluate(saved + ".forEach((row) => row.querySelector('input').click())");
        browser.evaluate("document.querySelector('button.beside').focus()");
        browser.press("Enter");

        // then
        browser.await("document.querySelectorAll('.comparison tbody tr').length > 1");
        assertThat(browser.evaluate("document.querySelector('.comparison').innerText")
                        .asText())
                .contains(
                        "INCONCLUSIVE",
                        "1 pair does not decide",
                        "800 ms",
                        "1.00 s",
                        "1.250",
                        "needs at least 6 pairs");
        assertThat(browser.evaluate("before.value + ' ' + after.value").asText())
                .isEqualTo("saved-1 saved-2");
        assertThat(findings()).isEmpty();

        // when
        browser.evaluate("[...document.querySelectorAll('.sides button')].at(-1).click()");
        browser.await("document.querySelector('.comparison')?.innerText.includes('0.800')");
        browser.press("Escape");
        browser.await("document.querySelector('.comparison')?.innerText.includes('1.250')");
        page.open("#/compare?before=saved-1&after=gone");

        // then
        browser.await(
                "document.querySelector('[role=alert]')?.innerText === 'There is no run gone in the folder of reports.'");
        // The browser notes the status of the answer.
        browser.errors().clear();
    }

    /** Writes the picture of docs/console.md with {@code -Dpictures.rewrite=true}: a run of the packaged API. */
    @Test
    @EnabledIfSystemProperty(
            named = "pictures.rewrite",
            matches = "true",
            disabledReason = "pictures are not rewritten")
    void pictureOfTheDocs() throws Exception {
        TestConsole kit = new TestConsole(
                folder.resolve("kit"), Checkout.root().resolve("perf-scenarios/k6"), TestConsole.command());
        try {
            String run = kit.start("{'scenario':'ai-load','variables':{'DURATION_SCALE':'0.2'}}");
            browser.look(1100, 740, false);
            browser.open(kit.address() + "/#/run/" + run);
            browser.await("document.querySelector('.line')?.points.length > 90");
            browser.screenshot(Checkout.root().resolve("perf-scenarios/docs/pictures/console-run.png"));
        } finally {
            kit.close();
        }
        browser.open("about:blank");
        // The page has lost its console.
        browser.errors().clear();
        browser.look(1200, 900, false);
    }

    /** Looks at the page wide and narrow, light and dark. */
    private List<String> findings() {
        List<String> findings = new ArrayList<>();
        for (boolean narrow : new boolean[] {false, true}) {
            browser.look(narrow ? 400 : 1200, 900, narrow);
            findings.addAll(browser.accessibilityFindings());
            if (browser.evaluate("document.documentElement.scrollWidth > innerWidth")
                    .asBoolean()) {
                findings.add(browser.evaluate("location.hash").asText() + " is wider than the window");
            }
        }
        browser.look(1200, 900, false);
        return findings;
    }

    private static String address() {
        return "http://127.0.0.1:" + service.getAddress().getPort();
    }
}
