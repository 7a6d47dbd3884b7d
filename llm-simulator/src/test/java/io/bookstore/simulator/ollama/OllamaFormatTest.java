package io.bookstore.simulator.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.simulator.RawHttp;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OllamaFormatTest {

    private static final ObjectMapper json = new ObjectMapper();
    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("fixed"));
    private static final RawHttp http = new RawHttp(server.baseUrl());

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /api/chat     | /message/content
            /api/generate | /response
            """)
    void everyLineIsAnObjectAndTheLastTellsTheCounts(String path, String text) throws Exception {
        String answer = http.post(path, request("\"options\":{\"num_predict\":4}"));

        assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").contains("content-type: application/x-ndjson\r\n");
        String[] lines = RawHttp.body(answer).split("\n");
        assertThat(json.readTree(lines[0]).at(text).asText()).isNotEmpty();
        assertThat(json.readTree(lines[0]).get("done").asBoolean()).isFalse();
        JsonNode last = json.readTree(lines[lines.length - 1]);
        assertThat(last.get("done").asBoolean()).isTrue();
        assertThat(last.get("done_reason").asText()).isEqualTo("length");
        assertThat(last.get("eval_count").asInt()).isEqualTo(4);
        assertThat(last.get("prompt_eval_count").asInt()).isPositive();
        assertThat(last.get("total_duration").asLong())
                .isEqualTo(last.get("load_duration").asLong()
                        + last.get("prompt_eval_duration").asLong()
                        + last.get("eval_duration").asLong())
                .isPositive();
    }

    @Test
    void documentComesToThoseWhoDoNotWantAStream() throws Exception {
        String answer =
                RawHttp.body(http.post("/api/chat", request("\"stream\":false,\"options\":{\"num_predict\":4}")));

        assertThat(json.readTree(answer).at("/message/content").asText()).isNotEmpty();
        assertThat(json.readTree(answer).get("eval_count").asInt()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/tags", "/api/version"})
    void inventoryIsServed(String path) throws Exception {
        assertThat(http.get(path)).startsWith("HTTP/1.1 200 OK\r\n");
    }

    @Test
    void modelIsShown() throws Exception {
        assertThat(http.post("/api/show", "{\"model\":\"llama3.2\"}")).contains("\"capabilities\":[\"completion\"]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /api/chat     | {}                | model is required
            /api/chat     | {"model":"llama"} | messages is required
            /api/generate | {}                | model is required
            /api/show     | {}                | model is required
            """)
    void badRequestGetsOllamasWords(String path, String body, String message) throws Exception {
        String answer = http.post(path, body);

        assertThat(answer).startsWith("HTTP/1.1 400 ");
        assertThat(RawHttp.body(answer)).isEqualTo("{\"error\":\"" + message + "\"}");
    }

    private static String request(String fields) {
        return "{\"model\":\"llama3.2\"," + fields + ",\"prompt\":\"Summarize \\\"Emma\\\" by Jane Austen\","
                + "\"messages\":[{\"role\":\"user\",\"content\":\"Summarize \\\"Emma\\\" by Jane Austen\"}]}";
    }
}
