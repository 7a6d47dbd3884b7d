package io.bookstore.simulator.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.genai.Client;
import com.google.genai.errors.GenAiIOException;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.fault.FaultRule;
import io.bookstore.simulator.journal.Attempt;
import io.bookstore.simulator.journal.Attempt.Outcome;
import io.bookstore.simulator.verdict.Verdict;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Google's client, which waits for ever by default, leaves an answer that is held once it is given a time-out. */
@Order(1)
class TimeOutsTest {

    private static final int TIME_OUT_MS = 4_000;
    private static final String SILENCE = "silence-timed-out";
    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));

    /** The classes of the client are loaded here, so that a time-out is met by an answer that is held. */
    @BeforeAll
    static void warmUp() {
        try (Client client = client(1, 120_000)) {
            ask(client, false);
            ask(client, true);
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void holdEveryAnswer() {
        server.reset();
        server.behave(server.behaviour().withFaults(FaultRule.always("stall:660000")));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void clientWithATimeOutIsGood(boolean streaming) {
        try (Client client = client(1, TIME_OUT_MS)) {
            assertThatThrownBy(() -> ask(client, streaming))
                    .isInstanceOf(GenAiIOException.class)
                    .hasRootCauseMessage("Socket closed");
        }

        assertThat(awaitAttempts(1))
                .extracting(attempt -> attempt.result().outcome())
                .containsOnly(Outcome.ABANDONED);
        assertThat(silence()).isEqualTo(new Verdict(SILENCE, 1, 0, ""));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void eachAttemptOfItsRetriesIsACase(boolean streaming) {
        try (Client client = client(2, TIME_OUT_MS)) {
            assertThatThrownBy(() -> ask(client, streaming))
                    .isInstanceOf(GenAiIOException.class)
                    .hasRootCauseMessage("Socket closed");
        }

        int attempts = awaitAttempts(1).size();
        assertThat(silence()).isEqualTo(new Verdict(SILENCE, attempts, 0, ""));
    }

    private static Client client(int attempts, int timeOutMs) {
        return Client.builder()
                .apiKey("any")
                .httpOptions(HttpOptions.builder()
                        .baseUrl(server.baseUrl().toString())
                        .timeout(timeOutMs)
                        .retryOptions(HttpRetryOptions.builder()
                                .attempts(attempts)
                                .initialDelay(0.0)
                                .jitter(0.0))
                        .build())
                .build();
    }

    private static void ask(Client client, boolean streaming) {
        GenerateContentConfig config = GenerateContentConfig.builder().build();
        if (!streaming) {
            client.models.generateContent("gemini-2.5-flash", "Emma", config);
            return;
        }
        try (var stream = client.models.generateContentStream("gemini-2.5-flash", "Emma", config)) {
            stream.forEach(part -> {});
        }
    }

    /** An attempt is in the journal once its connection is seen to be closed. */
    private static List<Attempt> awaitAttempts(int least) {
        await().atMost(2, TimeUnit.MINUTES)
                .until(() -> server.journal().attempts().size() >= least
                        && server.journal().attempts().stream()
                                .allMatch(attempt -> attempt.result().outcome() == Outcome.ABANDONED));
        return server.journal().attempts();
    }

    private static Verdict silence() {
        return server.verdicts().get(0).verdicts().stream()
                .filter(verdict -> verdict.name().equals(SILENCE))
                .findFirst()
                .orElseThrow();
    }
}
