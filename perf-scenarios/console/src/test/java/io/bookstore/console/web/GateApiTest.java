package io.bookstore.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Gates by the API, with the real command and two real simulators as services that speak OpenAI. */
class GateApiTest {

    @TempDir
    static Path folder;

    private static final SearchedSimulator baseline = new SearchedSimulator();
    private static final SearchedSimulator candidate = new SearchedSimulator();

    @SuppressWarnings("NullAway.Init")
    private static TestConsole console;

    @BeforeAll
    static void start() throws IOException {
        console = baseline.console(folder);
    }

    @AfterAll
    static void end() {
        if (console != null) {
            console.close();
        }
        baseline.close();
        candidate.close();
    }

    @Test
    void gateIsWatchedRunByRunAndItsVerdictIsKept() throws Exception {
        // when
        String run = console.start(gate("5s", "'pairs':6,'margin':'p50=50,p95=80'"));
        console.agree(run);

        // then
        JsonNode live = Awaitility.await()
                .until(
                        () -> console.json("/api/runs/" + run),
                        view -> view.at("/live/gate/runs").size() > 0 || view.has("endedMs"));
        assertThat(live.path("status").asText()).as(live.toString()).isEqualTo("running");
        assertThat(live.at("/request/gate/baselineUrl").asText()).isEqualTo(baseline.address());
        assertThat(live.at("/request/gate").has("allow")).isFalse();
        assertThat(live.at("/live/gate/pairsWanted").asInt()).isEqualTo(6);
        assertThat(live.at("/live/gate/running/side").asText()).isIn("baseline", "candidate");
        assertThat(live.at("/live/gate/runs/0/folder").asText()).isEqualTo("baseline/1");
        assertThat(live.at("/live/gate/runs/0/p95Ms").asDouble()).isPositive();
        assertThat(ids()).contains(run).doesNotContain(run + "/baseline/1");

        // when
        JsonNode ended = console.await(run, "finished", "failed");

        // then
        JsonNode file = new ObjectMapper()
                .readTree(console.reports().resolve(run).resolve("gate.json").toFile());
        assertThat(ended.path("sentence").asText())
                .as(ended.toString())
                .isEqualTo(file.at("/comparison/sentence").asText());
        assertThat(ended.at("/result/verdict").asText())
                .isEqualTo(file.at("/comparison/verdict").asText());
        assertThat(ended.path("exitCode").asInt(-1))
                .isEqualTo(file.at("/comparison/exitCode").asInt());
        assertThat(ended.at("/gate/runs")).isEqualTo(file.path("runs")).hasSize(12);
        assertThat(ended.at("/gate/comparison/table/rows/0/0").asText())
                .isEqualTo(file.at("/comparison/metrics/0/name").asText());
        assertThat(ids()).contains(run).doesNotContain(run + "/baseline/1");
        assertThat(console.get("/reports/" + run + "/candidate/6/report.html").statusCode())
                .isEqualTo(200);
    }

    @Test
    void gateThatIsCancelledSaysHowManyRunsAreComplete() throws Exception {
        String run = console.start(gate("1h", ""));
        console.agree(run);
        console.awaitFigures(run);

        console.post("/api/runs/" + run + "/cancel", "");

        JsonNode ended = console.await(run, "cancelled");
        assertThat(ended.path("exitCode").asInt()).isEqualTo(105);
        assertThat(ended.path("sentence").asText()).startsWith("Cancelled ");
        assertThat(ended.has("gate")).isFalse();
    }

