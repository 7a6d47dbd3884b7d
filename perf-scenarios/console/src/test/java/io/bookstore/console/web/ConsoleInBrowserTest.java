package io.bookstore.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.console.service.ServiceMonitor;
import io.bookstore.console.traces.TraceRing;
import io.bookstore.testing.Checkout;
import io.bookstore.testing.Chromium;
import io.bookstore.testing.SharedBrowser;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page in a browser; skipped where there is no Chromium or Chrome on the path. */
@ExtendWith(SharedBrowser.class)
class ConsoleInBrowserTest {

    @RegisterExtension
    static final TestConsole console = new TestConsole();

    private final Chromium browser;

    ConsoleInBrowserTest(Chromium browser) {
        this.browser = browser;
    }

    @AfterEach
    void nothingIsBlockedAndNoScriptFails() {
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void callAppearsLiveAndTheKeyboardOpensItsWaterfall() throws Exception {
        // given
        open("#/calls?service=live");
        browser.await("document.body.innerText.includes('No call matches.')");

        // when
        console.send("live", sdk -> sendRequest(sdk, "c-live", "<img src=x> <script>alert(1)</script>", null));

        // then
        browser.await("document.querySelectorAll('tbody tr').length === 1");
        assertThat(browser.evaluate("document.querySelector('tbody tr').innerText")
                        .asText())
                .contains(
                        "claude-sonnet-5-5",
                        "live",
                        "2.30 s",
                        "480 ms",
                        "1,840 (1,536 cached) → 212",
                        "$0.0088",
                        "stop");

        browser.evaluate("document.querySelector('tbody a').focus()");
        browser.press("Enter");
        browser.await("document.querySelectorAll('details').length === 3");
        assertThat(browser.evaluate("document.activeElement.innerText").asText())
                .startsWith("chat claude-sonnet-5-5");
        assertThat(browser.evaluate("document.querySelector('details[open] .content').innerText")
                        .asText())
                .contains(
                        "<img src=x> <script>alert(1)</script>",
                        "A story of the sea.",
                        "gen_ai.request.temperature",
                        "llm.attempt");
        assertThat(browser.evaluate("document.querySelectorAll('main img, main script').length")
                        .asInt())
                .isZero();

        browser.press("Escape");
        browser.await("document.querySelectorAll('tbody tr').length === 1");
    }

    @Test
    void searchFilterAndConversationNarrowTheList() throws Exception {
        // given
        console.send("narrow", sdk -> sendRequest(sdk, "c-1", "Hello", null));
        console.send("narrow", sdk -> sendRequest(sdk, "c-2", "Hello", "rate_limited"));
        open("#/calls?service=narrow");
        browser.await("document.querySelectorAll('tbody tr').length === 2");

        // then
        browser.press("/");
        assertThat(browser.evaluate("document.activeElement.id").asText()).isEqualTo("search");
        browser.evaluate("document.activeElement.value = 'rate_'");
        browser.press("Enter");
        browser.await("document.querySelectorAll('tbody tr').length === 1 && document.querySelector('td .failed')");

        open("#/conversations");
        browser.await("[...document.querySelectorAll('tbody a')].some((link) => link.innerText === 'c-2')");
        browser.evaluate("[...document.querySelectorAll('tbody a')].find((link) => link.innerText === 'c-2').click()");
        browser.await(
                "document.body.innerText.includes('conversation c-2') && document.querySelectorAll('tbody tr').length === 1");
    }

    @Test
    void listWithoutCallsSaysHowToSendSome() throws Exception {
        ServiceMonitor service = new ServiceMonitor(TestConsole.NOWHERE);
        try (ConsoleServer empty = ConsoleServer.start(0, new TraceRing(), console.runs(), null, service)) {
            browser.open(empty.address());
            browser.await("document.body.innerText.includes('OTEL_EXPORTER_OTLP_ENDPOINT=" + empty.address() + "')");
            browser.open("about:blank");
        }
    }

    @Test
    void traceThatHasGoneIsOneSentence() throws Exception {
        open("#/traces/00");
        browser.await("document.body.innerText.includes('There is no trace 00 here')");
        // The browser notes every answer that is no success.
        browser.errors().removeIf(error -> error.contains("404"));
    }

    @ParameterizedTest
    @CsvSource({"1200, false", "400, true"})
    void axeHasNoFindingAndNothingIsWiderThanTheWindow(int width, boolean dark) throws Exception {
        // given
        console.send("looks", sdk -> sendRequest(sdk, "c-looks", "Hello", null));
        console.send("looks", sdk -> sendRequest(sdk, "c-looks", "Hello", "rate_limited"));
        String trace =
                console.calls("looks", "&error=any").get(0).path("traceId").asText();
        String span = console.calls("looks", "&error=any").get(0).path("spanId").asText();
        browser.look(width, 800, dark);

        // when
        List<String> findings = new ArrayList<>();
        for (String view : List.of("#/calls?service=looks", "#/conversations", "#/traces/" + trace + "?span=" + span)) {
            open(view);
            browser.await("document.querySelectorAll('tbody tr, details').length > 0");
            findings.addAll(findings(view));
        }
        browser.look(1200, 900, false);

        // then
        assertThat(findings).isEmpty();
    }

    /** Writes the pictures of the README with {@code -Dpictures.rewrite=true}. */
    @Test
    @EnabledIfSystemProperty(
            named = "pictures.rewrite",
            matches = "true",
            disabledReason = "pictures are not rewritten")
    void picturesOfTheReadme() throws Exception {
        Path pictures = Checkout.root().resolve("docs/pictures");
        for (String error : new String[] {null, null, "rate_limited", null, "timeout", null}) {
            console.send("bookstore-api", sdk -> sendRequest(sdk, "reader-7", "Summarise Life of Pi.", error));
        }
        browser.look(1100, 400, false);
        open("#/calls?service=bookstore-api");
        browser.await("document.querySelectorAll('tbody tr').length === 6");
        browser.screenshot(pictures.resolve("console-calls.png"));

        browser.look(1100, 700, false);
        browser.evaluate("document.querySelector('tbody tr:last-child a').click()");
        browser.await("document.querySelectorAll('details').length === 3");
        browser.screenshot(pictures.resolve("console-trace.png"));
        browser.look(1200, 900, false);
    }

    private List<String> findings(String view) throws Exception {
        List<String> findings = new ArrayList<>();
        for (String finding : browser.accessibilityFindings()) {
            findings.add(view + ": " + finding);
        }
        if (browser.evaluate("document.documentElement.scrollWidth > innerWidth")
                .asBoolean()) {
            findings.add(view + " is wider than the window");
        }
        return findings;
    }

    private void open(String view) throws Exception {
        browser.open("about:blank");
        browser.open(console.address() + "/" + view);
    }

    /** A request to a service that asks a database and then a model. */
    static void sendRequest(OpenTelemetry telemetry, String conversation, String prompt, @Nullable String error) {
        Tracer tracer = telemetry.getTracer("io.bookstore.llm");
        Instant start = Instant.parse("2026-11-30T12:00:00Z");
        Span request = tracer.spanBuilder("POST /api/books/{id}/generate-summary")
                .setSpanKind(SpanKind.SERVER)
                .setStartTimestamp(start)
                .startSpan();
        Context within = Context.root().with(request);
        tracer.spanBuilder("find books")
                .setParent(within)
                .setSpanKind(SpanKind.CLIENT)
                .setStartTimestamp(start.plusMillis(5))
                .startSpan()
                .end(start.plusMillis(45));
        Span call = tracer.spanBuilder("chat claude-sonnet-5-5")
                .setParent(within)
                .setSpanKind(SpanKind.CLIENT)
                .setStartTimestamp(start.plusMillis(60))
                .setAttribute("gen_ai.operation.name", "chat")
                .setAttribute("gen_ai.provider.name", "anthropic")
                .setAttribute("gen_ai.request.model", "claude-sonnet-5-5")
                .setAttribute("gen_ai.request.temperature", 0.7)
                .setAttribute("gen_ai.conversation.id", conversation)
                .setAttribute(
                        "gen_ai.input.messages",
                        "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"" + prompt + "\"}]}]")
                .startSpan();
        call.setAttribute("llm.attempts", 2).addEvent("llm.attempt", start.plusMillis(400));
        if (error == null) {
            call.setAttribute("gen_ai.usage.input_tokens", 1_840)
                    .setAttribute("gen_ai.usage.output_tokens", 212)
                    .setAttribute("gen_ai.usage.cache_read.input_tokens", 1_536)
                    .setAttribute("gen_ai.response.time_to_first_chunk", 0.48)
                    .setAttribute("llm.cost.usd", 0.0088)
                    .setAttribute("gen_ai.response.finish_reasons", "stop")
                    .setAttribute(
                            "gen_ai.output.messages",
                            "[{\"role\":\"assistant\",\"parts\":[{\"type\":\"text\",\"content\":\"A story of the sea.\"}]}]");
        } else {
            call.setAttribute("error.type", error).setStatus(StatusCode.ERROR);
        }
        call.end(start.plusMillis(2_360));
        request.end(start.plusMillis(2_380));
    }
}
