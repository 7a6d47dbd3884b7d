package io.bookstore.perf.report;

import static io.bookstore.perf.report.RenderedReport.phases;
import static io.bookstore.perf.report.RenderedReport.recorded;
import static io.bookstore.perf.report.RenderedReport.render;
import static io.bookstore.perf.testing.InOrder.inOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.answer.Answer;
import io.bookstore.perf.answer.Section;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The answer of a scenario in its report. */
class AnswerBlockTest {

    @TempDir
    private Path folder;

    @Test
    void tableWithoutARowIsNotShown() throws IOException {
        Section.Table empty = new Section.Table("Checks", "", List.of(new Section.Column("check", "")), List.of());

        String html = render(recorded.with(new Answer("Ended early.", List.of(), List.of(empty), null, null)), folder);

        assertThat(html).doesNotContain("<h2 id=\"answer\">", "href=\"#answer\"");
    }

    @Test
    void answerOfAScenarioIsDrawnBeforeItsThresholds() throws IOException {
        String html = render(
                recorded.with(new Answer(
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
                        null)),
                folder);

        assertThat(html)
                .satisfies(inOrder(
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
                        "<h2 id=\"thresholds\">"));
        assertThat(html).contains("\"answer-0\":{\"x\":[60.0,120.0],\"p95\":[3400.0,11430.0]}");
        assertThat(phases(html)).hasSize(2).first().asString().contains("\"label\":\"before\"");
        assertThat(phases(html).get(1).get("tone").asText()).isEqualTo("bad");
    }

    @Test
    void answerThatWasLeftOutIsNoted() throws IOException {

        String html = render(
                recorded.with(LimitsAnswer.made(recorded).noting("answer.json is left out: it is no JSON.")), folder);

        assertThat(html)
                .contains("answer.json is left out: it is no JSON.")
                .contains("<p class=\"sentence\">Holds its limits: 60 summaries, p95 ")
                .doesNotContain("<h2 id=\"answer\">");
    }
}
