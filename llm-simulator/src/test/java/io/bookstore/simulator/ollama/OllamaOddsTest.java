package io.bookstore.simulator.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.simulator.RawHttp;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Log probabilities in the shape of https://github.com/ollama/ollama/blob/main/docs/api.md, of a chat and a generation. */
class OllamaOddsTest {

    private static final ObjectMapper json = new ObjectMapper();
    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));
    private static final RawHttp http = new RawHttp(server.baseUrl());

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"/api/chat, /message/content", "/api/generate, /response"})
    void documentHasAllTokensWithTheirBytes(String path, String text) throws Exception {
        JsonNode answer = json.readTree(answer(path, "\"stream\":false,\"logprobs\":true,\"top_logprobs\":2"));

        assertThat(answer.at("/logprobs/0").toString())
                .matches(
                        "\\{\"token\":(\"[^\"]+\"),\"logprob\":(-[0-9.E-]+),\"bytes\":(\\[[0-9,]+]),\"top_logprobs\":\\["
                                + "\\{\"token\":\\1,\"logprob\":\\2,\"bytes\":\\3},"
                                + "\\{\"token\":\"[^\"]+\",\"logprob\":-[0-9.E-]+,\"bytes\":\\[[0-9,]+]}]}");
        JsonNode first = answer.at("/logprobs/0");
        assertThat(json.convertValue(first.path("bytes"), int[].class))
                .isEqualTo(first.path("token").asText().chars().toArray());
        assertThat(joined(answer.path("logprobs"))).isEqualTo(answer.at(text).asText());
        assertThat(answer.path("logprobs")).hasSize(answer.path("eval_count").asInt());
    }

    @ParameterizedTest
    @CsvSource({"/api/chat, /message/content", "/api/generate, /response"})
    void eachLineOfAStreamHasItsOwnTokens(String path, String text) throws Exception {
        List<String> lines = answer(path, "\"logprobs\":true")
                .lines()
                .filter(line -> line.startsWith("{"))
                .toList();

        assertThat(lines).hasSizeGreaterThan(2);
        for (String line : lines) {
            JsonNode part = json.readTree(line);
            assertThat(joined(part.path("logprobs"))).isEqualTo(part.at(text).asText());
            assertThat(part.at("/logprobs/0/top_logprobs").isMissingNode()).isTrue();
        }
    }

    @Test
    void thereAreNoneUnlessTheyAreAskedFor() throws Exception {
        assertThat(answer("/api/chat", "\"stream\":false,\"top_logprobs\":5")).doesNotContain("logprobs");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            "top_logprobs":21 | top_logprobs must be between 0 and 20
            "top_logprobs":-1 | top_logprobs must be between 0 and 20
            "logprobs":"yes"  | json: cannot unmarshal string into Go struct field .logprobs of type bool
            "top_logprobs":"3" | json: cannot unmarshal string into Go struct field .top_logprobs of type int
            """)
    void impossibleNumbersAreRefusedAsOllamaDoes(String field, String message) throws Exception {
        String answer = http.post("/api/chat", body("/api/chat", field));

        assertThat(answer).startsWith("HTTP/1.1 400 ");
        assertThat(json.readTree(RawHttp.body(answer)).path("error").asText()).isEqualTo(message);
    }

    private static String joined(JsonNode tokens) {
        StringBuilder text = new StringBuilder();
        tokens.forEach(token -> text.append(token.path("token").asText()));
        return text.toString();
    }

    private static String answer(String path, String fields) throws Exception {
        String answer = http.post(path, body(path, fields));
        assertThat(answer).startsWith("HTTP/1.1 200 ");
        return RawHttp.body(answer);
    }

    private static String body(String path, String fields) {
        String prompt = path.endsWith("chat")
                ? "\"messages\":[{\"role\":\"user\",\"content\":\"Emma\"}]"
                : "\"prompt\":\"Emma\"";
        return "{\"model\":\"llama3.1:8b\"," + fields + "," + prompt + "}";
    }
}
