package io.bookstore.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.testing.Checkout;
import io.bookstore.testing.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The API of runs, with a small program that speaks as {@code llm-perf run --events} does; the address of the service says how it behaves. */
class RunsApiTest {

    private static final String PROGRAM = """
            for argument in "$@"; do case $argument in --base-url=*) way=${argument##*/};; esac; done
            case $way in
            paid)
              echo '{"event":"cost","sentence":"anthropic is not simulated: about $2.","usd":2,"asked":true}'
              read answer
              [ "$answer" = y ] || { echo "Nothing was sent: you did not agree to the cost." >&2; exit 77; } ;;
            fail) echo "Nothing answers at http://localhost:1." >&2; exit 69 ;;
            deaf) sleep 600 & echo "child $!" >&2; wait ;;
            esac
            echo '{"event":"plan","seconds":60,"stages":[]}'
            echo '{"event":"figures","elapsedSeconds":1,"users":2,"requests":7,"failed":0,"failures":{}}'
            cat > /dev/null
            echo '{"event":"ended"}'
            echo "arguments $*" >&2
            exit 105
            """;

    @TempDir
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static TestConsole console;

    @BeforeAll
    static void start() throws IOException {
        console = open(folder.resolve("reports"));
    }

    @AfterAll
    static void end() {
        if (console != null) {
            console.close();
        }
    }

    /** The run of a test that has failed would keep those of the others waiting. */
    @AfterEach
    void nothingGoesOn() throws Exception {
        console.endRuns();
    }

    private static TestConsole open(Path reports) throws IOException {
        String shell = Program.orSkip("sh", "dash").path().toString();
        Path program = Files.writeString(folder.resolve("program.sh"), PROGRAM);
        return new TestConsole(
                reports, Checkout.root().resolve("perf-scenarios/k6"), List.of(shell, program.toString()));
    }

    @Test
    void scenariosAreThoseOfTheScriptsWithTheirVariables() throws Exception {
        JsonNode scenarios = console.json("/api/scenarios").path("scenarios");

        JsonNode smoke = named(scenarios, "ai-smoke");
        assertThat(smoke.path("description").asText()).isNotEmpty();
        assertThat(smoke.path("length").asText()).isEqualTo("3m");
        assertThat(smoke.path("modelPercent").asDouble()).isEqualTo(100);
        assertThat(named(scenarios, "crud-smoke").path("modelPercent").asDouble())
                .isZero();
        assertThat(smoke.path("variables"))
                .extracting(variable -> variable.path("name").asText())
                .contains("ARRIVALS", "DURATION_SCALE", "LLM_P95_MS")
                .doesNotContain("SCENARIO", "BASE_URL");
    }

    @Test
    void runIsKeptWatchedAndEndedInOrder() throws Exception {
        // when
        HttpResponse<String> accepted = console.post(
                "/api/runs",
                "{'scenario':'ai-smoke','baseUrl':'http://localhost:1/','maxUsd':2.5,'variables':{'DURATION_SCALE':'0.1','SEED':''}}");
        String run = new ObjectMapper().readTree(accepted.body()).path("id").asText();

        // then
        assertThat(accepted.statusCode()).isEqualTo(201);
        assertThat(accepted.headers().firstValue("Location")).hasValue("/api/runs/" + run);
        assertThat(console.reports().resolve(run).resolve("console.json")).exists();
        JsonNode live = Awaitility.await()
                .until(
                        () -> console.json("/api/runs/" + run),
                        view -> view.at("/live/points").size() == 1);
        assertThat(live.path("status").asText()).isEqualTo("running");
        assertThat(live.at("/live/figures/requests").asInt()).isEqualTo(7);
        assertThat(firstEvent().at("/runs/0/id").asText()).isEqualTo(run);

        // when
        assertThat(console.post("/api/runs/" + run + "/cancel", "").statusCode())
                .isEqualTo(200);

        // then
        JsonNode ended = console.await(run, "cancelled");
        assertThat(ended.path("exitCode").asInt()).isEqualTo(105);
        assertThat(ended.path("sentence").asText())
                .isEqualTo("arguments run ai-smoke --events --scripts="
                        + Checkout.root()
                                .resolve("perf-scenarios/k6")
                                .toAbsolutePath()
                                .normalize() + " --out="
                        + console.reports().resolve(run)
                        + " --base-url=http://localhost:1/ --max-usd=2.5 --env=DURATION_SCALE=0.1");
        assertThat(console.json("/api/runs").path("runs"))
                .extracting(view -> view.path("id").asText())
                .contains(run);
        assertThat(console.post("/api/runs/" + run + "/cancel", "").statusCode())
                .isEqualTo(409);
    }

