package io.bookstore.llm.openai;

import static io.bookstore.llm.SpanReader.attributes;
import static io.bookstore.llm.SpanReader.onlySpan;
import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.sun.net.httpserver.HttpServer;
import io.bookstore.llm.GenAiTelemetry;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Streams of a request for two choices: only what ends both, or says that nothing follows, is a whole answer. */
class OpenAiChoicesTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    private static final String FIRST =
            chunk("[{\"index\":0,\"delta\":{\"content\":\"one\"},\"finish_reason\":\"stop\"}]");
    private static final String SECOND =
            chunk("[{\"index\":1,\"delta\":{\"content\":\"two\"},\"finish_reason\":\"length\"}]");
    private static final String TOKENS = chunk("[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":2}");

    private HttpServer http;
    private OpenAIClient bare;

    @BeforeEach
    void start() throws Exception {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.start();
        bare = OpenAIOkHttpClient.builder()
                .baseUrl("http://127.0.0.1:" + http.getAddress().getPort())
                .apiKey("none")
                .maxRetries(0)
                .build();
    }

    @AfterEach
    void stop() {
        bare.close();
        http.stop(0);
    }

    @Test
    void streamCutAfterItsFirstChoiceIsAFailureOfTheNetwork() {
        read(FIRST);

        assertThat(attributes(onlySpan(otel))).containsEntry("error.type", "network");
    }

    @Test
    void streamIsWholeOnceAllChoicesHaveEnded() {
        read(FIRST + SECOND);

        assertThat(attributes(onlySpan(otel)))
                .containsEntry("llm.outcome", "completed")
                .containsEntry("gen_ai.response.finish_reasons", List.of("stop", "length"));
    }

    @Test
    void serverThatGivesOneChoiceOnlyIsWholeWithItsTokens() {
        read(FIRST + TOKENS + "data: [DONE]\n\n");

        assertThat(attributes(onlySpan(otel)))
                .containsEntry("llm.outcome", "completed")
                .containsEntry("gen_ai.usage.output_tokens", 2L);
    }

    @Test
    void tokensDoNotMakeAChoiceWholeThatHasNotEnded() {
        read(FIRST + chunk("[{\"index\":1,\"delta\":{\"content\":\"tw\"}}]") + TOKENS);

        assertThat(attributes(onlySpan(otel))).containsEntry("error.type", "network");
    }

    private void read(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        http.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        OpenAIClient client = InstrumentedOpenAi.wrap(bare, GenAiTelemetry.create(otel.getOpenTelemetry()));
        try (StreamResponse<ChatCompletionChunk> stream = client.chat()
                .completions()
                .createStreaming(SdkCall.chat().toBuilder().n(2).build())) {
            assertThat(stream.stream()).isNotEmpty();
        }
    }

    private static String chunk(String choices) {
        return "data: {\"id\":\"c\",\"model\":\"m\",\"choices\":" + choices + "}\n\n";
    }
}
