package io.bookstore.simulator.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.models.messages.MessageCreateParams;
import com.google.genai.Client;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.Schema;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.responses.ResponseCreateParams;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.OutputFormatStructure;

/** The providers' own clients read structured output into their own types. */
class OfficialStructuredOutputTest {

    /** The book that the clients of Anthropic and OpenAI make a schema of. */
    public static final class Book {
        public String title;
        public int stars;
    }

    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void anthropics() {
        com.anthropic.client.AnthropicClient client = AnthropicOkHttpClient.builder()
                .baseUrl(server.baseUrl().toString())
                .apiKey("any")
                .build();

        Book book = client.messages()
                .create(MessageCreateParams.builder()
                        .model("claude-sonnet-4-5")
                        .maxTokens(500)
                        .addUserMessage("Emma")
                        .outputConfig(Book.class)
                        .build())
                .content()
                .get(0)
                .asText()
                .text();

        assertThat(book.title).isNotNull();
    }

    @Test
    void openAis() {
        OpenAIClient client = OpenAIOkHttpClient.builder()
                .baseUrl(server.baseUrl() + "/v1")
                .apiKey("any")
                .build();

        Book chat = client.chat()
                .completions()
                .create(ChatCompletionCreateParams.builder()
                        .model("gpt-4o")
                        .addUserMessage("Emma")
                        .responseFormat(Book.class)
                        .build())
                .choices()
                .get(0)
                .message()
                .content()
                .orElseThrow();
        Book response = client.responses()
                .create(ResponseCreateParams.builder()
                        .model("gpt-4o")
                        .input("Emma")
                        .text(Book.class)
                        .build())
                .output()
                .get(0)
                .asMessage()
                .content()
                .get(0)
                .asOutputText();

        assertThat(chat.title).isNotNull();
        assertThat(response.title).isNotNull();
    }

    @Test
    void googles() {
        try (Client client = GeminiClient.sdk(server.baseUrl())) {
            String text = client.models
                    .generateContent(
                            "gemini-2.5-flash",
                            "Emma",
                            GenerateContentConfig.builder()
                                    .responseMimeType("application/json")
                                    .responseSchema(Schema.builder()
                                            .type("OBJECT")
                                            .properties(Map.of(
                                                    "stars",
                                                    Schema.builder()
                                                            .type("INTEGER")
                                                            .build()))
                                            .required("stars")
                                            .build())
                                    .build())
                    .text();

            assertThat(text).matches("\\{\"stars\":[0-9]+}");
        }
    }

    @Test
    void awss() {
        try (BedrockRuntimeClient client = BedrockRuntimeClient.builder()
                .httpClientBuilder(BedrockClient.patient())
                .endpointOverride(server.baseUrl())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .build()) {
            String text = client.converse(request -> request.modelId("us.anthropic.claude-sonnet-4-5-20250929-v1:0")
                            .messages(message -> message.role("user").content(ContentBlock.fromText("Emma")))
                            .outputConfig(config -> config.textFormat(format -> format.type("json_schema")
                                    .structure(OutputFormatStructure.fromJsonSchema(schema -> schema.name("book")
                                            .schema("{\"type\":\"object\",\"properties\":{\"stars\":{\"type\":"
                                                    + "\"integer\"}},\"required\":[\"stars\"],"
                                                    + "\"additionalProperties\":false}"))))))
                    .output()
                    .message()
                    .content()
                    .get(0)
                    .text();

            assertThat(text).matches("\\{\"stars\":[0-9]+}");
        }
    }
}
