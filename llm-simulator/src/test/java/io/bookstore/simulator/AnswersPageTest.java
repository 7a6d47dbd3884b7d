package io.bookstore.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.simulator.ToolRequest.Call;
import io.bookstore.simulator.rule.AnswersYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The files of the page on own answers do what the page says. */
class AnswersPageTest {

    private final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));
    private final RawHttp http = new RawHttp(server.baseUrl());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void everyFileIsReadWithoutAWarning() throws Exception {
        assertThat(files())
                .hasSize(3)
                .allSatisfy(
                        file -> assertThat(AnswersYaml.parse(file).warnings()).isEmpty());
    }

    @Test
    void firstFileCallsAToolAndAnswersItsResultInAnyFormat() throws Exception {
        for (ToolRequest format : ToolRequest.values()) {
            server.answer(AnswersYaml.parse(files().get(0)));
            String first = http.post(format.path(false), weather(format, ""));
            Call call = format.calls(ToolRequest.read(first)).get(0);
            String second = http.post(format.path(false), weather(format, format.history(call, "25")));

            assertThat(call.name()).as(format.name()).isEqualTo("get_weather");
            assertThat(new ObjectMapper().readTree(call.arguments()))
                    .isEqualTo(new ObjectMapper().readTree("{\"city\":\"Paris\",\"days\":3}"));
            assertThat(second).contains("It is sunny in Paris.");
        }
    }

    @Test
    void firstFileRefusesOnceAndThenAnswersInItsOwnTime() throws Exception {
        server.answer(AnswersYaml.parse(files().get(0)));
        String body = Dialect.ANTHROPIC.body(Dialect.ANTHROPIC.model(), false, 90, "Who is Emma?");

        String first = http.post("/v1/messages", body, "x-tenant: acme");
        String second = http.post("/v1/messages", body, "x-tenant: acme");

        assertThat(first).startsWith("HTTP/1.1 529 ");
        assertThat(second).contains("You asked: Who is Emma?").contains("1200").contains("34");
    }

    @Test
    void secondFileAnswersWithADocument() throws Exception {
        server.answer(AnswersYaml.parse(files().get(1)));
        Dialect chat = Dialect.OPENAI_CHAT;
        String schema = "{\"type\":\"object\",\"properties\":{\"title\":{\"type\":\"string\"}}}";
        String body = chat.with(chat.body(chat.model(), false, 90, "Emma"), chat.structured(schema));

        String text = ToolRequest.read(http.post(chat.path(chat.model(), false), body))
                .at("/choices/0/message/content")
                .asText();

        assertThat(text).isEqualTo("{\"title\":\"About Emma\",\"stars\":5}");
    }

    @Test
    void thirdFileRefusesOtherQuestions() throws Exception {
        server.answer(AnswersYaml.parse(files().get(2)));
        Dialect chat = Dialect.OPENAI_CHAT;

        assertThat(http.post(chat.path(chat.model(), false), chat.body(chat.model(), false, 90, "the weather?")))
                .contains("It is sunny.");
        assertThat(http.post(chat.path(chat.model(), false), chat.body(chat.model(), false, 90, "Emma")))
                .startsWith("HTTP/1.1 400 ");
    }

    @Test
    void mistakeOfThePageIsToldInItsWords() throws Exception {
        assertThatThrownBy(() -> AnswersYaml.parse("rules:\n- response: {}\n  match:\n    promt: a"))
                .satisfies(mistake -> assertThat(page()).contains("`answers.yaml, " + mistake.getMessage() + "`"));
    }

    /** A request of the format that asks for the weather and offers its tool. */
    private static String weather(ToolRequest format, String history) {
        return format.body(false, "", history)
                .replace("Emma", "How is the weather?")
                .replace("find_shop", "get_weather");
    }

    private static List<String> files() throws IOException {
        return Pattern.compile("(?s)```yaml\n(.*?)```")
                .matcher(page())
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("docs/answers.md"));
    }
}
