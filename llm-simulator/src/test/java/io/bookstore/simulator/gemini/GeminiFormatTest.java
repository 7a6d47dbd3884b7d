package io.bookstore.simulator.gemini;

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

class GeminiFormatTest {

    private static final String MODEL = "/v1beta/models/gemini-2.5-flash";

    private static final ObjectMapper json = new ObjectMapper();
    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));
    private static final RawHttp http = new RawHttp(server.baseUrl());

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void documentHasTheFieldsOfAResponse() throws Exception {
        String answer = http.post(MODEL + ":generateContent", request(5));

        assertThat(RawHttp.body(answer))
                .matches(
                        "\\{\"candidates\":\\[\\{\"content\":\\{\"parts\":\\[\\{\"text\":\"[^\"]+\"}],\"role\":\"model\"},"
                                + "\"finishReason\":\"MAX_TOKENS\",\"index\":0}],\"usageMetadata\":\\{\"promptTokenCount\":\\d+,"
                                + "\"candidatesTokenCount\":5,\"totalTokenCount\":\\d+},\"modelVersion\":\"gemini-2.5-flash\","
                                + "\"responseId\":\"\\w{24}\"}");
    }

    @Test
    void eventsCarryTheSameTextAsTheGrowingArray() throws Exception {
        String key = "x-request-id: same";
        String events = http.post(MODEL + ":streamGenerateContent?alt=sse", request(6), key);
        // The second attempt of a key is another answer, so this one asks another simulator.
        try (SimulatorServer other =
                SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"))) {
            String array = new RawHttp(other.baseUrl()).post(MODEL + ":streamGenerateContent", request(6), key);

            assertThat(events).contains("content-type: text/event-stream\r\n");
            StringBuilder fromEvents = new StringBuilder();
            for (String event : RawHttp.body(events).split("\r\n\r\n")) {
                fromEvents.append(text(json.readTree(event.substring("data: ".length()))));
            }
            StringBuilder fromArray = new StringBuilder();
            json.readTree(RawHttp.body(array)).forEach(part -> fromArray.append(text(part)));
            assertThat(fromEvents).isNotEmpty().hasToString(fromArray.toString());
        }
    }

    @Test
    void tokensAreCounted() throws Exception {
        String answer = http.post(MODEL + ":countTokens", request(5));

        assertThat(json.readTree(RawHttp.body(answer)).get("totalTokens").asInt())
                .isPositive();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {}              | 400 | INVALID_ARGUMENT
        {"contents":[]} | 400 | INVALID_ARGUMENT
        []              | 400 | INVALID_ARGUMENT
        """)
    void badRequestGetsGooglesErrorModel(String body, int status, String name) throws Exception {
        String answer = http.post(MODEL + ":generateContent", body);

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        JsonNode error = json.readTree(RawHttp.body(answer)).get("error");
        assertThat(error.get("code").asInt()).isEqualTo(status);
        assertThat(error.get("status").asText()).isEqualTo(name);
        assertThat(error.get("message").asText()).isNotBlank();
    }

    @Test
    void promptBeyondAMillionTokensIsRefused() throws Exception {
        try (SimulatorServer large =
                SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"))) {
            String prompt = "word ".repeat(1_100_000);

            String answer = new RawHttp(large.baseUrl())
                    .post(MODEL + ":generateContent", "{\"contents\":[{\"parts\":[{\"text\":\"" + prompt + "\"}]}]}");

            assertThat(answer)
                    .startsWith("HTTP/1.1 400 ")
                    .containsPattern("The input token count \\(1\\d{6}\\) exceeds the maximum number of tokens allowed"
                            + " \\(1048576\\)");
        }
    }

    private static String text(JsonNode response) {
        return response.at("/candidates/0/content/parts/0/text").asText();
    }

    private static String request(int maxTokens) {
        return "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Summarize \\\"Emma\\\" by Jane Austen\"}]}],"
                + "\"generationConfig\":{\"maxOutputTokens\":" + maxTokens + "}}";
    }
}
