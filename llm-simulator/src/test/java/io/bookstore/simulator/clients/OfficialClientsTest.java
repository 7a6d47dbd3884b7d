package io.bookstore.simulator.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.answer.Tokenizer;
import io.bookstore.simulator.clients.OfficialClient.Kind;
import io.bookstore.simulator.fault.FaultRule;
import io.bookstore.simulator.latency.Profiles;
import io.bookstore.simulator.simulation.Behaviour;
import io.bookstore.simulator.verdict.Verdict;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The providers' own clients, unchanged, cannot tell the simulator from the providers; errors included. */
class OfficialClientsTest {

    private static final String PROMPT = "Summarize \"Emma\" by Jane Austen";
    private static final int MAX_TOKENS = 20;

    private static final Behaviour faultless = Behaviour.defaults().withProfile(Profiles.named("zero"));
    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withBehaviour(faultless));
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
    @CsvSource({
        "ANTHROPIC,        max_tokens",
        "OPENAI_CHAT,      length",
        "OPENAI_RESPONSES, max_output_tokens",
        "GEMINI,           MAX_TOKENS",
        "BEDROCK,          max_tokens"
    })
    void documentAndStreamAreReadWithUsageAndFinishReason(Kind kind, String finishReason) {
        server.behave(faultless);

        Reply document = clients.get(kind).document(PROMPT, MAX_TOKENS);
        Reply stream = clients.get(kind).stream(PROMPT, MAX_TOKENS);

        assertThat(List.of(document, stream)).allSatisfy(reply -> {
            assertThat(reply.text()).contains("Emma");
            assertThat(reply.finishReason()).isEqualTo(finishReason);
            assertThat(reply.inputTokens()).isBetween(10L, 20L);
            assertThat(reply.outputTokens()).isEqualTo(MAX_TOKENS).isEqualTo(Tokenizer.count(reply.text()));
        });
    }

    @ParameterizedTest
    @EnumSource
    void answerThatEndsOfItselfIsKnownAsSuch(Kind kind) {
        server.behave(faultless);

        Reply reply = clients.get(kind).stream(PROMPT, 500);

        assertThat(reply.text()).endsWith(".");
        assertThat(reply.finishReason()).isIn("end_turn", "stop", "completed", "STOP");
    }

    @ParameterizedTest
    @CsvSource({
        "ANTHROPIC,        400, BadRequestException",
        "ANTHROPIC,        401, UnauthorizedException",
        "ANTHROPIC,        429, RateLimitException",
        "ANTHROPIC,        500, InternalServerException",
        "ANTHROPIC,        529, OverloadedException",
        "OPENAI_CHAT,      400, BadRequestException",
        "OPENAI_CHAT,      401, UnauthorizedException",
        "OPENAI_CHAT,      404, NotFoundException",
        "OPENAI_CHAT,      insufficient-quota, RateLimitException",
        "OPENAI_CHAT,      503, InternalServerException",
        "OPENAI_RESPONSES, 400, BadRequestException",
        "OPENAI_RESPONSES, 429, RateLimitException",
        "OPENAI_RESPONSES, 500, InternalServerException",
        "GEMINI,           400, ClientException",
        "GEMINI,           429, ClientException",
        "GEMINI,           503, ServerException",
        "BEDROCK,          400, ValidationException",
        "BEDROCK,          403, AccessDeniedException",
        "BEDROCK,          404, ResourceNotFoundException",
        "BEDROCK,          429, ThrottlingException",
        "BEDROCK,          500, InternalServerException",
        "BEDROCK,          503, ServiceUnavailableException",
        "BEDROCK,          504, ModelTimeoutException"
    })
    void refusalIsTheClientsOwnException(Kind kind, String fault, String exception) {
        server.behave(failing(fault));

        Throwable document = catchThrowable(() -> clients.get(kind).document(PROMPT, MAX_TOKENS));
        Throwable stream = catchThrowable(() -> clients.get(kind).stream(PROMPT, MAX_TOKENS));

        assertThat(List.of(document, stream)).allSatisfy(thrown -> {
            assertThat(thrown.getClass().getSimpleName()).isEqualTo(exception);
            assertThat(thrown).hasMessageContaining("Injected fault " + fault);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "ANTHROPIC,        SseException",
        "OPENAI_CHAT,      SseException",
        "OPENAI_RESPONSES, IllegalStateException",
        "GEMINI,           ServerException",
        "BEDROCK,          ServiceUnavailableException"
    })
    void errorInTheMiddleOfAStreamIsTheClientsOwnException(Kind kind, String exception) {
        server.behave(failing("error-event:1"));

        Throwable thrown = catchThrowable(() -> clients.get(kind).stream(PROMPT, MAX_TOKENS));

        assertThat(thrown.getClass().getSimpleName()).isEqualTo(exception);
        assertThat(thrown).hasMessageContaining("Injected fault error-event:1");
    }

    @ParameterizedTest
    @CsvSource({
        "ANTHROPIC,        AnthropicIoException,  AnthropicInvalidDataException, IllegalStateException",
        "OPENAI_CHAT,      OpenAIIoException,     OpenAIInvalidDataException,    IllegalStateException",
        "OPENAI_RESPONSES, OpenAIIoException,     OpenAIInvalidDataException,    IllegalStateException",
        "GEMINI,           GenAiIOException,      GenAiIOException,              UnnoticedCutException",
        "BEDROCK,          UnnoticedCutException, SdkClientException,            UnnoticedCutException"
    })
    void brokenStreamIsWhatItsClientMakesOfIt(Kind kind, String onReset, String onMalformed, String onMissingEnd) {
        assertThat(thrownByStream(kind, "reset-after-chunks:1")).isEqualTo(onReset);
        assertThat(thrownByStream(kind, "malformed-frame:1")).isEqualTo(onMalformed);
        assertThat(thrownByStream(kind, "no-terminator")).isEqualTo(onMissingEnd);
    }

    /** Clients with the settings of every day, each asked twice: none is accused of what it did not do. */
    private static void callWhateverComes(ThrowingCallable call) {
        Throwable unused = catchThrowable(call);
    }

    @ParameterizedTest
    @EnumSource
    void noClientIsBadForASilenceAFailureOrAFrame(Kind kind) {
        server.reset();
        for (String fault : List.of("malformed-frame:1", "stall:20", "slow-drip:1", "429", "500", "503", "529")) {
            server.behave(failing(fault));
            for (int i = 0; i < 2; i++) {
                callWhateverComes(() -> clients.get(kind).stream(PROMPT, MAX_TOKENS));
                callWhateverComes(() -> clients.get(kind).document(PROMPT, MAX_TOKENS));
            }
        }

        assertThat(server.verdicts())
                .singleElement()
                .satisfies(judged -> assertThat(judged.verdicts())
                        .filteredOn(verdict -> verdict.name()
                                .matches("retries-back-off|failure-retried|silence-timed-out|malformed-frame-.*"))
                        .hasSize(4)
                        .allMatch(Verdict::good));
    }

    private static String thrownByStream(Kind kind, String fault) {
        server.behave(failing(fault));
        return catchThrowable(() -> clients.get(kind).stream(PROMPT, MAX_TOKENS))
                .getClass()
                .getSimpleName();
    }

    private static Behaviour failing(String fault) {
        return faultless.withFaults(FaultRule.always(fault));
    }
}