    @Test
    void gateOfTheCommandLineIsInTheListWithoutItsRuns() throws Exception {
        SavedGate.write(console.reports().resolve("typed"), 1000);

        JsonNode typed = console.json("/api/runs/typed");

        assertThat(typed.path("status").asText()).isEqualTo("finished");
        assertThat(typed.path("sentence").asText()).startsWith("WORSE: llm_response_time.p50 is 2");
        assertThat(typed.path("exitCode").asInt()).isEqualTo(80);
        assertThat(typed.at("/request/gate/candidateUrl").asText()).isEqualTo("http://localhost:7002");
        assertThat(typed.at("/request/gate/pairs").asInt()).isEqualTo(6);
        assertThat(typed.path("endedMs").asLong() - typed.path("startedMs").asLong())
                .isEqualTo(11 * 60_000 + 61_000);
        assertThat(typed.at("/result/passed").asBoolean(true)).isFalse();
        assertThat(typed.at("/result/requests").asInt()).isEqualTo(7200);
        assertThat(typed.at("/gate/comparison/table/columns/6").asText()).isEqualTo("Verdict");
        assertThat(typed.at("/gate/comparison/table/rows/0/6").asText()).isEqualTo("WORSE");
        assertThat(ids()).contains("typed").doesNotContain("typed/baseline/1", "typed/candidate/6");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"schemaV",
                "null",
                "{\"schemaVersion\":1}",
                "{\"schemaVersion\":1,\"scenario\":\"a\","
                        + "\"runs\":[],\"comparison\":{\"verdict\":\"SAME\",\"sentence\":\"SAME\"}}"
            })
    void verdictThatCannotBeReadIsNamed(String file) throws Exception {
        Files.writeString(
                Files.createDirectories(console.reports().resolve("torn")).resolve("gate.json"), file);

        JsonNode torn = console.json("/api/runs/torn");

        assertThat(torn.path("status").asText()).isEqualTo("failed");
        assertThat(torn.path("sentence").asText())
                .startsWith("Cannot read ")
                .endsWith("gate.json: it must be as \"llm-perf gate\" wrote it, with schemaVersion 1.");
    }

    @Test
    void defaultsAreThoseOfTheCommand() throws Exception {
        assertThat(console.json("/api/scenarios").at("/gate/pairs").asInt()).isEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'gate':{}                                  | baselineUrl is missing: a gate loads two services that run already, and needs the address of each.
            'gate':{'baselineUrl':'http://a'}          | candidateUrl is missing: a gate loads two services that run already, and needs the address of each.
            'gate':{'baselineJar':'/tmp/a.jar'}        | Unknown option "baselineJar": use baselineUrl, candidateUrl, pairs, control, margin, allow.
            'gate':{'baseline':'../main'}              | Unknown option "baseline": use baselineUrl, candidateUrl, pairs, control, margin, allow.
            'gate':{BOTH,'pairs':5}                    | pairs must be from 6, for fewer get no verdict, to 1000, was 5.
            'gate':{BOTH,'control':'often'}            | control must be true or false, was "often".
            'gate':{BOTH,'margin':'p95'}               | margin must be METRIC=PERCENT, such as p95=8,share=2, was "p95".
            'gate':{BOTH,'allow':'--markdown=x'}       | allow must be names of facts, such as model,simulated, was "--markdown=x".
            'gate':{BOTH},'baseUrl':'http://a'         | baseUrl names one service, and a gate needs two: give baselineUrl and candidateUrl in gate.
            'gate':{BOTH},'maxUsd':1                   | A gate has no maxUsd, for runs that end early cannot be compared: leave it out.
            'gate':{BOTH},'capacity':{}                | capacity and gate exclude each other: keep one of them.
            """)
    void wrongOptionIsAProblemInASentence(String members, String sentence) throws Exception {
        String both = "'baselineUrl':'http://localhost:1','candidateUrl':'http://localhost:2'";

        HttpResponse<String> answer =
                console.post("/api/runs", "{'scenario':'capacity-probe'," + members.replace("BOTH", both) + "}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new ObjectMapper().readTree(answer.body()).path("detail").asText())
                .isEqualTo(sentence);
    }

    @Test
    void textsHaveALimit() throws Exception {
        HttpResponse<String> answer = console.post("/api/runs", gate("5s", "'allow':'" + "x".repeat(201) + "'"));

        assertThat(answer.body()).contains("allow must have at most 200 characters, had 201.");
    }

    /** A gate by a script that sends 20 requests a second. */
    private static String gate(String length, String options) {
        return "{'scenario':'capacity-probe','variables':{'DURATION_SCALE':'0.2','CAPACITY_RATE':'1200','CAPACITY_PROBE':'"
                + length + "'},'gate':{'baselineUrl':'" + baseline.address() + "','candidateUrl':'"
                + candidate.address() + "'" + (options.isEmpty() ? "" : "," + options) + "}}";
    }

    private static List<String> ids() throws Exception {
        List<String> ids = new ArrayList<>();
        console.json("/api/runs")
                .path("runs")
                .forEach(run -> ids.add(run.path("id").asText()));
        return ids;
    }
}
