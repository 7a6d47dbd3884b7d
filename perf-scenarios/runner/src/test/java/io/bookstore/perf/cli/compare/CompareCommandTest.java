package io.bookstore.perf.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.perf.cli.PerfProcess;
import io.bookstore.perf.compare.SampleRun;
import io.bookstore.perf.results.Verdict;
import io.bookstore.perf.testing.RecordedEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The verdict of a comparison as text, JSON and Markdown, its exit code, and the options. */
class CompareCommandTest {

    @TempDir
    Path folder;

    private final PerfProcess perf = new PerfProcess();
    private SavedSession session;

    @BeforeEach
    void nameFolders() {
        session = new SavedSession(folder);
    }

    @ParameterizedTest
    @CsvSource({
        "8, 1.00, SAME, 0, 0",
        "8, 0.50, BETTER, 0, 0",
        "8, 1.50, WORSE, 80, 80",
        "4, 1.50, INCONCLUSIVE, 0, 82",
    })
    void exitCodeTellsAGateWhatToDo(int pairs, double factor, String verdict, int exitCode, int strictExitCode) {
        session.withPairs(pairs, factor);

        assertThat(compare()).isEqualTo(exitCode);
        assertThat(perf.out()).startsWith(verdict + ": ");
        assertThat(compare("--strict")).isEqualTo(strictExitCode);
    }

    @Test
    void verdictComesFirstThenTheTable() {
        session.withPairs(8, 1.25);

        compare();

        List<String> lines = perf.out().lines().toList();
        assertThat(lines.get(0))
                .isEqualTo("WORSE: llm_response_time.p50 is 25.0 % higher (interval +24.7 to +25.3 %),"
                        + " the margin is 5 % (8 pairs); one other metric is WORSE too.");
        assertThat(lines.get(1)).isEmpty();
        assertThat(lines.get(2))
                .matches(" +Metric +Baseline +Candidate +Ratio \\(95 % interval\\) +Margin +Visible from +Verdict");
        assertThat(lines)
                .anyMatch(line -> line.matches("  llm_response_time.p50 +2\\.00 s +2\\.50 s"
                        + " +1\\.250 \\(1\\.247 to 1\\.253\\) +5 % +0\\.\\d % +WORSE"))
                .anyMatch(line -> line.matches("  llm_errors.share +0 % +0 %"
                        + " +\\+0\\.00 points \\(\\+0\\.00 to \\+0\\.00\\) +1 point +0\\.0 points +SAME"))
                .anyMatch(line -> line.matches("  llm_response_time.p99 +not judged"))
                .noneMatch(line -> line.contains("p99 needs"));
        assertThat(lines).allSatisfy(line -> assertThat(line).doesNotEndWith(" "));
    }

    @Test
    void reasonsOfJudgedMetricsAreBelowTheTable() {
        session.withPairs(4, 1.25);

        compare();

        assertThat(perf.out().lines())
                .contains("  llm_response_time.p95: A verdict needs at least 6 pairs; needs about 2 more pairs.");
    }

    @Test
    void jsonHasVerdictFiguresAndPairs() throws IOException {
        session.withPairs(8, 1.25);

        int exitCode = compare("--json");

        JsonNode json = new ObjectMapper().readTree(perf.out());
        assertThat(json.at("/schemaVersion").asInt()).isEqualTo(1);
        assertThat(json.at("/verdict").asText()).isEqualTo("WORSE");
        assertThat(json.at("/exitCode").asInt()).isEqualTo(80).isEqualTo(exitCode);
        assertThat(json.at("/sentence").asText()).startsWith("WORSE: llm_response_time.p50 is 25.0 % higher");
        assertThat(json.at("/pairs")).hasSize(8);
        assertThat(json.at("/pairs/0/baseline").asText()).isEqualTo(session.before() + "/0");
        assertThat(json.at("/pairs/0/candidate").asText()).isEqualTo(session.after() + "/0");
        assertThat(json.at("/pairs/0").has("control")).isFalse();
        JsonNode median = json.at("/metrics/0");
        assertThat(median.at("/name").asText()).isEqualTo("llm_response_time.p50");
        assertThat(median.at("/unit").asText()).isEqualTo("ms");
        assertThat(median.at("/candidate").asDouble()).isEqualTo(2500);
        assertThat(median.at("/change/ratio").asBoolean()).isTrue();
        assertThat(median.at("/change/value").asDouble()).isBetween(1.249, 1.251);
        assertThat(median.at("/change/low").asDouble()).isBetween(1.24, 1.25);
        assertThat(median.at("/change/high").asDouble()).isBetween(1.25, 1.26);
        assertThat(median.at("/margin").asDouble()).isEqualTo(5);
        assertThat(median.at("/visible").asDouble()).isBetween(0.1, 0.9);
        assertThat(median.at("/verdict").asText()).isEqualTo("WORSE");
        assertThat(median.has("morePairs")).isFalse();
        assertThat(json.at("/metrics/2/reason").asText()).startsWith("p99 needs 1000 samples in each run, ");
        assertThat(json.at("/refusals")).isEmpty();
        assertThat(perf.err()).isEmpty();
    }

    @Test
    void unknownFiguresAreAbsentFromTheJson() throws IOException {
        session.withPairs(1, 1);

        compare("--json");

        JsonNode json = new ObjectMapper().readTree(perf.out());
        assertThat(json.at("/verdict").asText()).isEqualTo("INCONCLUSIVE");
        assertThat(json.at("/metrics/0/change").has("low")).isFalse();
        assertThat(json.at("/metrics/0").has("visible")).isFalse();
        assertThat(json.at("/metrics/0/morePairs").asInt()).isEqualTo(5);
        assertThat(json.toString()).doesNotContain("NaN", "Infinity", "null");
    }

