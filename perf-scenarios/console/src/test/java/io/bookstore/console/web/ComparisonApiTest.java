package io.bookstore.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonApiTest {

    @RegisterExtension
    static final TestConsole console = new TestConsole();

    @BeforeAll
    static void runs() throws Exception {
        Path reports = console.reports();
        SavedRun.write(reports.resolve("one"), "ai-load", 0, 800);
        SavedRun.write(reports.resolve("other"), "ai-load", 2, 1_000);
        SavedRun.write(reports.resolve("smoke"), "ai-smoke", 4, 800);
        for (int i = 0; i < 6; i++) {
            SavedRun.write(reports.resolve("gate/before/" + i), "ai-load", 10 + 4 * i, 800 + i);
            SavedRun.write(reports.resolve("gate/after/" + i), "ai-load", 12 + 4 * i, 1_000 + 2 * i);
        }
        Files.writeString(
                Files.createDirectories(reports.resolve("failed")).resolve("console.json"),
                "{\"request\":{\"scenario\":\"ai-load\",\"variables\":{}},\"status\":\"failed\",\"queuedMs\":1,\"owner\":{\"pid\":1}}");
        Files.writeString(
                Files.createDirectories(reports.resolve("broken")).resolve("summary.json"), "{\"schemaVersion\":1}");
    }

    @Test
    void foldersOfRunsGetTheVerdictOfTheCommand() throws Exception {
        JsonNode comparison = console.json("/api/comparison?before=gate/before&after=gate%2Fafter");

        assertThat(comparison.path("verdict").asText()).isEqualTo("WORSE");
        assertThat(comparison.path("exitCode").asInt()).isEqualTo(80);
        assertThat(comparison.path("sentence").asText())
                .startsWith("WORSE: llm_response_time.p50 is 25.")
                .endsWith("the margin is 5 % (6 pairs); one other metric is WORSE too.");
        assertThat(comparison.path("pairs")).hasSize(6);
        assertThat(comparison.at("/pairs/0/baseline").asText()).isEqualTo("gate/before/0");
        assertThat(comparison.at("/metrics/0/change/value").asDouble()).isBetween(1.24, 1.26);
        assertThat(comparison.at("/table/rows/0"))
                .extracting(JsonNode::asText)
                .startsWith("llm_response_time.p50", "803 ms", "1.01 s")
                .endsWith("WORSE");
    }

    @Test
    void singleRunsShowTheirFiguresWithoutAVerdict() throws Exception {
        JsonNode comparison = console.json("/api/comparison?before=one&after=other");

        assertThat(comparison.path("verdict").asText()).isEqualTo("INCONCLUSIVE");
        assertThat(comparison.path("sentence").asText()).startsWith("INCONCLUSIVE: 1 pair does not decide ");
        assertThat(comparison.at("/table/rows/0/3").asText()).isEqualTo("1.250");
        assertThat(comparison.at("/table/reasons/0").asText())
                .isEqualTo("llm_response_time.p50: A verdict needs at least 6 pairs; needs about 5 more pairs.");
    }

    @Test
    void unlikeRunsAreRefusedWithTheirDifferences() throws Exception {
        JsonNode comparison = console.json("/api/comparison?before=one&after=smoke");

        assertThat(comparison.path("verdict").asText()).isEqualTo("INVALID");
        assertThat(comparison.path("exitCode").asInt()).isEqualTo(81);
        assertThat(comparison.path("refusals")).hasSize(1);
        assertThat(comparison.at("/refusals/0").asText()).contains("scenario", "one", "smoke", "--allow");
        assertThat(comparison.at("/table/rows")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            before=one                  | 400 | Parameter "after" is missing.
            before=&after=one           | 400 | Parameter "before" is missing.
            before=one&after=other&to=3 | 400 | Unknown parameter "to": use after, before.
            before=one&after=one        | 400 | one and one are the same run: name two folders with runs of their own.
            before=none&after=one       | 404 | There is no run none in the folder of reports.
            before=one&after=../one     | 404 | There is no run ../one in the folder of reports.
            before=one&after=gat        | 404 | There is no run gat in the folder of reports.
            before=one&after=failed     | 409 | The run failed has no result: choose one that has measured something.
            """)
    void badRequestIsAProblemInASentence(String query, int status, String sentence) throws Exception {
        HttpResponse<String> answer = console.get("/api/comparison?" + query);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(detail(answer)).isEqualTo(sentence);
    }

    @Test
    void resultThatCannotBeReadIsNamed() throws Exception {
        HttpResponse<String> answer = console.get("/api/comparison?before=one&after=broken");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(detail(answer))
                .startsWith("Cannot read ")
                .contains("broken/summary.json", "it must be as \"llm-perf run\" wrote it");
    }

    private static String detail(HttpResponse<String> answer) throws Exception {
        return new ObjectMapper().readTree(answer.body()).path("detail").asText();
    }
}
