package io.bookstore.llm.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.models.messages.MessageCreateParams;
import com.google.genai.errors.ClientException;
import com.google.genai.errors.GenAiIOException;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** The official SDKs' exceptions, those of OpenAI and Anthropic as real clients throw them, by the status of the answer. */
class ProviderSdkErrorsTest {

    private static final Duration PATIENT = Duration.ofMinutes(2);

    @ParameterizedTest
    @CsvSource({
        "400, invalid_request",
        "401, authentication",
        "403, authentication",
        "404, not_found",
        "422, invalid_request",
        "429, rate_limited",
        "500, server_error",
        "503, overloaded",
        "529, overloaded"
    })
    void statusDecides(int status, String type) throws IOException {
        HttpServer provider = answering(status);
        try {
            String url = "http://127.0.0.1:" + provider.getAddress().getPort();

            assertThat(types(url, PATIENT)).containsExactly(type, type);
        } finally {
            provider.stop(0);
        }
        assertThat(type(new ClientException(status, "STATUS", "message"))).isEqualTo(type);
        assertThat(type(SdkServiceException.builder()
                        .message("message")
                        .statusCode(status)
                        .build()))
                .isEqualTo(type);
    }

    @Test
    void deadlineThatPassedIsATimeout() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + silent.getLocalPort();

            assertThat(types(url, Duration.ofMillis(300))).containsExactly("timeout", "timeout");
        }
        assertThat(type(ApiCallTimeoutException.create(300))).isEqualTo("timeout");
    }

    @Test
    void abortOfTheAwsSdkIsACancellation() {
        assertThat(type(AbortedException.create("Thread was interrupted"))).isEqualTo("cancelled");
    }

    @Test
    void exceptionWithoutAStatusIsWhatItsCauseSays() {
        assertThat(type(SdkServiceException.builder().message("no answer").build()))
                .isEqualTo("_OTHER");
        assertThat(type(SdkClientException.create("unreachable", new ConnectException("refused"))))
                .isEqualTo("network");
        assertThat(type(new GenAiIOException("unreachable", new ConnectException("refused"))))
                .isEqualTo("network");
    }

    private static HttpServer answering(int status) throws IOException {
        byte[] body = "{\"error\":{\"message\":\"no\"}}".getBytes(StandardCharsets.UTF_8);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    /** Shows how what OpenAI's and then Anthropic's client throws is classified. */
    private static List<String> types(String url, Duration timeout) {
        var openAi = OpenAIOkHttpClient.builder()
                .baseUrl(url)
                .apiKey("test")
                .maxRetries(0)
                .timeout(timeout)
                .build();
        var anthropic = AnthropicOkHttpClient.builder()
                .baseUrl(url)
                .apiKey("test")
                .maxRetries(0)
                .timeout(timeout)
                .build();
        try {
            Throwable byOpenAi = catchThrowable(() -> openAi.chat()
                    .completions()
                    .create(ChatCompletionCreateParams.builder()
                            .model("gpt-4o-mini")
                            .addUserMessage("hello")
                            .build()));
            Throwable byAnthropic = catchThrowable(() -> anthropic
                    .messages()
                    .create(MessageCreateParams.builder()
                            .model("claude-sonnet-4-5")
                            .maxTokens(10)
                            .addUserMessage("hello")
                            .build()));
            return List.of(type(byOpenAi), type(byAnthropic));
        } finally {
            openAi.close();
            anthropic.close();
        }
    }

    private static String type(Throwable error) {
        return ErrorType.of(error).wireName();
    }
}
