package io.bookstore.api.llm.provider;

import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import io.bookstore.api.llm.call.RequestKey;

/** Ollama's chat, which needs no key. */
final class OllamaClient implements ProviderClient {

    @Override
    public ChatClient streaming(ProviderConfig provider, ChatClients parts) {
        return ChatClient.streaming(OllamaStreamingChatModel.builder()
                .httpClientBuilder(parts.http())
                .customHeaders(RequestKey::headers)
                .baseUrl(provider.baseUrl())
                .modelName(provider.model())
                .timeout(parts.deadline())
                .build());
    }

    @Override
    public ChatClient whole(ProviderConfig provider, ChatClients parts) {
        return parts.whole(OllamaChatModel.builder()
                .httpClientBuilder(parts.http())
                .customHeaders(RequestKey::headers)
                .baseUrl(provider.baseUrl())
                .modelName(provider.model())
                .timeout(parts.deadline())
                .maxRetries(0)
                .build());
    }
}