    @Test
    void markdownIsATableForAPullRequest() throws IOException {
        session.withPairs(8, 1.25);
        Path file = folder.resolve("verdict.md");

        compare("--markdown", file.toString());

        List<String> lines = Files.readAllLines(file);
        assertThat(lines.get(0)).startsWith("**WORSE**: llm_response_time.p50 is 25.0 % higher");
        assertThat(lines.get(1)).isEmpty();
        assertThat(lines.get(2))
                .isEqualTo(
                        "| Metric | Baseline | Candidate | Ratio (95 % interval) | Margin | Visible from | Verdict |");
        assertThat(lines.get(3)).isEqualTo("|---|--:|--:|--:|--:|--:|---|");
        assertThat(lines.get(4))
                .matches("\\| llm_response_time\\.p50 \\| 2\\.00 s \\| 2\\.50 s \\| 1\\.250 \\(.*\\) \\| 5 % \\|"
                        + " 0\\.\\d % \\| WORSE \\|");
        assertThat(perf.out()).startsWith("WORSE: ");
    }

    @Test
    void nameThatIsMarkupStaysText() throws IOException {
        session.withPairs(6, 1);
        session.write("after/<b>|x", SampleRun.at(99).summaries(600, 2000, 4000).verdict(Verdict.of(105, null)));
        Path file = folder.resolve("verdict.md");

        compare("--markdown", file.toString());

        assertThat(file)
                .content()
                .contains("&lt;b>\\|x is left out: interrupted.")
                .doesNotContain("<b>");
    }

    @Test
    void runsThatMustNotBeComparedAreNamedWithTheRemedy() {
        session.withPairs(7, 1);
        session.write("after/7", SampleRun.at(50).summaries(600, 2000, 4000).env("DURATION_SCALE", "0.1"));

        int exitCode = compare();

        assertThat(exitCode).isEqualTo(81);
        assertThat(perf.out().lines())
                .containsExactly(
                        "INVALID: these runs must not be compared, for one reason.",
                        "  DURATION_SCALE: 1 in " + session.before() + "/0, 0.1 in " + session.after()
                                + "/7; give both sides the same value, or accept it with --allow=DURATION_SCALE.");
        assertThat(compare("--allow", "DURATION_SCALE")).isZero();
        assertThat(perf.out()).contains("note Accepted with --allow: DURATION_SCALE differs.");
    }

    @Test
    void differenceInAnOptionOfTheRunCanBeAcceptedToo() {
        session.withPairs(7, 1);
        session.write("after/7", SampleRun.at(50).summaries(600, 2000, 4000).env("--scenario", "buy"));

        assertThat(compare()).isEqualTo(81);
        assertThat(perf.out()).contains("or accept it with --allow=--scenario.");
        assertThat(compare("--allow=--scenario")).isZero();
    }

    @Test
    void oneRunIsComparedWithOneRun() {
        Path before = session.write("one", SampleRun.at(0).summaries(600, 2000, 4000));
        Path after = session.write("two", SampleRun.at(1).summaries(600, 9000, 9900));

        int exitCode = perf.run(RecordedEngine.passing(), "compare", before.toString(), after.toString());

        assertThat(exitCode).isZero();
        assertThat(perf.out())
                .startsWith("INCONCLUSIVE: 1 pair does not decide llm_response_time.p50")
                .contains("4.500");
    }

    @Test
    void folderWithoutResultsBesideOthersIsNoRun() throws IOException {
        session.withPairs(6, 1);
        Files.createDirectories(folder.resolve("before/never-started"));
        Files.writeString(folder.resolve("before/notes.txt"), "done on Monday");

        assertThat(compare()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --margin p95=much           | --margin must be METRIC=PERCENT, was "much".
            --margin p95                | --margin must be METRIC=PERCENT, was "p95".
            --margin p95=0              | --margin p95 must be more than 0 and at most 100 percent, was 0.
            --margin p59=3              | --margin p59: these runs have no such metric; did you mean p50?
            --allow prvider             | --allow prvider: these runs have no such fact; did you mean provider?
            --pairs 8                   | Unknown option "--pairs".
            """)
    void badOptionIsOneSentenceAndExits64(String options, String sentence) {
        session.withPairs(6, 1);

        assertThat(compare(options.split(" "))).isEqualTo(64);
        assertThat(perf.err().lines().findFirst().orElse("")).startsWith(sentence);
    }

    @Test
    void missingSideIsAUsageError() {
        assertThat(perf.run(RecordedEngine.passing(), "compare", "before")).isEqualTo(64);
        assertThat(perf.err()).startsWith("Missing required parameter: 'CANDIDATE'");
    }

    @Test
    void folderComparedWithItselfIsAUsageError() {
        session.withPairs(6, 1);

        int exitCode = perf.run(RecordedEngine.passing(), "compare", session.before(), session.before());

        assertThat(exitCode).isEqualTo(64);
        assertThat(perf.err()).contains("are the same run: name two folders with runs of their own.");
    }

    @Test
    void markdownThatCannotBeWrittenExits66AfterTheVerdict() {
        session.withPairs(6, 1);
        Path file = folder.resolve("nowhere/verdict.md");

        assertThat(compare("--markdown", file.toString())).isEqualTo(66);
        assertThat(perf.out()).startsWith("SAME: ");
        assertThat(perf.err()).startsWith("Cannot write " + file).contains("name another file with --markdown.");
    }

    private int compare(String... options) {
        return session.compare(perf, options);
    }
}
