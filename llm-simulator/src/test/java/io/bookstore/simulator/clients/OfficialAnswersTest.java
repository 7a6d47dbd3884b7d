package io.bookstore.simulator.clients;

import static io.bookstore.simulator.rule.Match.prompt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.clients.OfficialClient.Kind;
import io.bookstore.simulator.rule.Answers;
import io.bookstore.simulator.rule.Response;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The providers' own clients read own answers, streamed and not, and what strict mode refuses. */
class OfficialAnswersTest {

    private static final String TEXT = "It is sunny: 25 °C, and no \"rain\" before\nTuesday.";

    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));
    private static final Map<Kind, OfficialClient> clients = new EnumMap<>(Kind.class);

    static {
        for (Kind kind : Kind.values()) {
            clients.put(kind, kind.open(server));
        }
    }

    @AfterAll
    static void stop() {
        clients.values().forEach(OfficialClient::close);
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void textAndUsageOfARuleAreReadAsDocumentAndAsStream(Kind kind) {
        server.answer(Answers.NONE
                .when(prompt().contains("weather"))
                .reply(Response.text(TEXT).withUsage(1_200, 34)));

        Reply document = clients.get(kind).document("How is the weather?", 100);
        Reply stream = clients.get(kind).stream("How is the weather?", 100);

        assertThat(List.of(document, stream)).allSatisfy(reply -> {
            assertThat(reply.text()).isEqualTo(TEXT);
            assertThat(reply.inputTokens()).isEqualTo(1_200);
            assertThat(reply.outputTokens()).isEqualTo(34);
            assertThat(reply.finishReason()).isIn("end_turn", "stop", "completed", "STOP");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "ANTHROPIC,        max_tokens",
        "OPENAI_CHAT,      length",
        "OPENAI_RESPONSES, max_output_tokens",
        "GEMINI,           MAX_TOKENS",
        "BEDROCK,          max_tokens"
    })
    void textEndsAtTheLimitOfTheRequest(Kind kind, String finishReason) {
        server.answer(Answers.NONE.when(prompt().contains("weather")).reply("sun ".repeat(100)));

        Reply document = clients.get(kind).document("How is the weather?", 20);
        Reply stream = clients.get(kind).stream("How is the weather?", 20);

        assertThat(List.of(document, stream)).allSatisfy(reply -> {
            assertThat(reply.finishReason()).isEqualTo(finishReason);
            assertThat(reply.outputTokens()).isEqualTo(20);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "ANTHROPIC,        BadRequestException",
        "OPENAI_CHAT,      BadRequestException",
        "OPENAI_RESPONSES, BadRequestException",
        "GEMINI,           ClientException",
        "BEDROCK,          ValidationException"
    })
    void strictModeRefusesWhatNoRuleMatchesInTheProvidersWay(Kind kind, String exception) {
        server.answer(
                Answers.NONE.when(prompt().contains("weather")).reply(TEXT).withStrict(true));

        Throwable document = catchThrowable(() -> clients.get(kind).document("Who is Emma?", 100));
        Throwable stream = catchThrowable(() -> clients.get(kind).stream("Who is Emma?", 100));

        assertThat(List.of(document, stream)).allSatisfy(thrown -> {
            assertThat(thrown.getClass().getSimpleName()).isEqualTo(exception);
            assertThat(thrown)
                    .hasMessageContaining("No rule of the simulator's answers matches this request (model ")
                    .hasMessageContaining("turn 1, prompt ");
        });
    }
}
