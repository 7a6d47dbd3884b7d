package io.bookstore.perf.report;

import static io.bookstore.perf.report.RenderedReport.recorded;
import static io.bookstore.perf.report.RenderedReport.render;
import static io.bookstore.perf.testing.InOrder.inOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.compare.SampleRun;
import io.bookstore.perf.record.Parts.Part;
import io.bookstore.perf.record.RecordSummary;
import io.bookstore.perf.record.RecordSummary.PartTimes;
import io.bookstore.perf.record.RequestRecord.Kind;
import io.bookstore.perf.results.ErrorKind;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.ValidityFinding;
import io.bookstore.perf.results.Verdict;
import io.bookstore.perf.testing.RecordedResults;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report is one page without a network: the verdict first, then the sections that the run has something for. */
class HtmlReportTest {

    @TempDir
    private Path folder;

    @Test
    void verdictAndThresholdsComeFirst() throws IOException {
        // when
        String html = render(RecordedResults.crossed(folder), folder);

        // then
        assertThat(html)
                .contains("<title>Failed: ai-smoke", "thresholds crossed (exit code 99), 3 of 4 thresholds held");
        assertThat(html.indexOf("class=\"tag bad\"")).isLessThan(html.indexOf("<h2 id=\"over-time\">"));
        assertThat(html).satisfies(inOrder("<code>llm_response_time</code>", "p(95)", "&lt; 1 s", "2.60 s", "−160 %"));
    }

    @Test
    void oneFileNeedsNoNetwork() throws IOException {
        // when
        String html = render(recorded, folder);

        // then
        assertThat(html).contains("default-src 'none'", "uPlot");
        assertThat(Pattern.compile("<(link|img|iframe)\\b|<script[^>]+src=|@import|url\\(")
                        .matcher(html)
                        .results())
                .isEmpty();
    }

    @Test
    void everySectionOfAnLlmRunIsThere() throws IOException {
        String html = render(recorded, folder);

        assertThat(html)
                .satisfies(inOrder(
                        "Thresholds",
                        "Over time",
                        "Latency",
                        "Tokens and cost",
                        "Operations",
                        "Errors by kind",
                        "Checks",
                        "Cross-check",
                        "This run"));
        assertThat(html).contains("A simulator stood in for the LLM provider", "closed loop", "rate limited");
    }

    @Test
    void allSamplesOfTheMainLatencyAreAPercentileCurveAndAHistogramWithTheirTables() throws IOException {
        String html = render(recorded, folder);

        assertThat(html)
                .satisfies(inOrder(
                        "<h2 id=\"distribution\">",
                        "<h3>LLM response time, percentiles</h3>",
                        "data-chart=\"llm_response_time-percentiles\" data-kind=\"percentiles\" data-unit=\"ms\"",
                        "<summary>Points of LLM response time, percentiles</summary>",
                        ">p50</td>",
                        ">slowest</td>",
                        "llm_response_time: samples in steps of 100 ms.",
                        "data-chart=\"llm_response_time-histogram\" data-kind=\"bars\"",
                        "<summary>Points of LLM response time, histogram</summary>"));
        assertThat(html)
                .contains("\"llm_response_time-percentiles\":{\"x\":[0.0,", "\"llm_response_time-histogram\":{\"x\":[");
        assertThat(html).doesNotContain("http_req_duration-histogram");
    }

    @Test
    void summaryOfAnOlderKitHasNoDistribution() throws IOException {
        assertThat(render(SampleRun.at(0).summaries(600, 2000, 4000).result(), folder))
                .doesNotContain("<h2 id=\"distribution\">");
    }

    @Test
    void formulaStandsBesideEachMetric() throws IOException {
        String html = render(
                recorded.with(
                        new RecordSummary(List.of(), List.of(new PartTimes(Kind.LLM, Part.NETWORK, 41, 90, 2, 3)))),
                folder);

        assertThat(html)
                .satisfies(inOrder(
                        "<code>llm_response_time</code> <span class=\"aggregation\">p(95)</span>"
                                + "<small>from sending the request to the last byte of the answer</small>",
                        "<code>llm_ttft</code><small>first non-empty text from the provider",
                        "<dt>Cost per 1,000</dt>",
                        "<dd class=\"formula\">cost / summaries with a text × 1,000</dd>",
                        "LLM network<small>end to end less the time within the service</small>"));
    }

    @Test
    void eachKindOfErrorHasItsFirstMessage() throws IOException {
        RunResult result = recorded.withErrors(List.of(ErrorKind.of("get", 503, 1503, "", "The <pool> is empty.", 7)));

        assertThat(render(result, folder))
                .contains("<th scope=\"row\">service unavailable<small>The &lt;pool&gt; is empty.</small></th>");
    }

    @Test
    void invalidRunSaysSoFirstAndWhy() throws IOException {
        RunResult result = recorded.with(List.of(
                        new ValidityFinding("clock", true, "The machine slept."),
                        new ValidityFinding("few-samples", false, "Too few samples.")))
                .with(Verdict.of(83, "The machine slept."));

        String html = render(result, folder);

        assertThat(html)
                .contains("<title>Invalid: ai-smoke", "<header class=\"verdict invalid\"")
                .satisfies(inOrder(
                        "not a valid measurement (exit code 83)",
                        "<p class=\"note bad\" role=\"note\">The machine slept.</p>",
                        "<p class=\"note warn\" role=\"note\">Too few samples.</p>",
                        "<h2 id=\"thresholds\">"))
                .containsOnlyOnce("The machine slept.");
    }

    @Test
    void limitOnAPercentileOfFewSamplesIsCalledIndicative() throws IOException {
        String html = render(recorded, folder);

        assertThat(html)
                .satisfies(
                        inOrder("p(95)", "indicative: 60 of 200 samples", "p(99)", "indicative: 60 of 1,000 samples"));
    }

    @Test
    void sentenceOfTheRunComesFirst() throws IOException {
        String html = render(RecordedResults.crossed(folder), folder);

        assertThat(html)
                .satisfies(inOrder(
                        "ai-smoke <span>on BookStore API</span>",
                        "<p class=\"sentence\">Crosses a limit: p95 of summaries is 2.60 s, limit 1 s.</p>",
                        "<nav class=\"contents\"",
                        "<a href=\"#thresholds\">",
                        "<h2 id=\"thresholds\">"));
    }

    @Test
    void textFromTheRunIsEscaped() throws IOException {
        // given
        RunResult result = RecordedResults.empty(folder, 107, "</script><script>alert(1)</script>");

        // when
        String html = render(result, folder);

        // then
        assertThat(html)
                .doesNotContain("<script>alert(1)")
                .contains("&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;");
    }

    @Test
    void runWithoutSamplesStillHasAReport() throws IOException {
        String html = render(RecordedResults.empty(folder, 107, "broken.js:3:1 Unexpected token."), folder);

        assertThat(html)
                .contains(
                        "broken.js:3:1 Unexpected token.",
                        "No threshold was evaluated.",
                        "No request and no check failed")
                .doesNotContain("Over time");
    }
}
