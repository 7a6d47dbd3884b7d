package io.bookstore.api.llm.provider;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import io.bookstore.api.llm.call.LlmFailure;
import io.bookstore.api.llm.call.RequestKey;
import org.jspecify.annotations.Nullable;

/** Anthropic's Messages. */
final class AnthropicClient implements ProviderClient {

    @Override
    public ChatClient streaming(ProviderConfig provider, ChatClients parts) {
        return ChatClient.streaming(AnthropicStreamingChatModel.builder()
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
        return parts.whole(AnthropicChatModel.builder()
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
        return switch (status) {
            // Anthropic's own: the provider as a whole is overloaded.
            case 529 -> LlmFailure.OVERLOADED;
            case 400 -> body.contains("credit balance is too low") ? LlmFailure.QUOTA_EXHAUSTED : null;
            case 429 ->
                body.contains("spend_limit") || body.contains("spend limit") ? LlmFailure.QUOTA_EXHAUSTED : null;
            default -> null;
        };
    }
}
