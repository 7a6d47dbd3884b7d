package io.bookstore.llm.langchain4j.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream that is closed in good order, but before its end, is no answer: finding 3, for every provider. */
class CutStreamsTest {

    private static final String OPENAI = """
            data: {"id":"1","object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":{"content":"\\"finish_reason\\":\\"stop\\""},"finish_reason":null}]}

            """;
    private static final String OPENAI_END = """
            data: {"id":"1","object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

            data: [DONE]

            """;
    private static final String OLLAMA = """
            {"model":"m","message":{"role":"assistant","content":"\\"done\\":true"},"done":false}
            """;
    private static final String OLLAMA_END = """
            {"model":"m","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop"}
            """;
    private static final String GEMINI = """
            data: {"candidates":[{"content":{"role":"model","parts":[{"text":"Once"}]},"index":0}],"modelVersion":"m"}

            """;
    private static final String GEMINI_END = """
            data: {"candidates":[{"content":{"role":"model","parts":[{"text":"."}]},"finishReason":"STOP","index":0}],"modelVersion":"m"}

            """;

    static Stream<Arguments> providers() {
        return Stream.of(
                Arguments.of("openai", OPENAI, OPENAI_END),
                Arguments.of("ollama", OLLAMA, OLLAMA_END),
                Arguments.of("gemini", GEMINI, GEMINI_END));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("providers")
    void streamWithoutItsEndIsAnErrorAndWithItAnAnswer(String provider, String piece, String end) throws Exception {
        Throwable cut = catchThrowable(() -> answer(provider, piece));

        assertThat(cut)
                .isInstanceOf(ExecutionException.class)
                .rootCause()
                .hasMessage("the provider's stream ended before its last event");
        assertThat(answer(provider, piece + end).aiMessage().text()).isNotEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"openai", "gemini", "anthropic"})
    void pageOfAGatewayInPlaceOfAStreamIsAnErrorAtOnce(String provider) {
        for (String page : List.of("<html>Bad gateway</html>", "{}", "")) {
            assertThat(catchThrowable(() -> answer(provider, page)))
                    .as(page)
                    .hasRootCauseInstanceOf(EmptyAnswerException.class);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("providers")
    void pieceThatWasCutInHalfIsAnErrorAndNotLeftOut(String provider, String piece, String end) {
        if (!provider.equals("ollama")) { // whose pieces are lines, which its own parser refuses
            String half = piece.substring(0, piece.length() / 2) + "\n\n";

            assertThat(catchThrowable(() -> answer(provider, piece + half + end)))
                    .rootCause()
                    .isInstanceOf(UnusableAnswerException.class)
                    .hasMessage("a piece of the provider's stream is not whole");
        }
    }

    private static ChatResponse answer(String provider, String body) throws Exception {
        String head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: " + body.length();
        CompletableFuture<ChatResponse> end = new CompletableFuture<>();
        try (MisbehavingServer server = new MisbehavingServer(MisbehavingServer.sayAndClose(head, body))) {
            model(provider, server.url().replace("/v1/messages", ""))
                    .chat(
                            ChatRequest.builder()
                                    .messages(UserMessage.from("hello"))
                                    .build(),
                            new Awaited(end));
            return end.get(2, TimeUnit.MINUTES);
        }
    }

    private static StreamingChatModel model(String provider, String url) {
        BoundedHttpClientBuilder http = PatientLimits.http();
        return switch (provider) {
            case "openai" ->
                OpenAiStreamingChatModel.builder()
                        .httpClientBuilder(http)
                        .baseUrl(url + "/v1")
                        .apiKey("none")
                        .modelName("m")
                        .build();
            case "anthropic" ->
                AnthropicStreamingChatModel.builder()
                        .httpClientBuilder(http)
                        .baseUrl(url + "/v1")
                        .apiKey("none")
                        .modelName("m")
                        .build();
            case "ollama" ->
                OllamaStreamingChatModel.builder()
                        .httpClientBuilder(http)
                        .baseUrl(url)
                        .modelName("m")
                        .build();
            default ->
                GoogleAiGeminiStreamingChatModel.builder()
                        .httpClientBuilder(http)
                        .baseUrl(url)
                        .apiKey("none")
                        .modelName("m")
                        .build();
        };
    }

    private record Awaited(CompletableFuture<ChatResponse> end) implements StreamingChatResponseHandler {

        @Override
        public void onPartialResponse(String text) {
            // Only the end matters here.
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            end.complete(response);
        }

        @Override
        public void onError(Throwable error) {
            end.completeExceptionally(error);
        }
    }
}
