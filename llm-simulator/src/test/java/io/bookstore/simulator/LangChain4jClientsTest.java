package io.bookstore.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiResponsesChatModel;
import dev.langchain4j.model.openai.OpenAiResponsesStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import io.bookstore.simulator.answer.Tokenizer;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** LangChain4j's own clients, unchanged, cannot tell the simulator from the providers. */
class LangChain4jClientsTest {

    private static final int MAX_TOKENS = 20;

    private final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void documentIsReadWithItsUsage(Provider provider) {
        ChatResponse response = provider.chat(server).chat(request());

        assertThat(response.aiMessage().text()).contains("Emma");
        assertThat(response.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(response.tokenUsage().inputTokenCount()).isBetween(6, 20);
        assertThat(response.tokenUsage().outputTokenCount())
                .isEqualTo(MAX_TOKENS)
                .isEqualTo(Tokenizer.count(response.aiMessage().text()));
    }

    @ParameterizedTest
    @EnumSource
    void streamIsReadToItsEnd(Provider provider) throws Exception {
        CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
        StringBuilder parts = new StringBuilder();

        provider.streaming(server).chat(request(), new StreamingChatResponseHandler() {
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

        assertThat(parts).hasToString(response.aiMessage().text()).isNotEmpty();
        assertThat(response.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(response.tokenUsage().outputTokenCount()).isEqualTo(MAX_TOKENS);
    }

    @ParameterizedTest
    @EnumSource
    void journalNamesTheProvider(Provider provider) {
        provider.chat(server).chat(request());

        assertThat(server.journal().attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.asked().provider()).isEqualTo(provider.journalName()));
    }

    @Test
    void invalidRequestIsKnownAsSuch() {
        ChatModel model = OpenAiChatModel.builder()
                .baseUrl(server.baseUrl() + "/v1")
                .apiKey("none")
                .modelName("gpt-4o-mini")
                .maxCompletionTokens(0)
                .maxRetries(0)
                .build();

        assertThatThrownBy(() -> model.chat("Hello"))
                .isInstanceOf(InvalidRequestException.class)
                .isInstanceOf(LangChain4jException.class)
                .hasMessageContaining("Expected a value >= 1, but got 0 instead.");
    }

    @ParameterizedTest
    @ValueSource(ints = {1_536, 256})
    void embeddingsAreUnitVectorsThatDependOnTheText(int dimensions) {
        OpenAiEmbeddingModel model = OpenAiEmbeddingModel.builder()
                .baseUrl(server.baseUrl() + "/v1")
                .apiKey("none")
                .modelName("text-embedding-3-small")
                .dimensions(dimensions)
                .build();

        float[] emma = model.embed("Emma").content().vector();
        float[] again = model.embed("Emma").content().vector();
        float[] other = model.embed("Persuasion").content().vector();

        double square = 0;
        for (float value : emma) {
            square += value * value;
        }
        assertThat(emma).hasSize(dimensions).isEqualTo(again).isNotEqualTo(other);
        assertThat(square).isBetween(0.999, 1.001);
    }

    private static ChatRequest request() {
        return ChatRequest.builder()
                .messages(UserMessage.from("Summarize \"Emma\" by Jane Austen"))
                .maxOutputTokens(MAX_TOKENS)
                .build();
    }

    enum Provider {
        ANTHROPIC {
            @Override
            ChatModel chat(SimulatorServer server) {
                return AnthropicChatModel.builder()
                        .baseUrl(server.baseUrl() + "/v1")
                        .apiKey("none")
                        .modelName("claude-sonnet-4-5")
                        .maxRetries(0)
                        .build();
            }

            @Override
            StreamingChatModel streaming(SimulatorServer server) {
                return AnthropicStreamingChatModel.builder()
                        .baseUrl(server.baseUrl() + "/v1")
                        .apiKey("none")
                        .modelName("claude-sonnet-4-5")
                        .build();
            }
        },
        OPENAI {
            @Override
            ChatModel chat(SimulatorServer server) {
                return OpenAiChatModel.builder()
                        .baseUrl(server.baseUrl() + "/v1")
                        .apiKey("none")
                        .modelName("gpt-4o-mini")
                        .maxRetries(0)
                        .build();
            }

            @Override
            StreamingChatModel streaming(SimulatorServer server) {
                return OpenAiStreamingChatModel.builder()
                        .baseUrl(server.baseUrl() + "/v1")
                        .apiKey("none")
                        .modelName("gpt-4o-mini")
                        .build();
            }
        },
        OPENAI_RESPONSES {
            @Override
            ChatModel chat(SimulatorServer server) {
                return OpenAiResponsesChatModel.builder()
                        .baseUrl(server.baseUrl() + "/v1")
                        .apiKey("none")
                        .modelName("gpt-4o-mini")
                        .build();
            }

            @Override
            StreamingChatModel streaming(SimulatorServer server) {
                return OpenAiResponsesStreamingChatModel.builder()
                        .baseUrl(server.baseUrl() + "/v1")
                        .apiKey("none")
                        .modelName("gpt-4o-mini")
                        .build();
            }

            @Override
            String journalName() {
                return "openai";
            }
        },
        OLLAMA {
            @Override
            ChatModel chat(SimulatorServer server) {
                return OllamaChatModel.builder()
                        .baseUrl(server.baseUrl().toString())
                        .modelName("llama3.2")
                        .maxRetries(0)
                        .build();
            }

            @Override
            StreamingChatModel streaming(SimulatorServer server) {
                return OllamaStreamingChatModel.builder()
                        .baseUrl(server.baseUrl().toString())
                        .modelName("llama3.2")
                        .build();
            }
        },
        GEMINI {
            @Override
            ChatModel chat(SimulatorServer server) {
                return GoogleAiGeminiChatModel.builder()
                        .baseUrl(server.baseUrl() + "/v1beta")
                        .apiKey("none")
                        .modelName("gemini-2.5-flash")
                        .maxRetries(0)
                        .build();
            }

            @Override
            StreamingChatModel streaming(SimulatorServer server) {
                return GoogleAiGeminiStreamingChatModel.builder()
                        .baseUrl(server.baseUrl() + "/v1beta")
                        .apiKey("none")
                        .modelName("gemini-2.5-flash")
                        .build();
            }
        };

        String journalName() {
            return name().toLowerCase(Locale.ROOT);
        }

        abstract ChatModel chat(SimulatorServer server);

        abstract StreamingChatModel streaming(SimulatorServer server);

        /** Sends a request, and waits for the whole answer. */
        ChatResponse send(SimulatorServer server, boolean streaming, ChatRequest request) throws Exception {
            if (!streaming) {
                return chat(server).chat(request);
            }
            CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
            streaming(server).chat(request, new StreamingChatResponseHandler() {
                @Override
                public void onPartialResponse(String part) {}

                @Override
                public void onCompleteResponse(ChatResponse response) {
                    whole.complete(response);
                }

                @Override
                public void onError(Throwable error) {
                    whole.completeExceptionally(error);
                }
            });
            return whole.get(2, TimeUnit.MINUTES);
        }
    }
}
