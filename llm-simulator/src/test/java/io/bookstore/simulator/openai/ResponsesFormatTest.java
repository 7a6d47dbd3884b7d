package io.bookstore.simulator.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.simulator.RawHttp;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponsesFormatTest {

    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));
    private static final RawHttp http = new RawHttp(server.baseUrl());
    private static final ObjectMapper json = new ObjectMapper();

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void eventsAreNumberedWithoutAGapAndNamedTwice() throws Exception {
        List<JsonNode> events = events("\"stream\":true,\"input\":\"Summarize Emma\"");

        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i).path("sequence_number").asInt()).isEqualTo(i);
        }
        assertThat(events.get(0).path("type").asText()).isEqualTo("response.created");
        assertThat(events.get(events.size() - 1).path("type").asText()).isEqualTo("response.completed");
    }

    @Test
    void deltasAddUpToTheTextOfTheLastEvent() throws Exception {
        List<JsonNode> events = events("\"stream\":true,\"input\":\"Summarize Emma\"");

        StringBuilder deltas = new StringBuilder();
        events.forEach(event -> deltas.append(event.path("delta").asText("")));
        JsonNode whole = events.get(events.size() - 1).path("response");
        assertThat(whole.at("/output/0/content/0/text").asText()).isEqualTo(deltas.toString());
        assertThat(whole.at("/usage/total_tokens").asInt())
                .isEqualTo(whole.at("/usage/input_tokens").asInt()
                        + whole.at("/usage/output_tokens").asInt());
    }

    @Test
    void whatWasAskedComesBack() throws Exception {
        JsonNode response = document("\"input\":\"Emma\",\"instructions\":\"Be brief\",\"temperature\":0.2,"
                + "\"metadata\":{\"run\":\"7\"},\"max_output_tokens\":16");

        assertThat(response.path("instructions").asText()).isEqualTo("Be brief");
        assertThat(response.path("temperature").asDouble()).isEqualTo(0.2);
        assertThat(response.at("/metadata/run").asText()).isEqualTo("7");
        assertThat(response.path("status").asText()).isEqualTo("incomplete");
        assertThat(response.at("/incomplete_details/reason").asText()).isEqualTo("max_output_tokens");
    }

    @Test
    void textOfInstructionsAndMessagesIsThePrompt() throws Exception {
        JsonNode response = document("\"instructions\":\"Summarize the book.\",\"input\":["
                + "{\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"Title: Persuasion\"}]},"
                + "{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[]}]");

        assertThat(response.at("/output/0/content/0/text").asText()).contains("Persuasion");
        assertThat(response.at("/usage/input_tokens").asInt()).isGreaterThan(15);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                | Missing required parameter: 'model'.
            {"model":"m"}                                     | Missing required parameter: 'input'.
            {"model":"m","input":7}                           | Invalid type for 'input': expected one of a string or array of objects.
            {"model":"m","input":["x"]}                       | Invalid type for 'input[0]': expected an object.
            {"model":"m","input":[{"content":"x"}]}           | Missing required parameter: 'input[0].role'.
            {"model":"m","input":[{"role":"user"}]}           | Missing required parameter: 'input[0].content'.
            {"model":"m","input":"x","max_output_tokens":15}  | Invalid 'max_output_tokens': integer below minimum value. Expected a value >= 16, but got 15 instead.
            {"model":"m","input":"x","max_output_tokens":1.5} | Invalid type for 'max_output_tokens': expected an integer, but got 1.5 instead.
            """)
    void badRequestGetsOpenAisWords(String body, String message) throws Exception {
        String answer = http.post("/v1/responses", body);

        assertThat(answer).startsWith("HTTP/1.1 400 ");
        assertThat(json.readTree(RawHttp.body(answer)).at("/error/message").asText())
                .isEqualTo(message);
    }

    private static JsonNode document(String fields) throws Exception {
        return json.readTree(RawHttp.body(http.post("/v1/responses", request(fields))));
    }

    private static List<JsonNode> events(String fields) throws Exception {
        List<JsonNode> events = new ArrayList<>();
        for (String event :
                RawHttp.body(http.post("/v1/responses", request(fields))).split("\n\n")) {
            String[] lines = event.split("\n");
            JsonNode data = json.readTree(lines[1].substring("data: ".length()));
            assertThat(lines[0]).isEqualTo("event: " + data.path("type").asText());
            events.add(data);
        }
        return events;
    }

    private static String request(String fields) {
        return "{\"model\":\"gpt-4o-mini\"," + fields + "}";
    }
}
