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

/** Searches for a capacity by the API, with the real command and a real simulator as a service that speaks OpenAI. */
class CapacityApiTest {

    @TempDir
    static Path folder;

    private static final SearchedSimulator simulator = new SearchedSimulator();

    @SuppressWarnings("NullAway.Init")
    private static TestConsole console;

    @BeforeAll
    static void start() throws IOException {
        console = simulator.console(folder);
    }

    @AfterAll
    static void end() {
        if (console != null) {
            console.close();
        }
        simulator.close();
    }

    @Test
    void searchIsWatchedProbeByProbeAndItsAnswerIsKept() throws Exception {
        // when
        String run = console.start(search("'from':300,'to':1200,'probe':'5s','probes':3,'slo':'llm.e2e=8s'"));
        console.agree(run);

        // then
        JsonNode live = Awaitility.await()
                .until(
                        () -> console.json("/api/runs/" + run),
                        view -> view.at("/live/search/probes").size() > 0 || view.has("endedMs"));
        assertThat(live.path("status").asText()).as(live.toString()).isEqualTo("running");
        assertThat(live.at("/request/capacity/from").asDouble()).isEqualTo(300);
        assertThat(live.at("/request/capacity").has("width")).isFalse();
        assertThat(live.at("/live/search/mostProbes").asInt()).isEqualTo(3);
        assertThat(live.at("/live/search/probes/0/perMinute").asDouble()).isEqualTo(300);
        assertThat(live.at("/live/search/probes/0/share").asDouble())
                .as(live.at("/live/search").toString())
                .isEqualTo(1);
        assertThat(live.at("/live/search/probes/0/p95Ms").asDouble()).isPositive();
        assertThat(ids()).contains(run).doesNotContain(run + "/probe-1");

        // when
        JsonNode ended = console.await(run, "finished");

        // then
        JsonNode file = new ObjectMapper()
                .readTree(
                        console.reports().resolve(run).resolve("capacity.json").toFile());
        assertThat(ended.path("sentence").asText())
                .isEqualTo(file.path("sentence").asText())
                .contains("a minute");
        assertThat(ended.path("search")).isEqualTo(file);
        assertThat(ended.path("exitCode").asInt(-1))
                .isEqualTo(file.path("exitCode").asInt());
        assertThat(ended.at("/search/probes")).hasSize(3);
        assertThat(ended.at("/result/requests").asInt()).isPositive();
        assertThat(ids()).contains(run).doesNotContain(run + "/probe-1");
        assertThat(console.get("/reports/" + run + "/probe-1/report.html").statusCode())
                .isEqualTo(200);
        assertThat(console.json("/api/runs/" + run + "%2Fprobe-1")
                        .path("status")
                        .asText())
                .isEqualTo("finished");
    }

    @Test
    void searchThatIsCancelledSaysHowManyProbesAreComplete() throws Exception {
        String run = console.start(search("'from':60,'to':600,'probe':'1h','probes':3"));
        console.agree(run);
        console.awaitFigures(run);

        console.post("/api/runs/" + run + "/cancel", "");

        JsonNode ended = console.await(run, "cancelled");
        assertThat(ended.path("exitCode").asInt()).isEqualTo(105);
        assertThat(ended.path("sentence").asText()).isEqualTo("Cancelled before the first probe was complete.");
        assertThat(ended.has("search")).isFalse();
    }

