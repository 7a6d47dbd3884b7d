package io.bookstore.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.console.service.ServiceMonitor;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.testing.Checkout;
import io.bookstore.testing.Program;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The API of the provider, with a real simulator. */
class ProviderApiTest {

    static final SimulatorServer simulator =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));

    @RegisterExtension
    static final TestConsole console = new TestConsole(simulator.baseUrl());

    @TempDir
    static Path folder;

    @AfterAll
    static void end() {
        simulator.close();
    }

    @BeforeEach
    void startOver() {
        simulator.reset();
    }

    @Test
    void pageSeesTheSimulatorAsItIs() throws Exception {
        change("{'limits':{'requestsPerMinute':50}}");
        call(simulator.baseUrl(), "gpt-4o");
        call(simulator.baseUrl(), "gpt-4o-mini");

        JsonNode provider = console.json("/api/provider");

        assertThat(provider.path("status").asText()).isEqualTo("up");
        assertThat(provider.path("address").asText())
                .isEqualTo(simulator.baseUrl().toString());
        assertThat(provider.has("run")).isFalse();
        JsonNode state = provider.path("state");
        assertThat(state.at("/config/profile").asText()).isEqualTo("zero");
        assertThat(state.at("/config/limits/requestsPerMinute").asInt()).isEqualTo(50);
        assertThat(state.at("/config/limits").has("inputTokensPerMinute")).isFalse();
        assertThat(state.path("active").asInt(-1)).isZero();
        assertThat(state.at("/journal/count").asInt()).isEqualTo(2);
        assertThat(state.at("/journal/statuses/200").asInt()).isEqualTo(2);
        assertThat(state.path("attempts"))
                .extracting(attempt -> attempt.path("model").asText())
                .containsExactly("gpt-4o-mini", "gpt-4o");
        // A bucket of 50 a minute gets one back after 1.2 s, which may pass between the two calls.
        assertThat(state.at("/attempts/0/requestsRemaining").asInt()).isBetween(48, 49);
        assertThat(state.at("/attempts/0").has("actualChunksMs")).isFalse();
    }

    @Test
    void changeTakesEffectAtOnceAndIsDescribed() throws Exception {
        HttpResponse<String> answer = change("{'profile':'fixed','faults':[{'fault':'529'}]}");

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode made = new ObjectMapper().readTree(answer.body());
        assertThat(made.path("description").asText()).isEqualTo("profile fixed; faults 529");
        assertThat(made.at("/config/faults/0/probability").asDouble()).isEqualTo(1);
        assertThat(simulator.behaviour().profile().name()).isEqualTo("fixed");
        assertThat(call(simulator.baseUrl(), "gpt-4o")).isNotEqualTo(200);
        assertThat(console.json("/api/provider").at("/state/journal/faults/529").asInt())
                .isEqualTo(1);
    }

    @Test
    void ownProfileOfTheSimulatorIsShown() throws Exception {
        HttpResponse<String> answer = change("{'profile':{'name':'mine','base':'fixed','serving':{'slots':3}}}");

        assertThat(answer.body()).contains("\"description\":\"profile mine\"");
        assertThat(console.json("/api/provider")
                        .at("/state/config/profile/serving/slots")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void profilesAndVerdictsAreThoseOfTheSimulator() throws Exception {
        call(simulator.baseUrl(), "gpt-4o");

        JsonNode profiles = console.json("/api/provider/profiles").path("profiles");
        JsonNode verdicts = console.json("/api/provider/verdicts");

        assertThat(profiles)
                .extracting(profile -> profile.path("name").asText())
                .contains("zero", "sonnet-class");
        assertThat(profiles.at("/0/prefill/medianMs").asDouble()).isPositive();
        assertThat(verdicts.path("good").asBoolean()).isTrue();
        assertThat(verdicts.at("/providers/0/provider").asText()).isEqualTo("openai");
        assertThat(verdicts.at("/providers/0/calls").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'profil':'fixed'}              | Unknown key profil; use profile, seed, promptCache, limits, faults.
            {'faults':[{'fault':'thunder'}]} | faults[0].fault: There is no fault "thunder"; use 400,
            no JSON                         | The configuration is not valid JSON:
            """)
    void changeThatTheSimulatorRefusesIsItsSentence(String body, String sentence) throws Exception {
        HttpResponse<String> answer = change(body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(detail(answer)).startsWith(sentence);
        assertThat(simulator.behaviour().profile().name()).isEqualTo("zero");
    }

    @Test
    void changesHaveATypeAndALimitAndComeFromTheOwnPage() throws Exception {
        byte[] body = "{\"profile\":\"fixed\"}".getBytes(StandardCharsets.UTF_8);
        String path = "/api/provider/config";

        assertThat(console.send("PUT", path, "text/plain", body).statusCode()).isEqualTo(415);
        assertThat(console.send("PUT", path, "application/json", new byte[JsonBody.MOST_BYTES + 1])
                        .statusCode())
                .isEqualTo(413);
        assertThat(console.send("PUT", path, "application/json", body, "Origin", "http://example.org")
                        .statusCode())
                .isEqualTo(403);
        assertThat(simulator.behaviour().profile().name()).isEqualTo("zero");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/provider/reset, 404",
        "/api/provider/config/../reset, 404",
        "/api/provider/admin/journal, 404",
        "/api/provider//example.org, 404",
        "/api/provider/config, 405",
        "/api/provider?simulator=http://example.org, 400",
        "/api/provider/profiles?after=3, 400"
    })
    void noOtherPathOrAddressIsReached(String path, int status) throws Exception {
        assertThat(console.get(path).statusCode()).isEqualTo(status);
        assertThat(simulator.journal().count()).isZero();
    }

    @Test
    void runThatGoesOnTellsItsSimulatorAndGetsAMarkForAChange() throws Exception {
        // given
        TestConsole started = consoleOfRunsWith(simulator.baseUrl(), folder);
        try {
            String run = started.start("{'scenario':'ai-smoke'}");
            started.awaitFigures(run);

            // when
            JsonNode provider = started.json("/api/provider");
            started.put("/api/provider/config", "{'limits':{'requestsPerMinute':5},'faults':[]}");

            // then
            assertThat(provider.path("run").asText()).isEqualTo(run);
            assertThat(provider.path("status").asText()).isEqualTo("up");
            JsonNode mark = started.json("/api/runs/" + run).at("/live/marks/0");
            assertThat(mark.path("elapsedSeconds").asDouble()).isEqualTo(7);
            assertThat(mark.path("text").asText()).isEqualTo("limit of 5 requests a minute; no faults");

            // when
            started.post("/api/runs/" + run + "/cancel", "");
            started.await(run, "cancelled");

            // then
            assertThat(started.json("/api/provider").path("status").asText()).isEqualTo("none");
        } finally {
            started.close();
        }
    }

    @Test
    void serviceTellsOfTheSimulatorThatItCalls() throws Exception {
        try (TestService service = new TestService();
                TestConsole started = new TestConsole(new ServiceMonitor(service.address()))) {
            // given
            service.answer(
                    "/health",
                    200,
                    "{'status':'UP','details':{'llm':{'status':'UP','simulated':true,'simulatorUrl':'"
                            + simulator.baseUrl() + "'}}}");

            // when
            JsonNode provider = started.json("/api/provider");
            HttpResponse<String> changed = started.put("/api/provider/config", "{'profile':'fixed'}");

            // then
            assertThat(provider.path("status").asText()).isEqualTo("up");
            assertThat(provider.path("address").asText())
                    .isEqualTo(simulator.baseUrl().toString());
            assertThat(provider.path("service").asText())
                    .isEqualTo(service.address().toString());
            assertThat(provider.has("run")).isFalse();
            assertThat(changed.statusCode()).isEqualTo(200);
            assertThat(simulator.behaviour().profile().name()).isEqualTo("fixed");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.org:7005",
                "http://127.0.0.1:7005/admin",
                "http://user@127.0.0.1:7005",
                "file:///etc/passwd",
                ""
            })
    void addressThatIsNoneOfThisMachineIsNotAsked(String told) throws Exception {
        try (TestService service = new TestService();
                TestConsole started = new TestConsole(new ServiceMonitor(service.address()))) {
            // given
            service.answer(
                    "/health", 200, "{'status':'UP','details':{'llm':{'status':'UP','simulatorUrl':'" + told + "'}}}");

            // when
            JsonNode provider = started.json("/api/provider");

            // then
            assertThat(provider.path("status").asText()).isEqualTo("none");
            assertThat(provider.path("sentence").asText())
                    .startsWith("No simulator is known, and the service at " + service.address() + " tells of none: ");
        }
    }

    /** A console of its own, whose runs say that service and provider are at this address and go on until they are cancelled. */
    static TestConsole consoleOfRunsWith(URI address, Path folder) throws IOException {
        Path program = Files.writeString(folder.resolve("program.sh"), """
                echo '{"event":"service","address":"%1$s"}'
                echo '{"event":"simulator","address":"%1$s"}'
                echo '{"event":"plan","seconds":60,"stages":[]}'
                echo '{"event":"figures","elapsedSeconds":7,"users":2,"requests":7,"failed":0,"failures":{}}'
                cat > /dev/null
                exit 105
                """.formatted(address));
        return new TestConsole(
                folder.resolve("reports"),
                Checkout.root().resolve("perf-scenarios/k6"),
                List.of(Program.orSkip("sh", "dash").path().toString(), program.toString()));
    }

    private static HttpResponse<String> change(String body) throws Exception {
        return console.put("/api/provider/config", body);
    }

    /** Asks the simulator for an answer, as a service does; returns the status. */
    static int call(URI provider, String model) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(provider.resolve("/v1/chat/completions"))
                .header("Authorization", "Bearer none")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}"))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    static String detail(HttpResponse<String> answer) throws Exception {
        return new ObjectMapper().readTree(answer.body()).path("detail").asText();
    }
}
