package io.bookstore.api.llm.provider;

import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.bookstore.api.llm.call.LlmConfig;
import io.bookstore.api.llm.call.RequestKey;
import io.bookstore.llm.langchain4j.http.BoundedHttpClientBuilder;
import io.bookstore.llm.langchain4j.http.HttpLimits;
import io.micronaut.scheduling.TaskExecutors;
import io.opentelemetry.api.OpenTelemetry;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;

/**
 * Builds the LangChain4j client of each kind of provider.
 *
 * <p>Retries of the library are off everywhere: they ignore {@code Retry-After} and know no deadline.
 */
@Singleton
public final class ChatClients {

    // A summary has a few kilobytes; what is longer is none.
    static final long MAX_ANSWER_BYTES = 1 << 20;

    private final LlmConfig config;
    private final BedrockClients bedrock;
    private final ExecutorService executor;
    private final OpenTelemetry openTelemetry;

    ChatClients(
            LlmConfig config,
            BedrockClients bedrock,
            @Named(TaskExecutors.BLOCKING) ExecutorService executor,
            OpenTelemetry openTelemetry) {
        this.openTelemetry = openTelemetry;
        this.config = config;
        this.bedrock = bedrock;
        this.executor = executor;
    }

    public ChatClient of(ProviderConfig provider) {
        if (provider.kind() == ProviderKind.BEDROCK) {
            return bedrock.of(provider);
        }
        return config.stream() ? streaming(provider) : whole(provider);
    }

    private HttpClientBuilder http() {
        // On 21 and later these are virtual threads: a thousand streams are a thousand readers.
        return BoundedHttpClientBuilder.create(
                        HttpLimits.defaults().withDeadline(config.deadline()).withMaxAnswerBytes(MAX_ANSWER_BYTES))
                .executor(executor)
                .openTelemetry(openTelemetry);
    }

    private ChatClient streaming(ProviderConfig provider) {
        return ChatClient.streaming(
                switch (provider.kind()) {
                    case ANTHROPIC ->
                        AnthropicStreamingChatModel.builder()
                                .httpClientBuilder(http())
                                .customHeaders(RequestKey::headers)
                                .baseUrl(provider.baseUrl())
                                .apiKey(provider.apiKey())
                                .modelName(provider.model())
                                .timeout(config.deadline())
                                .build();
                    case OPENAI, OPENAI_COMPATIBLE ->
                        OpenAiStreamingChatModel.builder()
                                .httpClientBuilder(http())
                                .customHeaders(RequestKey::headers)
                                .baseUrl(provider.baseUrl())
                                .apiKey(provider.apiKey())
                                .modelName(provider.model())
                                .timeout(config.deadline())
                                .build();
                    case OLLAMA ->
                        OllamaStreamingChatModel.builder()
                                .httpClientBuilder(http())
                                .customHeaders(RequestKey::headers)
                                .baseUrl(provider.baseUrl())
                                .modelName(provider.model())
                                .timeout(config.deadline())
                                .build();
                    case BEDROCK -> throw ofAws();
                    case GEMINI ->
                        GoogleAiGeminiStreamingChatModel.builder()
                                .httpClientBuilder(http())
                                .customHeaders(RequestKey::headers)
                                .baseUrl(provider.baseUrl())
                                .apiKey(provider.apiKey())
                                .modelName(provider.model())
                                .timeout(config.deadline())
                                .build();
                });
    }

    private ChatClient whole(ProviderConfig provider) {
        return ChatClient.whole(
                executor,
                switch (provider.kind()) {
                    case ANTHROPIC ->
                        AnthropicChatModel.builder()
                                .httpClientBuilder(http())
                                .customHeaders(RequestKey::headers)
                                .baseUrl(provider.baseUrl())
                                .apiKey(provider.apiKey())
                                .modelName(provider.model())
                                .timeout(config.deadline())
                                .maxRetries(0)
                                .build();
                    case OPENAI, OPENAI_COMPATIBLE ->
                        OpenAiChatModel.builder()
                                .httpClientBuilder(http())
                                .customHeaders(RequestKey::headers)
                                .baseUrl(provider.baseUrl())
                                .apiKey(provider.apiKey())
                                .modelName(provider.model())
                                .timeout(config.deadline())
                                .maxRetries(0)
                                .build();
                    case OLLAMA ->
                        OllamaChatModel.builder()
                                .httpClientBuilder(http())
                                .customHeaders(RequestKey::headers)
                                .baseUrl(provider.baseUrl())
                                .modelName(provider.model())
                                .timeout(config.deadline())
                                .maxRetries(0)
                                .build();
                    case BEDROCK -> throw ofAws();
                    case GEMINI ->
                        GoogleAiGeminiChatModel.builder()
                                .httpClientBuilder(http())
                                .customHeaders(RequestKey::headers)
                                .baseUrl(provider.baseUrl())
                                .apiKey(provider.apiKey())
                                .modelName(provider.model())
                                .timeout(config.deadline())
                                .maxRetries(0)
                                .build();
                });
    }

    private static IllegalStateException ofAws() {
        return new IllegalStateException("Bedrock is asked through the AWS SDK");
    }
}