    @ParameterizedTest
    @CsvSource({"true, running", "false, cancelled"})
    void questionAboutTheCostIsAnsweredByThePage(boolean agreed, String expected) throws Exception {
        String run = console.start("{'scenario':'ai-smoke','baseUrl':'http://localhost:1/paid'}");
        JsonNode asking = console.await(run, "asking");
        assertThat(asking.at("/live/cost/sentence").asText()).isEqualTo("anthropic is not simulated: about $2.");

        HttpResponse<String> vague = console.post("/api/runs/" + run + "/answer", "{'agree':'yes'}");
        HttpResponse<String> answer = console.post("/api/runs/" + run + "/answer", "{'agree':" + agreed + "}");

        assertThat(vague.statusCode()).isEqualTo(400);
        assertThat(vague.body()).contains("An answer must be {\\\"agree\\\": true} or {\\\"agree\\\": false}.");
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode then = console.await(run, expected);
        if (agreed) {
            console.post("/api/runs/" + run + "/cancel", "");
            console.await(run, "cancelled");
        } else {
            assertThat(then.path("sentence").asText()).isEqualTo("Nothing was sent: you did not agree to the cost.");
        }
        assertThat(console.post("/api/runs/" + run + "/answer", "{'agree':true}")
                        .body())
                .contains("The run " + run + " asks nothing.");
    }

    @Test
    void runThatCannotBeginSaysWhy() throws Exception {
        JsonNode failed =
                console.await(console.start("{'scenario':'ai-smoke','baseUrl':'http://localhost:1/fail'}"), "failed");

        assertThat(failed.path("exitCode").asInt()).isEqualTo(69);
        assertThat(failed.path("sentence").asText()).isEqualTo("Nothing answers at http://localhost:1.");
    }

    @Test
    void secondRunWaitsForTheFirstAndMayBeCancelledBefore() throws Exception {
        String first = console.start("{'scenario':'ai-smoke'}");
        String second = console.start("{'scenario':'crud-smoke'}");
        console.await(first, "running");
        assertThat(console.json("/api/runs/" + second).path("status").asText()).isEqualTo("queued");

        console.post("/api/runs/" + second + "/cancel", "");
        console.post("/api/runs/" + first + "/cancel", "");

        assertThat(console.await(second, "cancelled").path("sentence").asText())
                .isEqualTo("It was cancelled before its turn.");
        console.await(first, "cancelled");
    }

    @Test
    void queueHasALimit() throws Exception {
        List<String> accepted = new ArrayList<>();
        for (int i = 0; i <= 20; i++) {
            accepted.add(console.start("{'scenario':'crud-smoke'}"));
        }

        HttpResponse<String> refused = console.post("/api/runs", "{'scenario':'crud-smoke'}");

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("20 runs are waiting already: cancel one, or wait.");
        for (String run : accepted.subList(1, accepted.size())) {
            console.post("/api/runs/" + run + "/cancel", "");
        }
        console.await(accepted.get(0), "running");
        console.post("/api/runs/" + accepted.get(0) + "/cancel", "");
        console.await(accepted.get(0), "cancelled");
    }

    @Test
    void secondCancelKillsARunThatDoesNotEndWithItsProcesses() throws Exception {
        String run = console.start("{'scenario':'ai-smoke','baseUrl':'http://localhost:1/deaf'}");
        String line = Awaitility.await()
                .until(() -> console.json("/api/runs/" + run).at("/live/log/0").asText(), text -> !text.isEmpty());
        Optional<ProcessHandle> child = ProcessHandle.of(Long.parseLong(line.substring("child ".length())));
        assertThat(child).isPresent();

        console.post("/api/runs/" + run + "/cancel", "");
        assertThat(console.json("/api/runs/" + run).path("status").asText()).isEqualTo("ending");
        console.post("/api/runs/" + run + "/cancel", "");

        console.await(run, "cancelled");
        Awaitility.await().until(() -> !child.get().isAlive());
    }

