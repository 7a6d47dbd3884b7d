package io.bookstore.api.standin;

import static io.bookstore.api.RunningStore.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.api.RunningStore;
import io.bookstore.api.llm.ScriptedProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The simulator answers in the place of a provider only if none is configured, in whichever way. */
class SimulatorStandInTest {

    private final ScriptedProvider provider = ScriptedProvider.start();

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void keyInAFileAloneIsAProvider(@TempDir Path directory) throws Exception {
        Path key = Files.writeString(directory.resolve("key"), "key-from-file\n");

        try (RunningStore store = RunningStore.start(Map.of(
                "bookstore.llm.providers.anthropic.base-url",
                provider.uri() + "/v1",
                "bookstore.llm.providers.anthropic.api-key-file",
                key.toString()))) {
            JsonNode summary = summary(store);

            assertThat(store.store().standIns().llmSimulated()).isFalse();
            assertThat(summary.get("simulated").asBoolean()).isFalse();
            assertThat(provider.received().get(0).headers()).containsEntry("x-api-key", "key-from-file");
        }
    }

    @Test
    void bedrockWithAnAddressAndTheCredentialsOfAwsIsAProvider() {
        try (RunningStore store = RunningStore.start(Map.of(
                "bookstore.llm.provider",
                "bedrock",
                "bookstore.llm.providers.bedrock.base-url",
                provider.uri().toString()))) {
            JsonNode providers = json(store.get("/api/v1/Books/llm-providers"));

            assertThat(store.store().standIns().llmSimulated()).isFalse();
            assertThat(providers.get("availableProviders"))
                    .extracting(JsonNode::asText)
                    .containsExactly("bedrock");
        }
    }

    @Test
    void bedrockIsOffWithoutAnAddressWhateverKeyThereIs() {
        try (RunningStore store = RunningStore.start(Map.of("bookstore.llm.providers.bedrock.api-key", "test-key"))) {
            assertThat(store.store().standIns().llmSimulated()).isTrue();
        }
    }

    @Test
    void localServerNeedsItsAddressOnly() {
        try (RunningStore store = RunningStore.start(Map.of(
                "bookstore.llm.provider",
                "ollama",
                "bookstore.llm.providers.ollama.base-url",
                provider.uri().toString()))) {
            assertThat(store.store().standIns().llmSimulated()).isFalse();
        }
    }

    private static JsonNode summary(RunningStore store) {
        return json(store.post(store.addBook() + "/generate-summary", ""));
    }
}
