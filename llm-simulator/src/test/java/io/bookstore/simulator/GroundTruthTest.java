package io.bookstore.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bookstore.simulator.journal.Attempt;
import io.bookstore.simulator.limit.Limits;
import io.bookstore.simulator.limit.Limits.OutputCounting;
import java.io.IOException;
import java.net.Socket;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The journal and the buckets hold what was done, whatever the answers say. Time stands still: no bucket is refilled. */
class GroundTruthTest {

    private static final String BODY = "{\"model\":\"claude-sonnet\",\"max_tokens\":200,"
            + "\"messages\":[{\"role\":\"user\",\"content\":\"Summarize \\\"Emma\\\" by Jane Austen\"}]}";

    private final SimulatorServer server = SimulatorServer.start(
            SimulatorConfig.defaults().withPort(0).withProfile("zero"),
            Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC));
    private final RawHttp http = new RawHttp(server.baseUrl());

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(OutputCounting.class)
    void wrongUsageTakesFromTheBucketWhatWasWritten(OutputCounting counting) throws Exception {
        server.behave(server.behaviour()
                .withLimits(Limits.NONE.withOutputTokensPerMinute(10_000).withCounting(counting)));

        ask("x-simulator-fault: wrong-usage");
        ask("x-simulator-fault: wrong-usage");

        Attempt first = server.journal().attempts().get(0);
        Attempt second = server.journal().attempts().get(1);
        int reserved = counting == OutputCounting.RESERVE ? 200 : written(second);
        assertThat(written(first)).isBetween(1, 200);
        assertThat(Objects.requireNonNull(second.result().buckets()).outputTokens())
                .isEqualTo(10_000L - written(first) - reserved);
    }

    private static int written(Attempt attempt) {
        return Objects.requireNonNull(attempt.result().tokens()).output();
    }

    @Test
    void answerThatOutlivesAResetIsNotWrittenDown() throws Exception {
        ask();
        try (Socket old = http.open()) {
            old.getOutputStream()
                    .write(RawHttp.request(
                            "POST",
                            "/v1/messages",
                            BODY.replaceFirst("\\{", "{\"stream\":true,"),
                            "x-simulator-fault: endless-answer"));
            assertThat(RawHttp.line(old.getInputStream())).startsWith("HTTP/1.1 200 ");

            server.reset();
            ask();
        }
        await().atMost(2, TimeUnit.MINUTES)
                .until(() -> http.get("/metrics").contains("llm_simulator_requests_active 0\n"));

        assertThat(server.journal().attempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.sequence()).isEqualTo(1);
            assertThat(attempt.key().attempt()).isEqualTo(1);
            assertThat(attempt.result().fault()).isNull();
        });
    }

    private String ask(String... headers) throws IOException {
        return http.post("/v1/messages", BODY, headers);
    }
}