    @Test
    void searchOfTheCommandLineIsInTheListWithoutItsProbes() throws Exception {
        SavedRun.write(console.reports().resolve("typed/probe-1"), "capacity-probe", 0, 800);
        Files.writeString(console.reports().resolve("typed/capacity.json"), """
                {"schemaVersion":1,"exitCode":99,"sentence":"Does not hold 10 a minute.","scenario":"capacity-probe",
                 "attainment":0.95,"ending":"lowest-fails","upperPerMinute":10,
                 "probes":[{"perMinute":10,"scheduled":10,"good":1,"share":0.1,"saturated":false,"folder":"probe-1"}]}
                """);

        JsonNode typed = console.json("/api/runs/typed");

        assertThat(typed.path("status").asText()).isEqualTo("finished");
        assertThat(typed.path("sentence").asText()).isEqualTo("Does not hold 10 a minute.");
        assertThat(typed.at("/request/baseUrl").asText()).isEqualTo("http://localhost:7002");
        assertThat(typed.at("/request/capacity/from").asDouble()).isEqualTo(10);
        assertThat(typed.path("endedMs").asLong() - typed.path("startedMs").asLong())
                .isEqualTo(61_000);
        assertThat(typed.at("/result/passed").asBoolean(true)).isFalse();
        assertThat(typed.at("/result/verdict").asText()).isEqualTo("lowest rate fails");
        assertThat(typed.at("/result/figures/0/text").asText()).isEqualTo("10 a minute");
        assertThat(ids()).contains("typed").doesNotContain("typed/probe-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"schemaV", "null", "{\"schemaVersion\":1}", "{\"schemaVersion\":2,\"ending\":\"narrow\"}"})
    void answerThatCannotBeReadIsNamed(String file) throws Exception {
        Files.writeString(
                Files.createDirectories(console.reports().resolve("torn")).resolve("capacity.json"), file);

        JsonNode torn = console.json("/api/runs/torn");

        assertThat(torn.path("status").asText()).isEqualTo("failed");
        assertThat(torn.path("sentence").asText())
                .startsWith("Cannot read ")
                .endsWith("capacity.json: it must be as \"llm-perf capacity\" wrote it, with schemaVersion 1.");
        assertThat(ids()).contains("torn");
    }

    @Test
    void defaultsAreThoseOfTheCommand() throws Exception {
        JsonNode defaults = console.json("/api/scenarios").path("capacity");

        assertThat(defaults.path("from").asDouble()).isEqualTo(10);
        assertThat(defaults.path("to").asDouble()).isEqualTo(600);
        assertThat(defaults.path("attainment").asDouble()).isEqualTo(95);
        assertThat(defaults.path("probe").asText()).isEqualTo("1m");
        assertThat(defaults.path("probes").asInt()).isEqualTo(10);
        assertThat(defaults.path("width").asDouble()).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'capacity':{'form':10}           | Unknown option "form": use from, to, attainment, probe, probes, width, slo.
            'capacity':{'from':0}            | from must be from 1 to 1,000,000 arrivals a minute, was 0.
            'capacity':{'from':20,'to':10}   | to must be more than from and at most 1,000,000 arrivals a minute, was 10.
            'capacity':{'attainment':100}    | attainment must be from 50 to 99.9 percent, was 100.
            'capacity':{'probes':2}          | probes must be from 3 to 100, was 2.
            'capacity':{'probes':'3.5'}      | probes must be a whole number, was "3.5".
            'capacity':{'from':'ten'}        | from must be a number, was "ten".
            'capacity':{'width':0.5}         | width must be from 1 to 100 percent, was 0.5.
            'capacity':{'probe':'1s'}        | probe must be a time of at least 5s, such as 30s or 2m, was "1s".
            'capacity':{'slo':'llm.e2e'}     | slo must be CLASS.DIMENSION=LIMIT, such as llm.e2e=8s, was "llm.e2e".
            'capacity':{},'variables':{'CAPACITY_RATE':'9'} | Variable CAPACITY_RATE is set by the search: leave it out, and use the options of capacity.
            'capacity':{},'users':3          | Unknown option "users": use scenario, baseUrl, variables, maxUsd, capacity, gate.
            """)
    void wrongOptionIsAProblemInASentence(String members, String sentence) throws Exception {
        assertRefused("{'scenario':'capacity-probe'," + members + "}", sentence);
    }

    @Test
    void textsHaveALimit() throws Exception {
        assertRefused(
                "{'scenario':'capacity-probe','capacity':{'slo':'" + "x".repeat(201) + "'}}",
                "slo must have at most 200 characters, had 201.");
    }

    @Test
    void scenarioThatDoesNotArriveAtTheRateIsRefused() throws Exception {
        assertRefused(
                "{'scenario':'ai-smoke','capacity':{}}",
                "ai-smoke does not read CAPACITY_RATE, by which a search tells the rate: use capacity-probe.");
    }

    private static void assertRefused(String body, String sentence) throws Exception {
        HttpResponse<String> answer = console.post("/api/runs", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new ObjectMapper().readTree(answer.body()).path("detail").asText())
                .isEqualTo(sentence);
    }

    private static String search(String options) {
        return "{'scenario':'capacity-probe','baseUrl':'" + simulator.address()
                + "','variables':{'DURATION_SCALE':'0.2'},'capacity':{" + options + "}}";
    }

    private static List<String> ids() throws Exception {
        List<String> ids = new ArrayList<>();
        console.json("/api/runs")
                .path("runs")
                .forEach(run -> ids.add(run.path("id").asText()));
        return ids;
    }
}
