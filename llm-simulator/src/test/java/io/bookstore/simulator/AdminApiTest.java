package io.bookstore.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.simulator.latency.Profile;
import io.bookstore.simulator.latency.Profiles;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reading and changing a simulator while it runs. */
class AdminApiTest {

    private final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));
    private final RawHttp http = new RawHttp(server.baseUrl());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void configurationIsReadAsItIsWritten() throws Exception {
        String wanted =
                "{\"profile\":\"fixed\",\"seed\":7,\"promptCache\":\"warm\",\"limits\":{\"requestsPerMinute\":50,"
                        + "\"inputTokensPerMinute\":null,\"outputTokensPerMinute\":8000,"
                        + "\"accelerationPerMinute\":600,\"counting\":\"actual\",\"per\":\"key\"},"
                        + "\"faults\":[{\"fault\":\"stall:2000\",\"probability\":0.1,\"fromSeconds\":60.0,\"untilSeconds\":90.5}]}";

        String put = http.exchange("PUT", "/admin/config", wanted);

        assertThat(put).startsWith("HTTP/1.1 200 ");
        assertThat(RawHttp.body(put)).isEqualTo(wanted);
        assertThat(RawHttp.body(http.get("/admin/config"))).isEqualTo(wanted);
    }

    @Test
    void ownProfileStartsFromItsBase() throws Exception {
        String put = http.exchange("PUT", "/admin/config", """
            {"profile":{"name":"mine","base":"fixed","prefill":{"medianMs":50},"serving":{"slots":1,"queue":0}}}\
            """);

        assertThat(RawHttp.body(put))
                .startsWith("{\"profile\":{\"name\":\"mine\",\"prefill\":{\"medianMs\":50.0,\"perPromptTokenMs\":0.0,")
                .contains("\"decode\":{\"tokenMs\":5.0,", "\"slots\":1,\"queue\":0,");
        assertThat(RawHttp.body(http.exchange("PUT", "/admin/config", RawHttp.body(put))))
                .isEqualTo(RawHttp.body(put));
        assertThat(RawHttp.body(http.get("/health"))).contains("\"profile\":\"mine\"");
    }

    @Test
    void everyNumberOfEveryProfileHasItsSource() throws Exception {
        JsonNode profiles = new ObjectMapper().readTree(RawHttp.body(http.get("/admin/profiles")));

        assertThat(profiles)
                .hasSize(Profiles.all().size())
                .allSatisfy(profile -> assertThat(Profile.numberKeys()).allSatisfy(key -> {
                    assertThat(profile.at("/" + key.replace('.', '/')).isNumber())
                            .as(key)
                            .isTrue();
                    assertThat(profile.at("/sources").path(key).asText())
                            .as(key)
                            .isNotBlank();
                }));
        assertThat(profiles.at("/0/sources/prefill.medianMs").asText()).startsWith("Artificial Analysis");
        assertThat(profiles.at("/0/sources/prefill.sigma").asText()).startsWith("assumption");
    }

    @Test
    void ownProfileKeepsTheSourcesOfWhatItKeepsAndTellsItsOwn() throws Exception {
        String put = http.exchange("PUT", "/admin/config", """
                {"profile":{"name":"mine","prefill":{"medianMs":650,"sigma":0.4},
                            "sources":{"prefill.medianMs":"our gateway's log, week 47"}}}""");

        JsonNode sources = new ObjectMapper().readTree(RawHttp.body(put)).at("/profile/sources");
        assertThat(sources.path("prefill.medianMs").asText()).isEqualTo("our gateway's log, week 47");
        assertThat(sources.has("prefill.sigma")).isFalse();
        assertThat(sources.path("decode.tokenMs").asText()).startsWith("Artificial Analysis");
    }

    @Test
    void requestThatFindsNoSlotIsToldThatTheProviderIsOverloaded() throws Exception {
        http.exchange("PUT", "/admin/config", """
            {"profile":{"name":"one","base":"fixed","prefill":{"medianMs":0},"decode":{"tokenMs":3600000},
                        "serving":{"slots":1,"queue":0}}}\
            """);
        String body = "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":90,\"stream\":true,"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"Emma\"}]}";
        String[] headers = {"x-api-key: none", "anthropic-version: 2023-06-01"};
        try (Socket first = http.open()) {
            first.getOutputStream().write(RawHttp.request("POST", "/v1/messages", body, headers));
            assertThat(RawHttp.line(first.getInputStream())).startsWith("HTTP/1.1 200 ");

            String second = http.post("/v1/messages", body, headers);

            assertThat(second).startsWith("HTTP/1.1 529 ").contains("overloaded_error");
        }
    }

    @Test
    void keysThatAreLeftOutStay() throws Exception {
        http.exchange("PUT", "/admin/config", "{\"limits\":{\"requestsPerMinute\":50}}");

        http.exchange("PUT", "/admin/config", "{\"seed\":9}");

        assertThat(RawHttp.body(http.get("/admin/config")))
                .startsWith(
                        "{\"profile\":\"zero\",\"seed\":9,\"promptCache\":\"arrival\",\"limits\":{\"requestsPerMinute\":50,");
    }

    @Test
    void changesOfDifferentKeysAtTheSameMomentAreAllThere() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(4);
        try {
            for (int round = 1; round <= 64; round++) {
                String limits = "{\"limits\":{\"requestsPerMinute\":" + round + "}}";
                String faults = "{\"faults\":[{\"fault\":\"stall:" + round + "\"}]}";
                String seed = "{\"seed\":" + round + "}";
                String profile = "{\"profile\":{\"name\":\"p" + round + "\"}}";
                CyclicBarrier together = new CyclicBarrier(4);

                for (Future<String> put : clients.invokeAll(Stream.of(limits, faults, seed, profile)
                        .map(change -> put(change, together))
                        .toList())) {
                    assertThat(put.get()).startsWith("HTTP/1.1 200 ");
                }

                assertThat(RawHttp.body(http.get("/admin/config")))
                        .contains("\"requestsPerMinute\":" + round + ",", "\"stall:" + round + "\"")
                        .contains("\"seed\":" + round + ",", "\"name\":\"p" + round + "\"");
            }
        } finally {
            clients.shutdown();
        }
    }

    private Callable<String> put(String change, CyclicBarrier together) {
        return () -> {
            try (Socket socket = http.open()) {
                together.await();
                socket.getOutputStream().write(RawHttp.request("PUT", "/admin/config", change));
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            }
        };
    }

    @Test
    void resetBringsTheStartBack() throws Exception {
        http.exchange("PUT", "/admin/config", "{\"seed\":9,\"faults\":[{\"fault\":\"500\"}]}");
        http.post("/v1/messages", "{}");

        assertThat(http.exchange("POST", "/admin/reset", "")).startsWith("HTTP/1.1 204 ");

        assertThat(RawHttp.body(http.get("/health"))).contains("\"seed\":1");
        assertThat(RawHttp.body(http.get("/admin/config"))).endsWith("\"faults\":[]}");
        assertThat(RawHttp.body(http.get("/admin/journal/summary"))).startsWith("{\"count\":0,");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"speed":1}                                     | Unknown key speed; use profile, seed, promptCache, limits, faults
        {"profile":{"name":"fixed"}}                    | profile.name must be a new one, was \\"fixed\\", which comes with the simulator
        {"profile":{"base":"fixed"}}                    | profile.name must be a text, was null
        {"profile":{"name":"x","speed":1}}              | Unknown key profile.speed; use name, base, sources, prefill, decode, stall, outputLength, serving
        {"profile":{"name":"x","stall":{"often":1}}}    | Unknown key profile.stall.often; use probability, shortestMs, longestMs
        {"profile":{"name":"x","stall":{"probability":2}}} | profile.stall.probability must be from 0 to 1, was 2.0
        {"profile":{"name":"x","serving":{"slots":1.5}}} | profile.serving.slots must be a whole number, was 1.5
        {"profile":7}                                   | profile must be a name or an object, was 7
        {"profile":"warp"}                              | There is no profile named \\"warp\\"; known are
        {"seed":"x"}                                    | seed must be a whole number, was \\"x\\"
        {"limits":{"requestsPerMinute":0}}              | limits.requestsPerMinute must be at least 1, or null for no limit; was 0
        {"limits":{"outputTokensPerMinute":-1}}         | limits.outputTokensPerMinute must be at least 1, or null for no limit; was -1
        {"limits":{"inputTokensPerMinute":100000000001}} | limits.inputTokensPerMinute must be at most 100000000000, or null for no limit; was 100000000001
        {"limits":{"requestsPerMinute":1e999}}          | limits.requestsPerMinute must be a whole number, was
        {"limits":{"requestsPerMinute":9223372036854775808}} | limits.requestsPerMinute must be a whole number, was 9223372036854775808
        {"limits":{"requestsPerMinute":1.5}}            | limits.requestsPerMinute must be a whole number, was 1.5
        {"limits":{"requestsPerMinute":"1"}}            | limits.requestsPerMinute must be a whole number, was \\"1\\"
        {"limits":{"requestsPerMinute":NaN}}            | The configuration is not valid JSON:
        {"seed":1e999}                                  | seed must be a whole number, was
        {"faults":[{"fault":"500","probability":1e999}]} | faults[0].probability must be above 0 and at most 1, was
        {"faults":[{"fault":"500","probability":-0.1}]} | faults[0].probability must be above 0 and at most 1, was -0.1
        {"faults":[{"fault":"500","probability":NaN}]}  | The configuration is not valid JSON:
        {"faults":[{"fault":"500","fromSeconds":-1}]}   | faults[0].fromSeconds must be from 0 to 1000000000, was
        {"faults":[{"fault":"500","fromSeconds":1e999}]} | faults[0].fromSeconds must be from 0 to 1000000000, was
        {"faults":[{"fault":"500","untilSeconds":1e999}]} | faults[0].untilSeconds must be from 0 to 1000000000, was
        {"faults":[{"fault":"429:99999999999999"}]}     | faults[0].fault: The number of fault
        {"faults":[{"fault":"429:-1"}]}                 | faults[0].fault: The number of fault
        {"profile":{"name":"x","prefill":{"medianMs":1e999}}} | profile.prefill.medianMs must be
        {"profile":{"name":"x","prefill":{"medianMs":86400001}}} | profile.prefill.medianMs must be <= 86400000 (a day), was 8.6400001E7
        {"profile":{"name":"x","decode":{"tokenMs":1e300}}} | profile.decode.tokenMs must be <= 86400000 (a day), was 1.0E300
        {"profile":{"name":"x","stall":{"longestMs":1e300}}} | profile.stall.longestMs must be <= 86400000 (a day), was 1.0E300
        {"profile":{"name":"x","serving":{"coldStart":{"longestMs":1e12}}}} | profile.serving.coldStart.longestMs must be <= 86400000 (a day), was 1.0E12
        {"profile":{"name":"x","serving":{"coldStart":{"idleSeconds":1e12}}}} | profile.serving.coldStart.idleSeconds must be <= 86400000 (1,000 days), was 1.0E12
        {"profile":{"name":"x","serving":{"loadFactor":1e300}}} | profile.serving.loadFactor must be <= 100, was 1.0E300
        {"profile":{"name":"x","decode":{"sigma":11}}}  | profile.decode.sigma must be <= 10, was 11.0
        {"profile":{"name":"x","outputLength":{"most":2000000000}}} | profile.outputLength.most must be <= 1000000, was 2000000000
        {"profile":{"name":"x","prefill":{"sigma":-1}}} | profile.prefill.sigma must be >= 0 and finite, was -1.0
        {"profile":{"name":"x","serving":{"slots":3000000000}}} | profile.serving.slots must be a whole number, was 3000000000
        {"limits":{"accelerationPerMinute":0}}          | limits.accelerationPerMinute must be at least 1, or null for no limit; was 0
        {"limits":{"rpm":1}}                            | Unknown key limits.rpm; use requestsPerMinute,
        {"limits":{"counting":"guess"}}                 | limits.counting must be reserve or actual, was \\"guess\\"
        {"limits":{"per":"team"}}                       | limits.per must be provider, key, organization or model, was \\"team\\"
        {"limits":7}                                    | limits must be a JSON object, was 7
        {"promptCache":"hot"}                           | promptCache must be arrival, warm or off, was \\"hot\\"
        {"faults":{}}                                   | faults must be an array of rules, was {}
        {"faults":[{"fault":"gremlins"}]}               | faults[0].fault: There is no fault \\"gremlins\\"; use
        {"faults":[{"fault":"stall:soon"}]}             | faults[0].fault: The number of fault \\"stall:soon\\" must be a whole number
        {"faults":[{"fault":"500","probability":1.5}]}  | faults[0].probability must be above 0 and at most 1, was 1.5
        {"faults":[{"fault":"500","fromSeconds":9,"untilSeconds":8}]} | faults[0].until must be after from (9 s), was 8 s
        {"faults":[{"fault":"500","when":1}]}           | Unknown key faults[0].when; use fault, probability,
        nonsense                                        | The configuration is not valid JSON:
        []                                              | The configuration must be a JSON object, was []
        """)
    void badConfigurationIsOneSentenceAndChangesNothing(String body, String sentence) throws Exception {
        String before = RawHttp.body(http.get("/admin/config"));

        String answer = http.exchange("PUT", "/admin/config", body);

        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("application/problem+json", sentence);
        assertThat(RawHttp.body(http.get("/admin/config"))).isEqualTo(before);
    }

    @Test
    void metricsTellLatenessAndHowAttemptsEnded() throws Exception {
        http.post("/api/chat", "{\"model\":\"llama3\",\"messages\":[{\"role\":\"user\",\"content\":\"Emma\"}]}");
        http.post("/api/chat", "{}");

        String answer = http.get("/metrics");

        assertThat(answer).startsWith("HTTP/1.1 200 ").contains("text/plain; version=0.0.4");
        Map<String, Double> samples = RawHttp.body(answer)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.lastIndexOf(' ')),
                        line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1))));
        double chunks = samples.getOrDefault("llm_simulator_chunk_lateness_seconds_count", 0.0);
        assertThat(chunks).isPositive();
        assertThat(samples)
                .containsEntry("llm_simulator_chunk_lateness_seconds_bucket{le=\"+Inf\"}", chunks)
                .containsEntry("llm_simulator_requests_active", 0.0)
                .containsEntry("llm_simulator_attempts_total{provider=\"ollama\",outcome=\"completed\"}", 1.0)
                .containsEntry("llm_simulator_attempts_total{provider=\"ollama\",outcome=\"refused\"}", 1.0);
        assertThat(samples.getOrDefault("llm_simulator_chunk_lateness_seconds_sum", 0.0))
                .isPositive();
    }

    @Test
    void journalIsReadOnFromAnyAttempt() throws Exception {
        for (int i = 1; i <= 3; i++) {
            http.post("/v1/chat/completions", "{}", "x-request-id: r-" + i);
        }

        assertThat(RawHttp.body(http.get("/admin/journal?after=2")).lines())
                .singleElement()
                .satisfies(line -> assertThat(line).contains("\"requestKey\":\"r-3\""));
        assertThat(RawHttp.body(http.get("/admin/journal?after=3"))).isEmpty();
        assertThat(http.get("/admin/journal?after=-1"))
                .startsWith("HTTP/1.1 400 ")
                .contains("The query must be after=NUMBER, was after=-1");
    }
}
