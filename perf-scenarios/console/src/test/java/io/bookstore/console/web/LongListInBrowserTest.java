package io.bookstore.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.testing.Checkout;
import io.bookstore.testing.Chromium;
import io.bookstore.testing.SharedBrowser;
import io.opentelemetry.api.trace.Span;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A full ring, 10,000 calls of as many conversations, in a browser; skipped where there is no Chromium or Chrome on the path. */
@ExtendWith(SharedBrowser.class)
class LongListInBrowserTest {

    @RegisterExtension
    static final TestConsole console = new TestConsole();

    private static final int CALLS = 10_000;

    /** Fewer spans than the exporter keeps before it drops some. */
    private static final int BATCH = 1_000;

    private static final int MOST_ROWS = 200;

    private static final Path FORTY_PLACES = Checkout.root()
            .resolve("perf-scenarios/console/src/test/resources/io/bookstore/console/web/forty-places.js");

    private static final String ROWS = "document.querySelectorAll('tbody tr').length";

    private final Chromium browser;

    LongListInBrowserTest(Chromium browser) {
        this.browser = browser;
    }

    @BeforeAll
    static void fillTheRing() throws Exception {
        for (int first = 0; first < CALLS; first += BATCH) {
            send(first, BATCH);
        }
    }

    @AfterEach
    void nothingIsBlockedAndNoScriptFails() {
        assertThat(browser.errors()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"#/calls, 1200", "#/calls, 400", "#/conversations, 1200"})
    void rowsFillTheWindowWhereverItIsScrolledAndFewAreInTheDocument(String view, int width) throws Exception {
        browser.look(width, 900, false);
        open(view);

        JsonNode places = browser.evaluate(Files.readString(FORTY_PLACES));

        assertThat(places).hasSize(41).allSatisfy(place -> {
            assertThat(place.path("whole").asBoolean()).as(place.toString()).isTrue();
            assertThat(place.path("rows").asInt()).isBetween(1, MOST_ROWS);
        });
        assertThat(places.get(40).path("last").asInt()).isEqualTo(CALLS + 1);
        browser.look(1200, 900, false);
    }

    @Test
    void everyRowIsReachedByTheKeyboard() {
        // given
        open("#/calls");
        focusFirst();

        // then
        browser.press("End");
        assertThat(focusedRow()).isEqualTo(CALLS);
        assertThat(browser.evaluate(ROWS).asInt()).isLessThan(MOST_ROWS);
        browser.press("PageUp");
        int higher = focusedRow();
        assertThat(higher).isBetween(CALLS - 50, CALLS - 10);
        browser.press("ArrowUp");
        assertThat(focusedRow()).isEqualTo(higher - 1);

        browser.press("Home");
        assertThat(focusedRow()).isEqualTo(1);
        browser.press("PageDown");
        browser.press("PageDown");
        int lower = focusedRow();
        assertThat(lower).isBetween(20, 100);
        browser.press("ArrowDown");
        assertThat(focusedRow()).isEqualTo(lower + 1);
    }

    @Test
    void keysGoOnFromTheRowThatHadTheFocusWhenItIsScrolledAway() {
        open("#/calls");
        focusFirst();
        browser.press("ArrowDown");

        browser.evaluate("scrollTo(0, document.documentElement.scrollHeight)");
        browser.await("!document.querySelector('tr[aria-rowindex=\"3\"]')");
        browser.press("ArrowDown");

        assertThat(focusedRow()).isEqualTo(3);
    }

    @Test
    void rowThatStaysIsNotTouchedWhileTheListIsScrolled() {
        open("#/calls");
        browser.evaluate(
                "last = document.querySelector('tbody').lastChild; touched = 0; new MutationObserver((all) => touched += all.length)"
                        + ".observe(last.parentNode, { subtree: true, attributes: true })");

        browser.evaluate("scrollBy(0, 300)");
        browser.await("last.nextSibling !== null");

        assertThat(browser.evaluate("touched").asInt()).isZero();
    }

    @Test
    void searchFindsCallThatIsInNoRow() throws Exception {
        JsonNode far = farCall();
        open("#/calls");
        assertThat(browser.evaluate("document.body.innerHTML.includes('" + id(far) + "')")
                        .asBoolean())
                .isFalse();

        browser.press("/");
        browser.evaluate("document.activeElement.value = '" + id(far) + "'");
        browser.press("Enter");

        browser.await(ROWS + " === 1 && document.querySelector('tbody a').href.includes('" + id(far) + "')");
    }

    @Test
    void rowsStayWhereTheyAreWhenCallsComeAndOneIsBeingRead() throws Exception {
        // given: a place in the middle
        open("#/calls");
        browser.evaluate("scrollTo(0, 100_000)");
        browser.await("document.querySelector('tbody tr').ariaRowIndex > 1000");
        browser.evaluate("window.read = document.elementFromPoint(300, 450).closest('tr'); 0");
        String place = "[read.innerText, read.ariaRowIndex, read.getBoundingClientRect().top].join()";
        String before = browser.evaluate(place).asText();

        // when
        send(0, 500);

        // then
        browser.await("document.querySelector('.fresh:not([hidden])')?.innerText === '500 new calls'");
        assertThat(browser.evaluate(place).asText()).isEqualTo(before);
        browser.evaluate("document.querySelector('.fresh').click()");
        browser.await("scrollY === 0 && document.querySelector('.fresh').hidden");
        assertThat(browser.evaluate("document.querySelector('tbody a').href").asText())
                .contains(id(console.json("/api/calls?limit=1").at("/calls/0")));
    }

