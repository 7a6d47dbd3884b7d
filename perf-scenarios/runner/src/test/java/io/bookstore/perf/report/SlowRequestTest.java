package io.bookstore.perf.report;

import static io.bookstore.perf.report.RenderedReport.recorded;
import static io.bookstore.perf.report.RenderedReport.render;
import static io.bookstore.perf.testing.InOrder.inOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.record.Parts;
import io.bookstore.perf.record.Parts.Part;
import io.bookstore.perf.record.RecordSummary;
import io.bookstore.perf.record.RecordSummary.PartTimes;
import io.bookstore.perf.record.RequestRecord;
import io.bookstore.perf.record.RequestRecord.Attempt;
import io.bookstore.perf.record.RequestRecord.Kind;
import io.bookstore.perf.testing.RecordedResults;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The slowest requests of a report: bars, figures and attempts of each. */
class SlowRequestTest {

    @TempDir
    private Path folder;

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
        String html = render(recorded.with(records), folder);

        // then
        assertThat(html)
                .satisfies(inOrder(
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
                        "LLM provider"));
        assertThat(html).contains("class=\"waterfall\" aria-hidden=\"true\"");
    }

    @Test
    void attemptWhoseTimeIsUnknownIsToldInWordsAlone() throws IOException {
        RequestRecord retried = slow(
                "0af7651916cd43dd8448eb211c80319c",
                2000,
                List.of(new Attempt(null, null, null, 429, "rate_limited"), new Attempt(null, null, null, null, null)),
                new Parts(4.0, 0.5, 19.5, null, null, List.of(Part.BACKOFF, Part.PROVIDER), null));

        String html = render(recorded.with(new RecordSummary(List.of(retried), List.of())), folder);

        assertThat(html)
                .contains("attempt 1: status 429 (rate_limited)<", "attempt 2: no status<")
                .doesNotContain("A second bar has the attempts");
    }

    @Test
    void partThatNoRequestTellsHasNoColumn() throws IOException {
        RequestRecord plain = slow(
                "b7ad6b716920333100000000000000aa",
                1000,
                List.of(),
                new Parts(4.0, null, 996.0, null, null, List.of(Part.QUEUE), null));

        String html = render(recorded.with(new RecordSummary(List.of(plain), List.of())), folder);

        assertThat(html)
                .contains(">Network</th>", ">Application</th>")
                .doesNotContain(">Queue</th>", ">Backoff</th>", ">Provider</th>", "class=\"part provider\"");
    }

    @Test
    void runWithoutRecordsHasNoSuchSections() throws IOException {
        assertThat(render(recorded, folder)).doesNotContain("<h2 id=\"slowest\">", "<h2 id=\"parts\">");
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
}
