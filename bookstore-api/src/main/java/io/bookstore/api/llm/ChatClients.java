package io.bookstore.api.llm;

import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.util.function.Supplier;

/**
 * Builds the LangChain4j client of each kind of provider.
 *
 * <p>Retries of the library are off everywhere: they ignore {@code Retry-After} and know no deadline.
 */
final class ChatClients {

    private final LlmConfig config;
    private final Supplier<HttpClientBuilder> http;

    ChatClients(LlmConfig config, Supplier<HttpClientBuilder> http) {
        this.config = config;
        this.http = http;
    }

    ChatClient of(ProviderConfig provider) {
        return config.stream() ? streaming(provider) : whole(provider);
    }

    private ChatClient streaming(ProviderConfig provider) {
        return ChatClient.streaming(
                switch (provider.kind()) {
                    case ANTHROPIC ->
                        AnthropicStreamingChatModel.builder()
                                .httpClientBuilder(http.get())
                                .customHeaders(RequestKey::headers)
                                .baseUrl(provider.baseUrl())
                                .apiKey(provider.apiKey())
                                .modelName(provider.model())
                                .maxTokens(config.maxOutputTokens())
                                .temperature(config.temperature())
                                .timeout(config.deadline())
                                .build();
                    case OPENAI, OPENAI_COMPATIBLE ->
                        OpenAiStreamingChatModel.builder()
                                .httpClientBuilder(http.get())
                                .customHeaders(RequestKey::headers)
                                .baseUrl(provider.baseUrl())
                                .apiKey(provider.apiKey())
                                .modelName(provider.model())
                                .maxTokens(config.maxOutputTokens())
                                .temperature(config.temperature())
                                .timeout(config.deadline())
                                .build();
                    case OLLAMA ->
                        OllamaStreamingChatModel.builder()
                                .httpClientBuilder(http.get())
                                .customHeaders(RequestKey::headers)
                                .baseUrl(provider.baseUrl())
                                .modelName(provider.model())
                                .numPredict(config.maxOutputTokens())
                                .temperature(config.temperature())
                                .timeout(config.deadline())
                                .build();
                    case GEMINI ->
                        GoogleAiGeminiStreamingChatModel.builder()
                                .httpClientBuilder(http.get())
                                .customHeaders(RequestKey::headers)
                                .baseUrl(provider.baseUrl())
                                .apiKey(provider.apiKey())
                                .modelName(provider.model())
                                .maxOutputTokens(config.maxOutputTokens())
                                .temperature(config.temperature())
                                .timeout(config.deadline())
                                .build();
                });
    }

    private ChatClient whole(ProviderConfig provider) {
        return ChatClient.whole(
                switch (provider.kind()) {
                    case ANTHROPIC ->
                        AnthropicChatModel.builder()
                                .httpClientBuilder(http.get())
                                .customHeaders(RequestKey::headers)
                                .baseUrl(provider.baseUrl())
                                .apiKey(provider.apiKey())
                                .modelName(provider.model())
                                .maxTokens(config.maxOutputTokens())
                                .temperature(config.temperature())
                                .timeout(config.deadline())
                                .maxRetries(0)
                                .build();
                    case OPENAI, OPENAI_COMPATIBLE ->
                        OpenAiChatModel.builder()
                                .httpClientBuilder(http.get())
                                .customHeaders(RequestKey::headers)
                                .baseUrl(provider.baseUrl())
                                .apiKey(provider.apiKey())
                                .modelName(provider.model())
                                .maxTokens(config.maxOutputTokens())
                                .temperature(config.temperature())
                                .timeout(config.deadline())
                                .maxRetries(0)
                                .build();
                    case OLLAMA ->
                        OllamaChatModel.builder()
                                .httpClientBuilder(http.get())
                                .customHeaders(RequestKey::headers)
                                .baseUrl(provider.baseUrl())
                                .modelName(provider.model())
                                .numPredict(config.maxOutputTokens())
                                .temperature(config.temperature())
                                .timeout(config.deadline())
                                .maxRetries(0)
                                .build();
                    case GEMINI ->
                        GoogleAiGeminiChatModel.builder()
                                .httpClientBuilder(http.get())
                                .customHeaders(RequestKey::headers)
                                .baseUrl(provider.baseUrl())
                                .apiKey(provider.apiKey())
                                .modelName(provider.model())
                                .maxOutputTokens(config.maxOutputTokens())
                                .temperature(config.temperature())
                                .timeout(config.deadline())
                                .maxRetries(0)
                                .build();
                });
    }
}
