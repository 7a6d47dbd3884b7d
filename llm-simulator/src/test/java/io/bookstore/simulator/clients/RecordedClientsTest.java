package io.bookstore.simulator.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.simulator.RunningCommand;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The providers' own clients cannot tell the proxy from the provider, nor the replay. */
class RecordedClientsTest {

    private static final String PROMPT = "Summarize \"Emma\" by Jane Austen";
    private static final int MAX_TOKENS = 20;
    private static final List<Function<URI, OfficialClient>> clients = List.of(
            AnthropicClient::new,
            OpenAiChatClient::new,
            OpenAiResponsesClient::new,
            GeminiClient::new,
            BedrockClient::new);

    @TempDir
    private Path folder;

    @Test
    void replayTellsTheClientsWhatTheProviderTold() throws Exception {
        Path cassette = folder.resolve("calls.jsonl");
        List<Reply> recorded;
        try (SimulatorServer provider = SimulatorServer.start(
                        SimulatorConfig.defaults().withPort(0).withProfile("zero"));
                RunningCommand recording = RunningCommand.start(
                        "record", "--to", provider.baseUrl().toString(), "--out", cassette.toString(), "--port", "0")) {
            recorded = replies(recording.url());
        }

        List<Reply> replayed;
        try (RunningCommand replay = RunningCommand.start("replay", cassette.toString(), "--port", "0", "--strict")) {
            replayed = replies(replay.url());
        }

        assertThat(recorded).hasSize(10).allSatisfy(reply -> {
            assertThat(reply.text()).contains("Emma");
            assertThat(reply.outputTokens()).isEqualTo(MAX_TOKENS);
        });
        assertThat(replayed).isEqualTo(recorded);
        assertThat(Files.readAllLines(cassette)).hasSize(10);
    }

    private static List<Reply> replies(URI server) {
        return clients.stream()
                .flatMap(open -> {
                    try (OfficialClient client = open.apply(server)) {
                        return List.of(client.document(PROMPT, MAX_TOKENS), client.stream(PROMPT, MAX_TOKENS)).stream();
                    }
                })
                .toList();
    }
}
