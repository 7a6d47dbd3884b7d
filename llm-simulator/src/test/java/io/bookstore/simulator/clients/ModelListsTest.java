package io.bookstore.simulator.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.models.models.ModelInfo;
import com.google.genai.Client;
import com.google.genai.types.GetModelConfig;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.models.Model;
import io.bookstore.simulator.RawHttp;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three providers share the path of the list of models, and each client gets its own provider's. */
class ModelListsTest {

    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));
    private static final RawHttp http = new RawHttp(server.baseUrl());

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void anthropicsClientReadsItsModels() {
        AnthropicClient client = AnthropicOkHttpClient.builder()
                .baseUrl(server.baseUrl().toString())
                .apiKey("any")
                .build();

        assertThat(client.models().list().data())
                .extracting(ModelInfo::id, ModelInfo::displayName)
                .contains(org.assertj.core.groups.Tuple.tuple("claude-sonnet-4-5", "Claude Sonnet 4.5"));
        assertThat(client.models().retrieve("claude-haiku-4-5-20251001").displayName())
                .isEqualTo("Claude Haiku 4.5");
        assertThatThrownBy(() -> client.models().retrieve("gpt-4o-mini"))
                .isInstanceOf(com.anthropic.errors.NotFoundException.class)
                .hasMessageContaining("model: gpt-4o-mini");
    }

    @Test
    void openAisClientReadsItsModels() {
        OpenAIClient client = OpenAIOkHttpClient.builder()
                .baseUrl(server.baseUrl() + "/v1")
                .apiKey("any")
                .build();

        assertThat(client.models().list().data()).extracting(Model::id).contains("gpt-4o-mini");
        assertThat(client.models().retrieve("gpt-4o").id()).isEqualTo("gpt-4o");
        assertThatThrownBy(() -> client.models().retrieve("unknown-model"))
                .isInstanceOf(com.openai.errors.NotFoundException.class)
                .hasMessageContaining("The model `unknown-model` does not exist");
    }

    @Test
    void googlesClientReadsItsModels() {
        try (Client client = GeminiClient.sdk(server.baseUrl())) {
            GetModelConfig config = GetModelConfig.builder().build();

            assertThat(client.models.get("gemini-2.5-flash", config).inputTokenLimit())
                    .contains(1_048_576);
            assertThatThrownBy(() -> client.models.get("claude-sonnet-4-5", config))
                    .hasMessageContaining("models/claude-sonnet-4-5 is not found");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET /v1/models?limit=2        | x-api-key: any                                 | anthropic-version: header is required
            GET /v1/models                | anthropic-version: 2023-06-01                  | "type":"authentication_error"
            GET /v1/models                | authorization: Bearer any                      | {"object":"list","data":[{"id":"gpt-4o-mini"
            GET /v1/models                | x-none: any                                    | "type":"invalid_request_error"
            GET /v1/models/gpt-4o-mini    | authorization: Bearer any                      | {"id":"gpt-4o-mini","object":"model"
            GET /openai/v1/models/mine    | api-key: any                                   | {"id":"mine","object":"model"
            GET /v1/models?key=any        | x-none: any                                    | {"models":[{"name":"models/gemini-2.5-flash"
            GET /v1beta/models            | x-goog-api-key: any                            | {"models":[{"name":"models/gemini-2.5-flash"
            GET /v1/models/gemma-3        | x-goog-api-key: any                            | "name":"models/gemma-3"
            DELETE /v1/models/gpt-4o-mini | authorization: Bearer any                      | "code":"method_not_supported"
            GET /v1/nothing               | x-api-key: any                                 | "type":"not_found_error"
            GET /v1/nothing               | authorization: Bearer any                      | Invalid URL (GET /v1/nothing)
            """)
    void headersTellThePathsOwner(String request, String header, String answer) throws IOException {
        String[] parts = request.split(" ");

        assertThat(http.exchange(RawHttp.requestWithoutKey(parts[0], parts[1], "", header)))
                .contains(answer);
    }
}
