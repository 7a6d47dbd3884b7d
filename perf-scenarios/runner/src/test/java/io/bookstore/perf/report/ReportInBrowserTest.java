package io.bookstore.perf.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.perf.testing.RecordedResults;
import io.bookstore.perf.testing.SyntheticRun;
import io.bookstore.testing.Chromium;
import io.bookstore.testing.SharedBrowser;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page with its scripts at work; skipped where there is no Chromium or Chrome on the path. */
@ExtendWith(SharedBrowser.class)
class ReportInBrowserTest {

    private static final String VISITOR = """
            (async () => {
                const settled = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
                const controls = document.getElementById('zoom');
                const { from, to, reset, text } = controls.elements;
                const look = () => ({
                    text: text.value, from: Number(from.value), to: Number(to.value), resettable: !reset.disabled,
                    names: [...document.querySelectorAll('#over-time ~ .charts .chart')].map((chart) => chart.getAttribute('aria-label')),
                });
                const drag = (over, type, share) => {
                    const { left, top, width } = over.getBoundingClientRect();
                    over.dispatchEvent(new MouseEvent(type, { bubbles: true, button: 0, movementX: 5, clientX: left + share * width, clientY: top + 50 }));
                };
                await settled();
                const seen = { charts: document.querySelectorAll('.chart canvas').length, hidden: controls.hidden, whole: look() };
                const over = document.querySelector('[data-kind=lines] .u-over');
                drag(over, 'mousemove', 0.25);
                drag(over, 'mousedown', 0.25);
                drag(over, 'mousemove', 0.5);
                drag(over, 'mouseup', 0.5);
                await settled();
                seen.dragged = look();
                document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
                await settled();
                seen.escaped = look();
                from.value = 60;
                from.dispatchEvent(new Event('input'));
                await settled();
                seen.slid = look();
                reset.click();
                await settled();
                seen.reset = look();
                return seen;
            })()
            """;

    /** Notes where the words below the percentiles are drawn from now on; another scheme draws them anew. */
    private static final String AXIS = """
            (() => {
                const { fillText } = CanvasRenderingContext2D.prototype;
                window.drawn = {};
                CanvasRenderingContext2D.prototype.fillText = function (text, x, ...rest) {
                    if (this.canvas.closest('[data-kind=percentiles]') && /^p[0-9]/.test(text)) {
                        const half = this.measureText(text).width / 2;
                        window.drawn[text] = [x - half, x + half];
                    }
                    return fillText.call(this, text, x, ...rest);
                };
            })()
            """;

    @TempDir
    Path folder;

    private final Chromium browser;

    ReportInBrowserTest(Chromium browser) {
        this.browser = browser;
    }

    @Test
    void rangeSelectedOnOneChartIsShownByAllAndEscapeOrTheButtonShowsTheWholeRun() throws Exception {
        // given
        Path page = folder.resolve("report.html");
        HtmlReport.write(RecordedResults.passed(folder), page);
        browser.look(1200, 900, false);
        browser.open(page);

        // when
        JsonNode seen = browser.evaluate(VISITOR);

        // then
        assertThat(browser.errors()).isEmpty();
        assertThat(seen.at("/charts").asInt()).isGreaterThanOrEqualTo(9);
        assertThat(seen.at("/hidden").asBoolean(true)).isFalse();
        assertThat(seen.at("/whole/resettable").asBoolean(true)).isFalse();
        int end = seen.at("/whole/to").asInt();
        assertThat(end).isBetween(170, 190);
        assertThat(seen.at("/dragged/from").asDouble() / end).isBetween(0.23, 0.27);
        assertThat(seen.at("/dragged/to").asDouble() / end).isBetween(0.48, 0.52);
        assertThat(seen.at("/dragged/resettable").asBoolean()).isTrue();
        assertThat(seen.at("/dragged/names"))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(name.asText())
                        .endsWith(" Shown: " + seen.at("/dragged/text").asText() + "."));
        assertThat(seen.at("/escaped")).isEqualTo(seen.at("/whole"));
        assertThat(seen.at("/slid/text").asText()).startsWith("1:00 to ");
        assertThat(seen.at("/reset")).isEqualTo(seen.at("/whole"));
    }

    @ParameterizedTest
    @CsvSource({"400", "1280"})
    void eachNineOfThePercentilesHasALabelThatTouchesNoOther(int width) throws Exception {
        // given
        Path page = folder.resolve("report.html");
        HtmlReport.write(SyntheticRun.ofUsers(1, 200, 600).result(), page);
        browser.look(width, 900, true);
        browser.open(page);
        browser.evaluate(AXIS);

        // when
        browser.look(width, 900, false);
        browser.await("Object.keys(drawn).length > 0");

        // then
        JsonNode labels = browser.evaluate("Object.entries(drawn).sort((a, b) => a[1][0] - b[1][0])");
        assertThat(labels).extracting(label -> label.path(0).asText()).startsWith("p50", "p90", "p99", "p99.9");
        for (int i = 1; i < labels.size(); i++) {
            assertThat(labels.get(i).at("/1/0").asDouble())
                    .as(labels.toString())
                    .isGreaterThan(labels.get(i - 1).at("/1/1").asDouble() + 4);
        }
    }

    @ParameterizedTest
    @CsvSource({"1200, false", "400, true"})
    void axeFindsNothing(int width, boolean dark) throws Exception {
        Path page = folder.resolve("report.html");
        HtmlReport.write(RecordedResults.passed(folder), page);
        browser.look(width, 800, dark);
        browser.open(page);

        assertThat(browser.accessibilityFindings()).isEmpty();
    }
}
