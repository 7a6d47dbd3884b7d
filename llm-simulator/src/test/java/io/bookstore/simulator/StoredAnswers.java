package io.bookstore.simulator;

import com.openai.client.OpenAIClient;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;

/** Requests for responses that are kept, and what they are billed. */
final class StoredAnswers {

    private StoredAnswers() {}

    static ResponseCreateParams.Builder params(String input) {
        return ResponseCreateParams.builder().model("gpt-4o-mini").input(input);
    }

    static Response create(OpenAIClient client, ResponseCreateParams.Builder params) {
        return client.responses().create(params.build());
    }

    static long inputTokens(Response response) {
        return response.usage().orElseThrow().inputTokens();
    }

    static long outputTokens(Response response) {
        return response.usage().orElseThrow().outputTokens();
    }
}
