package io.bookstore.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.simulator.rule.AnswersYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Own answers are read, replaced and read again from their file while the simulator runs. */
class AnswersAdminTest {

    private static final String SUN = """
            rules:
              - name: weather
                match: {prompt: {contains: weather}}
                response: {content: Sun.}
            """;

    @TempDir
    private Path folder;

    @Test
    void answersArePutAndReadWithWhatEachRuleHasTaken() throws Exception {
        try (SimulatorServer server = start(SimulatorConfig.defaults())) {
            RawHttp http = new RawHttp(server.baseUrl());

            String put = http.exchange("PUT", "/admin/answers", SUN);
            String answer = ask(http, "The weather?");
            ask(http, "Emma");

            JsonNode read = body(http.get("/admin/answers"));
            assertThat(put).startsWith("HTTP/1.1 200");
            assertThat(answer).contains("Sun.");
            assertThat(read.at("/rules/0/name").asText()).isEqualTo("weather");
            assertThat(read.at("/rules/0/line").asInt()).isEqualTo(2);
            assertThat(read.at("/rules/0/matched").asInt()).isEqualTo(1);
            assertThat(read.at("/rules/0/match/prompt/contains").asText()).isEqualTo("weather");
            assertThat(read.at("/rules/0/responses/0/content").asText()).isEqualTo("Sun.");
            assertThat(read.path("unmatched").asInt()).isEqualTo(1);
        }
    }

    @Test
    void wrongAnswersAreRefusedAndTheOldOnesStay() throws Exception {
        try (SimulatorServer server = start(SimulatorConfig.defaults())) {
            RawHttp http = new RawHttp(server.baseUrl());
            http.exchange("PUT", "/admin/answers", SUN);

            String refused = http.exchange("PUT", "/admin/answers", SUN.replace("contains", "containing"));

            assertThat(refused)
                    .startsWith("HTTP/1.1 400")
                    .contains("line 3: unknown key \\\"containing\\\" of prompt; use equals, contains, pattern");
            assertThat(ask(http, "The weather?")).contains("Sun.");
        }
    }

    @Test
    void ruleThatCanNeverMatchIsLeftOutAndTold() throws Exception {
        try (SimulatorServer server = start(SimulatorConfig.defaults())) {
            RawHttp http = new RawHttp(server.baseUrl());

            String put = http.exchange("PUT", "/admin/answers", SUN + """
                      - name: rain
                        match: {prompt: the weather in London, turn: 1}
                        response: {content: Rain.}
                    """);

            assertThat(body(put).path("rules")).hasSize(1);
            assertThat(body(put).at("/warnings/0").asText())
                    .isEqualTo(
                            "line 5: rule \"rain\" is left out, as it can never match: rule \"weather\" (line 2) takes all"
                                    + " its requests; move it before that one, or give that one more conditions");
        }
    }

    @Test
    void changedFileIsReadAgainWhenItIsAskedFor() throws Exception {
        Path file = Files.writeString(folder.resolve("answers.yaml"), SUN);
        try (SimulatorServer server = start(SimulatorConfig.defaults().withAnswers(AnswersYaml.read(file)))) {
            RawHttp http = new RawHttp(server.baseUrl());
            assertThat(ask(http, "The weather?")).contains("Sun.");

            Files.writeString(file, SUN.replace("Sun.", "Snow."));
            String reloaded = http.exchange("POST", "/admin/answers/reload", "");
            String changed = ask(http, "The weather?");
            http.exchange("POST", "/admin/reset", "");

            assertThat(body(reloaded).path("file").asText()).endsWith("answers.yaml");
            assertThat(changed).contains("Snow.");
            assertThat(ask(http, "The weather?")).contains("Snow.");
        }
    }

    @Test
    void wrongFileIsRefusedWithItsLineAndTheOldAnswersStay() throws Exception {
        Path file = Files.writeString(folder.resolve("answers.yaml"), SUN);
        try (SimulatorServer server = start(SimulatorConfig.defaults().withAnswers(AnswersYaml.read(file)))) {
            RawHttp http = new RawHttp(server.baseUrl());

            Files.writeString(file, SUN.replace("response", "answer"));
            String wrong = http.exchange("POST", "/admin/answers/reload", "");
            Files.delete(file);
            String gone = http.exchange("POST", "/admin/answers/reload", "");

            assertThat(wrong)
                    .startsWith("HTTP/1.1 400")
                    .contains("answers.yaml, line 4: unknown key \\\"answer\\\" of a rule; use name, match, response,");
            assertThat(gone).startsWith("HTTP/1.1 400").contains("Cannot read the answers in ");
            assertThat(ask(http, "The weather?")).contains("Sun.");
        }
    }

    @Test
    void withoutAFileThereIsNothingToReadAgain() throws Exception {
        try (SimulatorServer server = start(SimulatorConfig.defaults())) {
            assertThat(new RawHttp(server.baseUrl()).exchange("POST", "/admin/answers/reload", ""))
                    .startsWith("HTTP/1.1 400")
                    .contains("There is no file of answers to read again: start with --answers, or PUT /admin/answers");
        }
    }

    private static SimulatorServer start(SimulatorConfig config) {
        return SimulatorServer.start(config.withPort(0).withProfile("zero"));
    }

    private static String ask(RawHttp http, String prompt) throws IOException {
        return http.post(
                "/v1/messages",
                "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":90,\"messages\":[{\"role\":\"user\",\"content\":\""
                        + prompt + "\"}]}");
    }

    private static JsonNode body(String answer) throws IOException {
        return new ObjectMapper().readTree(RawHttp.body(answer));
    }
}
