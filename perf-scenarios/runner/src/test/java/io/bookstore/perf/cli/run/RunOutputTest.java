package io.bookstore.perf.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.perf.Quantity;
import io.bookstore.perf.answer.Answer;
import io.bookstore.perf.cli.EmptyService;
import io.bookstore.perf.cli.PerfProcess;
import io.bookstore.perf.engine.embedded.EmbeddedEngineOption;
import io.bookstore.perf.results.SummaryFile;
import io.bookstore.perf.testing.RecordedEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class RunOutputTest {

    @TempDir
    Path folder;

    @RegisterExtension
    final EmptyService service = new EmptyService();

    private final PerfProcess perf = new PerfProcess();

    @Test
    void verdictIsSaidOnceAndEvenIfItsFilesCannotBeWritten() throws IOException {
        // given something in the place of summary.json that nothing can replace
        Files.createDirectories(folder.resolve("summary.json/full"));

        // when
        int exitCode = perf.run(
                RecordedEngine.passing(),
                "run",
                "ai-smoke",
                "--base-url",
                service.baseUrl(),
                "--out",
                folder.toString());

        // then
        assertThat(exitCode).isEqualTo(66);
        assertThat(perf.out())
                .contains("PASSED ai-smoke: 4 of 4 thresholds held, exit code 0")
                .doesNotContain("report " + folder);
        assertThat(perf.err()).startsWith("Cannot write to " + folder);
    }

    @Test
    void tooFewSamplesForAPercentileAreANote() {
        int exitCode = perf.run(
                RecordedEngine.passing(),
                "run",
                "ai-smoke",
                "--base-url",
                service.baseUrl(),
                "--out",
                folder.toString());

        assertThat(exitCode).isZero();
        assertThat(perf.out().replaceAll("\\s+", " "))
                .containsSubsequence(
                        "PASSED ai-smoke:",
                        "Too few samples for a percentile, so that the limit is only indicative: p(95) of llm_response_time"
                                + " has 60 of 200; p(99) of llm_response_time has 60 of 1,000.");
    }

    @Test
    void strictRunWithTooFewSamplesIsInvalidEverywhere() throws IOException {
        int exitCode = perf.run(
                RecordedEngine.crossing(),
                "run",
                "ai-smoke",
                "--strict",
                "--base-url",
                service.baseUrl(),
                "--out",
                folder.toString());

        assertThat(exitCode).isEqualTo(83);
        assertThat(perf.out())
                .containsSubsequence(
                        "Too few samples for a percentile",
                        "INVALID ai-smoke: not a valid measurement, 3 of 4 thresholds held, exit code 83");
        assertThat(folder.resolve("junit.xml"))
                .content()
                .contains("errors=\"1\"", "<error message=\"Too few samples", "type=\"exit code 83\"");
        JsonNode summary =
                new ObjectMapper().readTree(folder.resolve("summary.json").toFile());
        assertThat(summary.at("/findings/0/rule").asText()).isEqualTo("few-samples");
        assertThat(summary.at("/findings/0/invalid").asBoolean()).isTrue();
        assertThat(summary.at("/verdict/partial").asBoolean(true)).isFalse();
    }

    @Test
    void lastLineBeforeTheReportIsOnGoodput() throws IOException {
        int exitCode = perf.run(
                RecordedEngine.passing(),
                "run",
                "ai-smoke",
                "--slo",
                "llm.e2e=2s",
                "--base-url",
                service.baseUrl(),
                "--out",
                folder.toString());

        assertThat(exitCode).isZero();
        JsonNode goodput = new ObjectMapper()
                .readTree(folder.resolve("summary.json").toFile())
                .path("goodput");
        assertThat(goodput.path("scheduled").asLong()).isEqualTo(60);
        assertThat(goodput.path("good").asLong()).isBetween(1L, 59L);
        assertThat(goodput.at("/window/steady").asBoolean(true)).isFalse();
        assertThat(goodput.at("/classes/0/dimensions/0/dimension").asText()).isEqualTo("e2e");
        assertThat(perf.out())
                .contains("%n  goodput %s (%d of 60 scheduled requests, whole run; binding: llm e2e)%nreport "
                        .formatted(
                                Quantity.percent(goodput.path("share").asDouble()),
                                goodput.path("good").asLong()));
    }

    @Test
    void screenEndsWithLatenciesTheAnswerAndTheReport() {
        perf.run(
                RecordedEngine.passing(),
                "run",
                "ai-smoke",
                "--base-url",
                service.baseUrl(),
                "--out",
                folder.toString());

        assertThat(perf.out())
                .containsSubsequence(
                        "PASSED ai-smoke: 4 of 4 thresholds held, exit code 0",
                        "                          p50     p90     p95     p99\n",
                        "  time to first token  ",
                        "  summary, end to end  ",
                        "\nHolds its limits: 60 summaries, p95 ",
                        "\n  p95: ",
                        "\nreport " + folder.resolve("report.html") + "\n")
                .doesNotContain("TOTAL RESULTS");
        // A folder, and the flags of this JVM, are as long as whoever chose them made them.
        assertThat(perf.out().lines())
                .allMatch(line -> line.length() <= 80 || line.startsWith("jvm ") || line.contains(folder.toString()));
    }

    @Test
    void verbosePrintsTheSummaryOfK6Too() {
        perf.run(
                RecordedEngine.passing(),
                "run",
                "ai-smoke",
                "--verbose",
                "--base-url",
                service.baseUrl(),
                "--out",
                folder.toString());

        assertThat(perf.out()).containsSubsequence("█ TOTAL RESULTS", "PASSED ai-smoke");
    }

    @Test
    void textOfAScriptIsShownUnlessItHasAnAnswer() throws IOException {
        Path text = Files.writeString(folder.resolve("text.js"), """
                export default function () {}
                export const handleSummary = () => ({ stdout: 'my own text' });
                """);
        Path answer = Files.writeString(folder.resolve("answer.js"), """
                export default function () {}
                const sections = [{ kind: 'table', title: 'Guests', columns: [{ label: 'name' }, { label: 'wait', unit: 'ms' }], rows: [['Ann', 1234]] }];
                export const handleSummary = () => ({
                  stdout: 'my own text',
                  'answer.json': JSON.stringify({ schemaVersion: 1, sentence: 'Serves 12 guests.', sections }),
                });
                """);

        PerfProcess withText = new PerfProcess();
        run(withText, text, "text");
        PerfProcess withAnswer = new PerfProcess();
        run(withAnswer, answer, "answer");

        assertThat(withText.out()).contains("my own text");
        assertThat(withAnswer.out())
                .containsSubsequence("  Guests\n  name    wait\n  Ann   1.23 s\n", "\nServes 12 guests.\n", "report ")
                .doesNotContain("my own text");
        assertThat(SummaryFile.read(folder.resolve("answer/summary.json")).answer())
                .extracting(Answer::sentence)
                .isEqualTo("Serves 12 guests.");
    }

    @Test
    void answerThatIsNotAsItMustBeIsNotedAndLeftOut() throws IOException {
        Path script = Files.writeString(folder.resolve("answer.js"), """
                export default function () {}
                export const handleSummary = () => ({ 'answer.json': '{"schemaVersion":1,"sentence":""}' });
                """);

        int exitCode = run(perf, script, "answer");

        assertThat(exitCode).isZero();
        assertThat(perf.out()).contains("note answer.json is left out: sentence must be a text that is not blank.");
        assertThat(Files.readString(folder.resolve("answer/report.html")))
                .contains("answer.json is left out: sentence must be a text that is not blank.");
    }

    @Test
    void scriptErrorKeepsItsExitCodeAndStillHasAReport() {
        // given
        RecordedEngine engine = RecordedEngine.failing(107, "tests/broken.js:3:1 Unexpected token.");

        // when
        int exitCode = perf.run(engine, "run", "ai-smoke", "--base-url", service.baseUrl(), "--out", folder.toString());

        // then
        assertThat(exitCode).isEqualTo(107);
        assertThat(folder.resolve("report.html")).content().contains("tests/broken.js:3:1 Unexpected token.");
    }

    @Test
    void resultAsJsonIsAllThatStandardOutputHas() throws IOException {
        int exitCode = perf.run(
                RecordedEngine.crossing(),
                "run",
                "ai-smoke",
                "--base-url",
                service.baseUrl(),
                "--json",
                "--out",
                folder.toString());

        JsonNode result = new ObjectMapper().readTree(perf.out());
        assertThat(exitCode).isEqualTo(99);
        assertThat(result.at("/exitCode").asInt()).isEqualTo(99);
        assertThat(result.at("/runs/0/scenario").asText()).isEqualTo("ai-smoke");
        assertThat(result.at("/runs/0/passed").asBoolean()).isFalse();
        assertThat(result.at("/runs/0/thresholds/0/actual").asDouble()).isEqualTo(2600.5);
        assertThat(result.at("/runs/0/sentence").asText())
                .isEqualTo("Crosses a limit: p95 of summaries is 2.60 s, limit 1 s.");
        assertThat(result.at("/runs/0/goodput/scheduled").asLong()).isPositive();
        assertThat(result.at("/runs/0/goodput/share").asDouble()).isBetween(0.5, 1.0);
        assertThat(result.at("/runs/0/goodput/slo").asText()).isEqualTo("llm.e2e=8s");
        assertThat(Path.of(result.at("/runs/0/report").asText())).exists();
        assertThat(perf.err()).contains("FAILED ai-smoke");
    }

    private int run(PerfProcess process, Path script, String output) {
        return process.run(
                new EmbeddedEngineOption(),
                "run",
                script.toString(),
                "--iterations",
                "1",
                "--base-url",
                service.baseUrl(),
                "--out",
                folder.resolve(output).toString());
    }
}
