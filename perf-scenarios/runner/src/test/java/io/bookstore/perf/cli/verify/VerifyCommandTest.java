package io.bookstore.perf.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.testing.StreamingGateway;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.testing.ClosedPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command against services that run, and none at all. Services with a defect of each kind are in {@link ForeignServicesTest}. */
class VerifyCommandTest {

    private static final String CHAT = """
            name: chat
            baseUrl: http://localhost:9
            paid: false
            headers: { Authorization: Bearer any }
            health: { method: GET, path: /admin/config }
            items: { values: [{ title: Emma, author: Jane Austen }, { title: Ulysses, author: James Joyce }] }
            operations:
              summary:
                method: POST
                path: /v1/chat/completions
                headers: { X-Request-Id: "{requestId}" }
                body: { model: gpt-4o-mini, messages: [{ role: user, content: "Summarise {title} by {author}." }] }
              streamedSummary:
                method: POST
                path: /v1/chat/completions
                headers: { X-Request-Id: "{requestId}" }
                body: { model: gpt-4o-mini, stream: true, messages: [{ role: user, content: "Summarise {title} by {author}." }] }
                stream: { format: sse, text: choices.0.delta.content, end: "[DONE]" }
            answer:
              text: choices.0.message.content
              model: model
              inputTokens: usage.prompt_tokens
              outputTokens: usage.completion_tokens
            metrics: { dialect: micrometer }
            """;

    private static final String GATEWAY = """
            name: gateway
            baseUrl: http://localhost:9
            health: { method: GET, path: /health }
            items: { values: [{ title: Emma }, { title: Ulysses }] }
            operations:
              summary:
                method: POST
                path: /stream
                headers: { X-Request-Id: "{requestId}" }
                body: { model: gpt-4o-mini, stream: true, messages: [{ role: user, content: "Summarise {title}." }] }
                stream: { format: sse, text: choices.0.delta.content, end: "[DONE]" }
              order:
                method: POST
                path: /orders
                idempotency: Idempotency-Key
                expect: 201
                body: { title: "{title}" }
            """;

    private static final String[] OF_RETRIES_AND_CANCELLATION = {"stream-cancel", "idempotency", "idempotency-conflict"
    };

    @TempDir
    private Path folder;

    @Test
    void soundServicePassesEveryItemThatCanBeSeen() throws Exception {
        try (SimulatorServer provider =
                SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"))) {
            VerifiedService verified = verify(CHAT, provider.baseUrl().toString());

            assertThat(verified.perf().out())
                    .contains("pass     status", "pass     stream ", "pass     malformed-body")
                    .endsWith("page " + folder.resolve("out/checklist.html") + "\n");
            assertThat(folder.resolve("out/checklist.html"))
                    .content()
                    .contains("<h1>chat</h1>", provider.baseUrl() + "/actuator/prometheus gave no metrics");
            assertThat(verified.named("FAIL")).isEmpty();
            assertThat(verified.named("PASS"))
                    .contains(
                            "health",
                            "json",
                            "text",
                            "usage",
                            "usage-plausible",
                            "unknown-path",
                            "error-format",
                            "limits");
            assertThat(verified.exitCode()).isZero();
        }
    }

    /** Its first stream comes at once, as to a client without a processor, and is asked for again. */
    @Test
    void gatewayThatEndsCallsAndKeepsKeysPasses() throws Exception {
        try (StreamingGateway gateway = StreamingGateway.collectingTheFirstStream()) {
            VerifiedService verified = verify(GATEWAY, gateway.baseUrl().toString());

            assertThat(verified.named("FAIL")).isEmpty();
            assertThat(verified.named("PASS")).contains("stream-pieces").contains(OF_RETRIES_AND_CANCELLATION);
        }
    }

    @Test
    void gatewayThatReadsOnAndLooksAtNoKeyIsNamed() throws Exception {
        try (StreamingGateway gateway = StreamingGateway.careless()) {
            VerifiedService verified = verify(GATEWAY, gateway.baseUrl().toString());

            assertThat(verified.named("FAIL")).containsExactlyInAnyOrder(OF_RETRIES_AND_CANCELLATION);
        }
    }

    @Test
    void serviceThatDoesNotAnswerIsSaidAtOnce() throws Exception {
        try (ClosedPort nobody = new ClosedPort()) {
            VerifiedService verified = verify(CHAT, nobody.url());

            assertThat(verified.perf().err()).contains("Nothing answers at " + nobody.url());
            assertThat(verified.exitCode()).isEqualTo(69);
        }
    }

    @Test
    void addressOfMetricsThatIsNoneIsNamedBeforeAnythingIsAsked() throws Exception {
        VerifiedService verified = verify(CHAT, "http://127.0.0.1:9", "--metrics", "metrics");

        assertThat(verified.perf().err())
                .isEqualTo("--metrics must be an http or https URL such as http://localhost:7002, was \"metrics\".\n");
        assertThat(verified.exitCode()).isEqualTo(64);
    }

    @Test
    void misspeltVariableIsNamedBeforeAnythingIsAsked() throws Exception {
        VerifiedService verified = verify(CHAT, "http://127.0.0.1:9", "-e", "LLM_P95_M=1");

        assertThat(verified.perf().err())
                .isEqualTo("Unknown variable \"LLM_P95_M\": the scripts of this kit read LLM_P95_MS.\n");
        assertThat(verified.exitCode()).isEqualTo(64);
    }

    private VerifiedService verify(String descriptor, String address, String... more) throws IOException {
        Path target = Files.writeString(folder.resolve("target.yml"), descriptor);
        return VerifiedService.of(target, address, folder.resolve("out"), more);
    }
}
