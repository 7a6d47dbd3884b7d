package io.bookstore.perf.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.perf.answer.Answer;
import io.bookstore.perf.answer.Section;
import io.bookstore.perf.compare.SampleRun;
import io.bookstore.perf.record.Parts;
import io.bookstore.perf.record.Parts.Part;
import io.bookstore.perf.record.RecordSummary;
import io.bookstore.perf.record.RecordSummary.PartTimes;
import io.bookstore.perf.record.RequestRecord;
import io.bookstore.perf.record.RequestRecord.Attempt;
import io.bookstore.perf.record.RequestRecord.Kind;
import io.bookstore.perf.results.CrossCheck;
import io.bookstore.perf.results.ErrorKind;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.UsageTotals;
import io.bookstore.perf.results.UsageTotals.Total;
import io.bookstore.perf.results.ValidityFinding;
import io.bookstore.perf.results.Verdict;
import io.bookstore.perf.results.facts.GeneratorLoad;
import io.bookstore.perf.results.facts.RunFacts;
import io.bookstore.perf.testing.RecordedResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {

    @TempDir
    private static Path shared;

    private static RunResult recorded;

    @TempDir
    Path folder;

    @BeforeAll
    static void readTheRecordedRun() {
        recorded = RecordedResults.passed(shared);
    }

    @Test
    void verdictAndThresholdsComeFirst() throws IOException {
        // when
        String html = render(RecordedResults.crossed(folder));

        // then
        assertThat(html)
                .contains("<title>Failed: ai-smoke", "thresholds crossed (exit code 99), 3 of 4 thresholds held");
        assertThat(html.indexOf("class=\"tag bad\"")).isLessThan(html.indexOf("<h2 id=\"over-time\">"));
        assertThat(html).containsSubsequence("<code>llm_response_time</code>", "p(95)", "&lt; 1 s", "2.60 s", "−160 %");
    }

    @Test
    void oneFileNeedsNoNetwork() throws IOException {
        // when
        String html = render(recorded);

        // then
        assertThat(html).contains("default-src 'none'", "uPlot");
        assertThat(Pattern.compile("<(link|img|iframe)\\b|<script[^>]+src=|@import|url\\(")
                        .matcher(html)
                        .results())
                .isEmpty();
    }

    @Test
    void everySectionOfAnLlmRunIsThere() throws IOException {
        String html = render(recorded);

        assertThat(html)
                .containsSubsequence(
                        "Thresholds",
                        "Over time",
                        "Latency",
                        "Tokens and cost",
                        "Operations",
                        "Errors by kind",
                        "Checks",
                        "Cross-check",
                        "This run");
        assertThat(html).contains("A simulator stood in for the LLM provider", "closed loop", "rate limited");
    }

    @Test
    void allSamplesOfTheMainLatencyAreAPercentileCurveAndAHistogramWithTheirTables() throws IOException {
        String html = render(recorded);

        assertThat(html)
                .containsSubsequence(
                        "<h2 id=\"distribution\">",
                        "<h3>LLM response time, percentiles</h3>",
                        "data-chart=\"llm_response_time-percentiles\" data-kind=\"percentiles\" data-unit=\"ms\"",
                        "<summary>Points of LLM response time, percentiles</summary>",
                        ">p50</td>",
                        ">slowest</td>",
                        "llm_response_time: samples in steps of 100 ms.",
                        "data-chart=\"llm_response_time-histogram\" data-kind=\"bars\"",
                        "<summary>Points of LLM response time, histogram</summary>");
        assertThat(html)
                .contains("\"llm_response_time-percentiles\":{\"x\":[0.0,", "\"llm_response_time-histogram\":{\"x\":[");
        assertThat(html).doesNotContain("http_req_duration-histogram");
    }

    @Test
    void summaryOfAnOlderKitHasNoDistribution() throws IOException {
        assertThat(render(SampleRun.at(0).summaries(600, 2000, 4000).result()))
                .doesNotContain("<h2 id=\"distribution\">");
    }

    @Test
    void formulaStandsBesideEachMetric() throws IOException {
        String html = render(recorded.with(
                new RecordSummary(List.of(), List.of(new PartTimes(Kind.LLM, Part.NETWORK, 41, 90, 2, 3)))));

        assertThat(html)
                .containsSubsequence(
                        "<code>llm_response_time</code> <span class=\"aggregation\">p(95)</span>"
                                + "<small>from sending the request to the last byte of the answer</small>",
                        "<code>llm_ttft</code><small>first non-empty text from the provider",
                        "<dt>Cost per 1000</dt>",
                        "<dd class=\"formula\">cost / summaries with a text × 1000</dd>",
                        "LLM network<small>end to end less the time within the service</small>");
    }

    @Test
    void eachKindOfErrorHasItsFirstMessage() throws IOException {
        RunResult result = recorded.withErrors(List.of(ErrorKind.of("get", 503, 1503, "", "The <pool> is empty.", 7)));

        assertThat(render(result))
                .contains("<th scope=\"row\">service unavailable<small>The &lt;pool&gt; is empty.</small></th>");
    }

    @Test
    void slowestRequestsShowTheirPartsAsBarsAndFigures() throws IOException {
        // given
        RequestRecord retried = slow(
                "0af7651916cd43dd8448eb211c80319c",
                2000,
                List.of(
                        new Attempt(3.0, 18.0, null, 429, "rate_limited"),
                        new Attempt(231.0, 1748.0, 210.0, 200, null)),
                new Parts(4.0, 0.5, 19.5, 210.0, 1766.0, List.of(), null));
        RequestRecord unknown = slow(
                "b7ad6b716920333100000000000000aa",
                1000,
                List.of(),
                new Parts(-3.0, null, null, null, null, List.of(Part.values()), 3.0));
        RecordSummary records = new RecordSummary(
                List.of(retried, unknown), List.of(new PartTimes(Kind.LLM, Part.PROVIDER, 41, 9000, 1500, 1766)));

        // when
        String html = render(recorded.with(records));

        // then
        assertThat(html)
                .containsSubsequence(
                        "<h2 id=\"slowest\">",
                        "summary, at 5.00 s",
                        "class=\"part network\" style=\"width:0.20%\"",
                        "class=\"part backoff\" style=\"width:10.50%\"",
                        "class=\"part provider\" style=\"width:88.30%\"",
                        "class=\"part before\" style=\"width:0.15%\"",
                        "class=\"part failed\" style=\"width:0.90%\"",
                        "class=\"part backoff\" style=\"width:10.50%\"",
                        "class=\"part provider\" style=\"width:87.40%\"",
                        "<a href=\"#request-0af7651916cd43dd8448eb211c80319c\">"
                                + "<code>trace 0af7651916cd43dd8448eb211c80319c, request llm_smoke-1",
                        "attempt 1: status 429 (rate_limited) in 18.0 ms, begun at 3.00 ms",
                        "attempt 2: status 200 in 1.75 s, begun at 231 ms, after 210 ms of backoff",
                        "2.00 s",
                        "4.00 ms",
                        "0.50 ms",
                        "19.5 ms",
                        "210 ms",
                        "1.77 s",
                        "class=\"part unknown\" style=\"width:50.00%\"",
                        "Its sources contradict each other by 3.00 ms.",
                        "-3.00 ms",
                        "<h2 id=\"parts\">",
                        "LLM provider");
        assertThat(html).contains("class=\"waterfall\" aria-hidden=\"true\"");
    }

    @Test
    void attemptWhoseTimeIsUnknownIsToldInWordsAlone() throws IOException {
        RequestRecord retried = slow(
                "0af7651916cd43dd8448eb211c80319c",
                2000,
                List.of(new Attempt(null, null, null, 429, "rate_limited"), new Attempt(null, null, null, null, null)),
                new Parts(4.0, 0.5, 19.5, null, null, List.of(Part.BACKOFF, Part.PROVIDER), null));

        String html = render(recorded.with(new RecordSummary(List.of(retried), List.of())));

        assertThat(html)
                .contains("attempt 1: status 429 (rate_limited)<", "attempt 2: no status<")
                .doesNotContain("A second bar has the attempts");
    }

    @Test
    void runWithoutRecordsHasNoSuchSections() throws IOException {
        assertThat(render(recorded)).doesNotContain("<h2 id=\"slowest\">", "<h2 id=\"parts\">");
    }

    private static RequestRecord slow(String traceId, double millis, List<Attempt> attempts, Parts parts) {
        return new RequestRecord(
                traceId,
                "llm_smoke-1",
                "llm_smoke",
                Kind.LLM,
                "summary",
                RecordedResults.facts(Map.of()).startedAt().plusSeconds(5),
                new RequestRecord.Timing(millis, null),
                new RequestRecord.Result(RequestRecord.Outcome.OK, 200),
                null,
                attempts,
                parts);
    }

    @Test
    void whatTheServiceDoesNotTellIsNotSaidToBeNoneAndNothingIsAddedOnTheWayInLessThanNoTime() throws IOException {
        RunResult result = recorded;
        long requests = result.llmRequests();

        String html = render(result.with(new CrossCheck(requests, requests, requests, 900.0, 245.0)));

        assertThat(html)
                .contains("<dt>From the cache</dt><dd>not told</dd>", "<dt>Retries</dt><dd>not told</dd>")
                .doesNotContain("not used", "Added on the way");
    }

    @Test
    void attemptsOfAFailingProviderAreNoDisagreement() throws IOException {
        RunResult result = recorded;
        long requests = result.llmRequests();

        String html = render(result.with(new CrossCheck(requests, requests, requests + 9, null, null)));

        assertThat(html)
                .contains("engine and service agree; the simulator counts attempts")
                .doesNotContain("did not count the same number");
    }

    @Test
    void serviceThatCountsOtherwiseIsADisagreement() throws IOException {
        RunResult result = recorded;
        long requests = result.llmRequests();

        String html = render(result.with(new CrossCheck(requests, requests - 1, requests, null, null)));

        assertThat(html).contains("did not count the same number", "; they do not agree.");
    }

    @Test
    void openLoopAndAGeneratorAtItsLimitAreSaid() throws IOException {
        RunFacts facts = RecordedResults.facts(Map.of());
        RunResult closed = recorded;
        RunFacts open = new RunFacts(
                facts.scenario(),
                facts.script(),
                facts.scriptHash(),
                facts.engine(),
                List.of(new RunFacts.Load("llm_smoke_open", "ramping-arrival-rate", true, 14, Duration.ofMinutes(3))),
                facts.startedAt(),
                facts.duration(),
                facts.env(),
                facts.target(),
                facts.machine(),
                new GeneratorLoad(1.31, 0.98, 2));

        String html = render(new RunResult(
                open,
                closed.verdict(),
                closed.thresholds(),
                closed.metrics(),
                closed.operations(),
                closed.checks(),
                closed.errors(),
                closed.series(),
                closed.crossCheck()));

        assertThat(html)
                .contains("open loop, up to 14 arrivals a minute")
                .contains("took 1.3 of this machine's 2 processors, which were 98 % busy: it may have been the limit");
    }

    @Test
    void invalidRunSaysSoFirstAndWhy() throws IOException {
        RunResult result = recorded.with(List.of(
                        new ValidityFinding("clock", true, "The machine slept."),
                        new ValidityFinding("few-samples", false, "Too few samples.")))
                .with(Verdict.of(83, "The machine slept."));

        String html = render(result);

        assertThat(html)
                .contains("<title>Invalid: ai-smoke", "<header class=\"verdict invalid\"")
                .containsSubsequence(
                        "not a valid measurement (exit code 83)",
                        "<p class=\"note bad\" role=\"note\">The machine slept.</p>",
                        "<p class=\"note warn\" role=\"note\">Too few samples.</p>",
                        "<h2 id=\"thresholds\">")
                .containsOnlyOnce("The machine slept.");
    }

    @Test
    void limitOnAPercentileOfFewSamplesIsCalledIndicative() throws IOException {
        String html = render(recorded);

        assertThat(html)
                .containsSubsequence(
                        "p(95)", "indicative: 60 of 200 samples", "p(99)", "indicative: 60 of 1\u2009000 samples");
    }

    @Test
    void tokensOfEachPartyStandBesideEachOther() throws IOException {
        RunResult result = recorded;
        long requests = result.llmRequests();
        Total journalled = new Total(57, 257);

        String html = render(result.with(new CrossCheck(
                requests, requests, requests, null, null, null, new UsageTotals(journalled, null, null))));

        assertThat(html)
                .contains("; their tokens or cost do not agree.")
                .containsSubsequence("Answers", "2\u2009565", "Simulator's journal", "57", "257");
    }

    @Test
    void sentenceOfTheRunComesFirst() throws IOException {
        String html = render(RecordedResults.crossed(folder));

        assertThat(html)
                .containsSubsequence(
                        "ai-smoke <span>on BookStore API</span>",
                        "<p class=\"sentence\">Crosses a limit: p95 of summaries is 2.60 s, limit 1 s.</p>",
                        "<nav class=\"contents\"",
                        "<a href=\"#thresholds\">",
                        "<h2 id=\"thresholds\">");
    }

    @Test
    void answerOfAScenarioIsDrawnBeforeItsThresholds() throws IOException {
        String html = render(recorded.with(new Answer(
                "Holds 60.",
                List.of(new Answer.Figure("held", 60, "a minute")),
                List.of(
                        new Section.Curve(
                                "Rate against latency",
                                "",
                                new Section.Column("summaries", "a minute"),
                                new Section.Column("latency", "ms"),
                                List.of(new Section.Series(
                                        "p95", List.of(List.of(60.0, 3400.0), List.of(120.0, 11430.0)))),
                                new Section.Mark("limit of the p95", 8000),
                                new Section.Mark("held", 60)),
                        new Section.Matrix(
                                "Statuses",
                                "",
                                "expected",
                                "given",
                                List.of("404", "500"),
                                List.of(new Section.Row("404", List.of("404"), List.of(812L, 3L)))),
                        new Section.Bands(
                                "Phases",
                                "",
                                List.of(
                                        new Section.Band("before", 0, 60, ""),
                                        new Section.Band("during", 60, 120, "bad")))),
                null,
                null)));

        assertThat(html)
                .containsSubsequence(
                        "Holds 60.",
                        "<h2 id=\"answer\">",
                        "60 a minute",
                        "Limit of the p95: 8 s. Held: 60 a minute.",
                        "data-chart=\"answer-0\"",
                        "<summary>Points of Rate against latency</summary>",
                        ">3.40 s</td>",
                        ">11.4 s</td>",
                        "Rows are expected, columns are given.",
                        "<td class=\"number good\">812</td>",
                        "<td class=\"number bad\">3</td>",
                        "<h2 id=\"thresholds\">");
        assertThat(html).contains("\"answer-0\":{\"x\":[60.0,120.0],\"p95\":[3400.0,11430.0]}");
        assertThat(phases(html)).hasSize(2).first().asString().contains("\"label\":\"before\"");
        assertThat(phases(html).get(1).get("tone").asText()).isEqualTo("bad");
    }

    @Test
    void answerThatWasLeftOutIsNoted() throws IOException {
        RunResult result = recorded;

        String html = render(result.with(LimitsAnswer.made(result).noting("answer.json is left out: it is no JSON.")));

        assertThat(html)
                .contains("answer.json is left out: it is no JSON.")
                .contains("<p class=\"sentence\">Holds its limits: 60 summaries, p95 ")
                .doesNotContain("<h2 id=\"answer\">");
    }

    @Test
    void stagesOfThePlanAreTheBandsOfTheCharts() throws IOException {
        RunFacts.Load load = new RunFacts.Load(
                "llm_smoke",
                "ramping-vus",
                false,
                2,
                Duration.ofMinutes(3),
                Duration.ZERO,
                List.of(
                        new RunFacts.Load.Stage(Duration.ofSeconds(30), 2),
                        new RunFacts.Load.Stage(Duration.ofSeconds(120), 2),
                        new RunFacts.Load.Stage(Duration.ofSeconds(30), 0)));

        List<JsonNode> phases = phases(render(passed(load)));

        assertThat(phases).extracting(phase -> phase.get("label").asText()).containsExactly("to 2", "at 2", "to 0");
        assertThat(phases.get(1).get("endSeconds").asDouble()
                        - phases.get(1).get("startSeconds").asDouble())
                .isEqualTo(120);
    }

    @Test
    void stepsOneAfterTheOtherAreBandsAndTheHighestIsTheLoad() throws IOException {
        String html = render(passed(arrivals("rate_60", 60, 0), arrivals("rate_120", 120, 60)));

        assertThat(phases(html))
                .extracting(phase -> phase.get("label").asText())
                .containsExactly("rate 60", "rate 120");
        assertThat(html).contains("open loop, up to 120 arrivals a minute");
    }

    @Test
    void loadsBesideEachOtherAreNoBandsAndAddUp() throws IOException {
        String html = render(passed(arrivals("summaries", 60, 0), arrivals("plain", 120, 0)));

        assertThat(phases(html)).isEmpty();
        assertThat(html).contains("open loop, up to 180 arrivals a minute");
    }

    private static RunFacts.Load arrivals(String name, int perMinute, int startSeconds) {
        return new RunFacts.Load(
                name,
                "constant-arrival-rate",
                true,
                perMinute,
                Duration.ofMinutes(1),
                Duration.ofSeconds(startSeconds),
                List.of());
    }

    private RunResult passed(RunFacts.Load... loads) {
        RunResult result = recorded;
        RunFacts facts = RecordedResults.facts(Map.of());
        return new RunResult(
                new RunFacts(
                        facts.scenario(),
                        facts.script(),
                        facts.scriptHash(),
                        facts.engine(),
                        List.of(loads),
                        facts.startedAt(),
                        facts.duration(),
                        facts.env(),
                        facts.target(),
                        facts.machine(),
                        facts.generator()),
                result.verdict(),
                result.thresholds(),
                result.metrics(),
                result.operations(),
                result.checks(),
                result.errors(),
                result.series(),
                result.crossCheck());
    }

    @Test
    void textFromTheRunIsEscaped() throws IOException {
        // given
        RunResult result = RecordedResults.empty(folder, 107, "</script><script>alert(1)</script>");

        // when
        String html = render(result);

        // then
        assertThat(html)
                .doesNotContain("<script>alert(1)")
                .contains("&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;");
    }

    @Test
    void runWithoutSamplesStillHasAReport() throws IOException {
        String html = render(RecordedResults.empty(folder, 107, "broken.js:3:1 Unexpected token."));

        assertThat(html)
                .contains(
                        "broken.js:3:1 Unexpected token.",
                        "No threshold was evaluated.",
                        "No request and no check failed")
                .doesNotContain("Over time");
    }

    private static List<JsonNode> phases(String html) throws IOException {
        Matcher json = Pattern.compile("id=\"phases\">(.*?)</script>").matcher(html);
        assertThat(json.find()).isTrue();
        List<JsonNode> phases = new ArrayList<>();
        new ObjectMapper().readTree(json.group(1)).forEach(phases::add);
        return phases;
    }

    /** Renders the page, whose contents link every section, whatever the run has. */
    private String render(RunResult result) throws IOException {
        Path file = folder.resolve("report.html");
        HtmlReport.write(result, file);
        String html = Files.readString(file);
        assertThat(Pattern.compile("<h2 id=\"([^\"]+)\"").matcher(html).results())
                .isNotEmpty()
                .allSatisfy(section -> assertThat(html).contains("<li><a href=\"#" + section.group(1) + "\">"));
        return html;
    }
}
