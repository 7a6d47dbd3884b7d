package io.bookstore.api.llm.provider;

import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.bookstore.api.llm.call.LlmFailure;
import io.bookstore.api.llm.call.RequestKey;
import org.jspecify.annotations.Nullable;

/** OpenAI's chat completions, which LM Studio, vLLM and Azure speak too. */
final class OpenAiClient implements ProviderClient {

    @Override
    public ChatClient streaming(ProviderConfig provider, ChatClients parts) {
        return ChatClient.streaming(OpenAiStreamingChatModel.builder()
                .httpClientBuilder(parts.http())
                .customHeaders(RequestKey::headers)
                .baseUrl(provider.baseUrl())
                .apiKey(provider.apiKey())
                .modelName(provider.model())
                .timeout(parts.deadline())
                .build());
    }

    @Override
    public ChatClient whole(ProviderConfig provider, ChatClients parts) {
        return parts.whole(OpenAiChatModel.builder()
                .httpClientBuilder(parts.http())
                .customHeaders(RequestKey::headers)
                .baseUrl(provider.baseUrl())
                .apiKey(provider.apiKey())
                .modelName(provider.model())
                .timeout(parts.deadline())
                .maxRetries(0)
                .build());
    }

    @Override
    public @Nullable LlmFailure failureOf(int status, String body) {
        return status == 429 && body.contains("insufficient_quota") ? LlmFailure.QUOTA_EXHAUSTED : null;
    }
}