    @Test
    void restartMarksWhatWasGoingOnAsInterrupted() throws Exception {
        // given
        Path reports = folder.resolve("restart");
        TestConsole before = open(reports);
        String running = before.start("{'scenario':'ai-smoke'}");
        before.await(running, "running");
        String waiting = before.start("{'scenario':'crud-smoke'}");

        // when
        before.close();
        loseConsole(reports, "lost-without-a-word");

        // then
        TestConsole after = open(reports);
        try {
            assertThat(after.json("/api/runs/" + running).path("status").asText())
                    .isEqualTo("interrupted");
            assertThat(after.json("/api/runs/" + waiting).path("sentence").asText())
                    .isEqualTo("The console ended before the run began.");
            assertThat(after.json("/api/runs/lost-without-a-word")
                            .path("sentence")
                            .asText())
                    .isEqualTo("The console ended while the run was going on.");
        } finally {
            after.close();
        }
    }

    /** Leaves the file of a run as a console does that is killed while the run is going on. */
    private static void loseConsole(Path reports, String run) throws Exception {
        Process console = new ProcessBuilder(Program.orSkip("sh", "dash").path().toString(), "-c", "exit").start();
        console.waitFor();
        ObjectMapper json = new ObjectMapper();
        ObjectNode record = json.createObjectNode()
                .put("status", "running")
                .put("queuedMs", 1)
                .put("startedMs", 2);
        record.putObject("request").put("scenario", "ai-smoke").putObject("variables");
        record.putObject("owner").put("pid", console.pid()).put("startedMs", 1);
        Files.createDirectories(reports.resolve(run));
        json.writeValue(reports.resolve(run).resolve("console.json").toFile(), record);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'scenario':'ai-smok'}                                             | Unknown scenario "ai-smok": did you mean ai-smoke?
            {'scenario':'ai-all'}                                              | ai-all is a suite: start its scenarios one after the other, ai-smoke, ai-load,
            {'scenario':'../pom.js'}                                           | Unknown scenario "../pom.js": use ai-smoke,
            {}                                                                 | The request names no scenario
            {'scenario':'ai-smoke','user':'x'}                                 | Unknown option "user": use scenario, baseUrl, variables, maxUsd, capacity, gate.
            {'scenario':'ai-smoke','variables':{'DURATION_SCAL':'1'}}          | Unknown variable "DURATION_SCAL": did you mean DURATION_SCALE?
            {'scenario':'ai-smoke','variables':{'SCENARIO':'llm_load'}}        | Variable SCENARIO is set by ai-smoke itself, to llm_smoke: leave it out.
            {'scenario':'ai-smoke','variables':{'BASE_URL':'http://a'}}        | BASE_URL is the option baseUrl, not one of the variables.
            {'scenario':'ai-smoke','variables':{'TARGET':'/etc/passwd'}}       | TARGET must be a name of letters, digits,
            {'scenario':'replay','variables':{'RECORDING':'../../x'}}          | RECORDING must be a name of letters, digits,
            {'scenario':'ai-smoke','variables':{'SEED':'1\\n2'}}               | SEED must have at most 1000 characters and no line break
            {'scenario':'ai-smoke','baseUrl':'file:///etc/passwd'}             | baseUrl must be an http or https URL
            {'scenario':'ai-smoke','maxUsd':0}                                 | maxUsd must be more than 0, was 0.0.
            """)
    void wrongRequestIsAProblemInASentence(String body, String sentence) throws Exception {
        HttpResponse<String> answer = console.post("/api/runs", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(new ObjectMapper().readTree(answer.body()).path("detail").asText())
                .startsWith(sentence);
    }

    @Test
    void bodiesHaveATypeAndALimit() throws Exception {
        byte[] large = new byte[JsonBody.MOST_BYTES + 1];

        assertThat(console.post("/api/runs", "text/plain", new byte[0]).statusCode())
                .isEqualTo(415);
        assertThat(console.post("/api/runs", "application/json", large).statusCode())
                .isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource({"/api/runs/none", "/reports/none/report.html", "/reports/index.html"})
    void runThatIsNotThereIsAProblem(String path) throws Exception {
        assertThat(console.get(path).statusCode()).isEqualTo(404);
    }

    private static JsonNode firstEvent() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(console.address() + "/api/runs/events"))
                .build();
        try (BufferedReader events = new BufferedReader(new InputStreamReader(
                HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofInputStream())
                        .body(),
                StandardCharsets.UTF_8))) {
            String line = events.readLine();
            while (!line.startsWith("data: ")) {
                line = events.readLine();
            }
            return new ObjectMapper().readTree(line.substring("data: ".length()));
        }
    }

    private static JsonNode named(JsonNode scenarios, String name) {
        for (JsonNode scenario : scenarios) {
            if (scenario.path("name").asText().equals(name)) {
                return scenario;
            }
        }
        throw new AssertionError("no scenario " + name);
    }
}
