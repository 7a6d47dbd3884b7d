package io.bookstore.api.llm;

import dev.langchain4j.http.client.HttpClientBuilderLoader;
import jakarta.inject.Singleton;

/** Placeholder for the HTTP client of the instrumentation module. */
@Singleton
record ChatClientsFactory(LlmConfig config) {

    ChatClients clients() {
        return new ChatClients(config, HttpClientBuilderLoader::loadHttpClientBuilder);
    }
}