    @Test
    void rowWithTheFocusKeepsItWhenCallsCome() throws Exception {
        open("#/calls");
        focusFirst();
        String focused = "document.activeElement.href";
        String before = browser.evaluate(focused).asText();

        send(0, 60);

        browser.await("document.querySelector('.fresh').innerText === '60 new calls'");
        assertThat(browser.evaluate(focused).asText()).isEqualTo(before);
        assertThat(focusedRow()).isEqualTo(1);
        browser.evaluate("document.activeElement.blur()");
        browser.await("document.querySelector('.fresh').hidden && document.querySelector('tbody a').href !== '" + before
                + "'");
    }

    @Test
    void keysGoToTheFirstRowAlthoughCallsWaitForTheEndOfTheReading() throws Exception {
        open("#/calls");
        focusFirst();
        browser.press("End");

        send(0, 1);
        browser.await("document.querySelector('.fresh').innerText === '1 new call'");
        browser.press("Home");

        assertThat(focusedRow()).isEqualTo(1);
        assertThat(browser.evaluate("scrollY").asInt()).isZero();
    }

    @Test
    void pausedListStaysAsItIsWhenItIsScrolledToItsTop() throws Exception {
        // given
        open("#/calls");
        String first =
                browser.evaluate("document.querySelector('tbody a').href").asText();
        browser.evaluate("scrollTo(0, 100_000)");
        browser.await("document.querySelector('tbody tr').ariaRowIndex > 1000");
        send(0, 5);
        browser.await("document.querySelector('.fresh').innerText === '5 new calls'");

        // when
        browser.evaluate("document.querySelector('[aria-pressed]').click()");
        browser.evaluate("scrollTo(0, 0)");

        // then
        browser.await("document.querySelector('tbody tr').ariaRowIndex === '2'");
        assertThat(browser.evaluate("document.querySelector('tbody a').href").asText())
                .isEqualTo(first);
        browser.evaluate("document.querySelector('.fresh').click()");
        browser.await("document.querySelector('tbody a').href !== '" + first + "'");
    }

    @Test
    void openCallStaysOpenWhenCallsComeAndTheListGoesOnFromIt() throws Exception {
        // given
        open("#/calls");
        focusFirst();
        browser.press("End");
        browser.press("PageUp");
        browser.press("PageUp");
        String opened = browser.evaluate("document.activeElement.href").asText();
        browser.press("Enter");
        browser.await("document.querySelector('details[open] .content')");

        // when
        send(0, 5);

        // then
        assertThat(browser.evaluate("location.href").asText()).isEqualTo(opened);
        assertThat(browser.evaluate("document.querySelectorAll('details[open] .content').length")
                        .asInt())
                .isEqualTo(1);
        browser.press("Escape");
        browser.await("document.activeElement.href === '" + opened + "'");
    }

    @ParameterizedTest
    @CsvSource({"1200, false", "400, true"})
    void axeHasNoFindingInTheMiddleOfTheList(int width, boolean dark) {
        browser.look(width, 800, dark);
        open("#/calls");
        browser.evaluate("scrollTo(0, 100_000)");
        browser.await("document.querySelector('tbody tr').ariaRowIndex > 500");

        assertThat(browser.accessibilityFindings()).isEmpty();
        assertThat(browser.evaluate("document.documentElement.scrollWidth > innerWidth")
                        .asBoolean())
                .isFalse();
        browser.look(1200, 900, false);
    }

    /** The link of the first row gets the focus, as by Tab. */
    private void focusFirst() {
        browser.evaluate("document.querySelector('tbody a').focus()");
    }

    /** The number of the row that has the focus, from 1, once it is wholly in the window. */
    private int focusedRow() {
        browser.await(
                "(({ top, bottom }) => top >= 0 && bottom <= innerHeight)(document.activeElement.getBoundingClientRect())");
        // The first row is that of the titles.
        return browser.evaluate("Number(document.activeElement.closest('tr').ariaRowIndex)")
                        .asInt()
                - 1;
    }

    /** Opens a view, and waits until it knows all of its rows. */
    private void open(String view) {
        new ConsolePage(browser, console).open(view);
        browser.await("document.querySelector('table')?.ariaRowCount === '" + (CALLS + 1) + "'");
    }

    /** A call that is on the second page of the API. */
    private static JsonNode farCall() throws Exception {
        JsonNode first = console.json("/api/calls?limit=1000");
        return console.json("/api/calls?limit=1000&after=" + first.path("next").asText())
                .at("/calls/500");
    }

    private static String id(JsonNode call) {
        return call.path("traceId").asText();
    }

    private static void send(int first, int count) throws Exception {
        console.send("long", sdk -> {
            for (int call = first; call < first + count; call++) {
                Span span = sdk.getTracer("long").spanBuilder("chat").startSpan();
                span.setAttribute("gen_ai.operation.name", "chat");
                span.setAttribute("gen_ai.request.model", "claude-sonnet-4-5");
                span.setAttribute(
                        "gen_ai.conversation.id", "c-" + span.getSpanContext().getTraceId());
                span.end();
            }
        });
    }
}
