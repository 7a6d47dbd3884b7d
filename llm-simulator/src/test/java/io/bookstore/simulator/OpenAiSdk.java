package io.bookstore.simulator;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;

/** OpenAI's official client. */
final class OpenAiSdk {

    private OpenAiSdk() {}

    /** A client that asks once, and refuses an answer that is not in OpenAI's own shape. */
    static OpenAIClient of(SimulatorServer server) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(server.baseUrl() + "/v1")
                .apiKey("any")
                .maxRetries(0)
                .responseValidation(true)
                .build();
    }
}
