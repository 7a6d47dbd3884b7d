package io.bookstore.simulator.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import io.bookstore.simulator.RawHttp;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.answer.Tokenizer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnthropicFormatTest {

    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));
    private static final RawHttp http = new RawHttp(server.baseUrl());

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void documentHasTheFieldsOfAMessage() throws Exception {
        String answer = http.post("/v1/messages", request("\"max_tokens\":5"), "x-request-id: golden");

        assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").containsPattern("request-id: req_01\\w{24}\r\n");
        assertThat(RawHttp.body(answer))
                .matches(
                        "\\{\"id\":\"msg_01\\w{24}\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-sonnet\","
                                + "\"content\":\\[\\{\"type\":\"text\",\"text\":\"[^\"]+\"}],\"stop_reason\":\"max_tokens\","
                                + "\"stop_sequence\":null,\"usage\":\\{\"input_tokens\":15,\"cache_creation_input_tokens\":0,"
                                + "\"cache_read_input_tokens\":0,\"cache_creation\":\\{\"ephemeral_5m_input_tokens\":0,"
                                + "\"ephemeral_1h_input_tokens\":0},\"output_tokens\":5}}");
    }

    @Test
    void tokensOfTheCountEndpointAreTokensOfTheUsage() throws Exception {
        String counted = http.post("/v1/messages/count_tokens", request("\"max_tokens\":5"));

        assertThat(RawHttp.body(counted)).isEqualTo("{\"input_tokens\":15}");
    }

    @Test
    void langChain4jReadsADocument() {
        AnthropicChatModel model = AnthropicChatModel.builder()
                .baseUrl(server.baseUrl() + "/v1")
                .apiKey("none")
                .modelName("claude-sonnet-4-5")
                .maxTokens(500)
                .build();

        ChatResponse response = model.chat(UserMessage.from("Title: Emma"));

        assertThat(response.aiMessage().text()).contains("Emma").endsWith(".");
        assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(response.tokenUsage().outputTokenCount())
                .isEqualTo(Tokenizer.count(response.aiMessage().text()));
    }

    @Test
    void langChain4jReadsAStream() throws Exception {
        AnthropicStreamingChatModel model = AnthropicStreamingChatModel.builder()
                .baseUrl(server.baseUrl() + "/v1")
                .apiKey("none")
                .modelName("claude-sonnet-4-5")
                .maxTokens(20)
                .build();
        CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
        StringBuilder parts = new StringBuilder();

        model.chat("Summarize \"Emma\" by Jane Austen", new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String part) {
                parts.append(part);
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                whole.complete(response);
            }

            @Override
            public void onError(Throwable error) {
                whole.completeExceptionally(error);
            }
        });
        ChatResponse response = whole.get(2, TimeUnit.MINUTES);

        assertThat(parts).hasToString(response.aiMessage().text());
        assertThat(response.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(response.tokenUsage().outputTokenCount()).isEqualTo(20);
    }

    @Test
    void langChain4jSeesARefusalAsSuch() {
        AnthropicChatModel model = AnthropicChatModel.builder()
                .baseUrl(server.baseUrl() + "/v1")
                .apiKey("none")
                .modelName("gpt-4o")
                .maxRetries(0)
                .build();

        assertThatThrownBy(() -> model.chat("Hello"))
                .isInstanceOf(LangChain4jException.class)
                .hasRootCauseInstanceOf(HttpException.class)
                .hasMessageContaining("\"type\":\"not_found_error\",\"message\":\"model: gpt-4o\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                              | 400 | invalid_request_error | model: Field required",
                "{\"model\":7}                                   | 400 | invalid_request_error | model: Input should"
                        + " be a valid string",
                "{\"model\":\"gpt\"}                             | 404 | not_found_error       | model: gpt",
                "{\"model\":\"claude\"}                          | 400 | invalid_request_error | max_tokens: Field"
                        + " required",
                "{\"model\":\"claude\",\"max_tokens\":0}         | 400 | invalid_request_error | max_tokens: Input"
                        + " should be greater than or equal to 1",
                "{\"model\":\"claude\",\"max_tokens\":\"9\"}     | 400 | invalid_request_error | max_tokens: Input"
                        + " should be a valid integer",
                "{\"model\":\"claude\",\"max_tokens\":64001}     | 400 | invalid_request_error | max_tokens: 64001 >"
                        + " 64000, which is the maximum allowed number of output tokens for claude",
                "{\"model\":\"claude\",\"max_tokens\":9}         | 400 | invalid_request_error | messages: Field"
                        + " required",
                "{\"model\":\"claude\",\"max_tokens\":9,\"stream\":1}       | 400 | invalid_request_error | stream:"
                        + " Input should be a valid boolean",
                "{\"model\":\"claude\",\"max_tokens\":9,\"messages\":{}}    | 400 | invalid_request_error | messages:"
                        + " Input should be a valid list",
                "{\"model\":\"claude\",\"max_tokens\":9,\"messages\":[]}    | 400 | invalid_request_error | messages:"
                        + " at least one message is required",
                "{\"model\":\"claude\",\"max_tokens\":9,\"messages\":[{\"role\":\"system\"}]} | 400 |"
                        + " invalid_request_error | messages.0.role: Input should be 'user' or 'assistant'",
                "{\"model\":\"claude\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\"}]}   | 400 |"
                        + " invalid_request_error | messages.0.content: Field required",
                "{\"model\":\"claude\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":4}]} | 400 |"
                        + " invalid_request_error | messages.0.content: Input should be a valid string or a valid list",
                "[]                                              | 400 | invalid_request_error | The request body is"
                        + " not a JSON object",
            })
    void badRequestGetsAnthropicsWords(String body, int status, String type, String message) throws Exception {
        String answer = http.post("/v1/messages", body);

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        assertThat(RawHttp.body(answer))
                .startsWith("{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\",\"message\":\"" + message
                        + "\"},\"request_id\":\"req_");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/messages", "/v1/messages/count_tokens"})
    void requestThatDoesNotSayItsVersionIsRefused(String path) throws Exception {
        byte[] request = RawHttp.requestWithoutKey("POST", path, request("\"max_tokens\":5"), "x-api-key: any");

        String answer = http.exchange(request);

        assertThat(answer)
                .startsWith("HTTP/1.1 400 ")
                .contains("\"type\":\"invalid_request_error\",\"message\":\"anthropic-version: header is required\"");
    }

    @Test
    void promptBeyondTheContextWindowIsRefused() throws Exception {
        String prompt = "word ".repeat(205_000);

        String answer = http.post(
                "/v1/messages",
                "{\"model\":\"claude\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"" + prompt
                        + "\"}]}");

        assertThat(answer)
                .startsWith("HTTP/1.1 400 ")
                .containsPattern("prompt is too long: 20\\d+ tokens > 200000 maximum");
    }

    private static String request(String fields) {
        return "{\"model\":\"claude-sonnet\"," + fields
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Summarize \\\"Emma\\\" by Jane Austen\"}]}";
    }
}
