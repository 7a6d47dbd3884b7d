package io.bookstore.simulator.clients;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import java.net.URI;
import java.util.stream.Collectors;

/** com.openai:openai-java, responses. Every field of what it reads is validated. */
final class OpenAiResponsesClient implements OfficialClient {

    private final OpenAIClient client;

    OpenAiResponsesClient(URI server) {
        client = OpenAIOkHttpClient.builder()
                .baseUrl(server + "/v1")
                .apiKey("any")
                .maxRetries(0)
                .responseValidation(true)
                .build();
    }

    @Override
    public Reply document(String prompt, int maxTokens) {
        return reply(client.responses().create(params(prompt, maxTokens)));
    }

    @Override
    public Reply stream(String prompt, int maxTokens) {
        ResponseAccumulator response = ResponseAccumulator.create();
        try (StreamResponse<ResponseStreamEvent> events =
                client.responses().createStreaming(params(prompt, maxTokens))) {
            events.stream().forEach(event -> {
                // The client hands errors on as events and leaves it to its user what they are.
                event.error().ifPresent(error -> {
                    throw new IllegalStateException(error.message());
                });
                response.accumulate(event);
            });
        }
        return reply(response.response());
    }

    @Override
    public void close() {
        client.close();
    }

    private static ResponseCreateParams params(String prompt, int maxTokens) {
        return ResponseCreateParams.builder()
                .model("gpt-4o-mini")
                .maxOutputTokens(maxTokens)
                .input(prompt)
                .build();
    }

    private static Reply reply(Response response) {
        return new Reply(
                response.output().stream()
                        .flatMap(item -> item.asMessage().content().stream())
                        .map(part -> part.asOutputText().text())
                        .collect(Collectors.joining()),
                response.incompleteDetails()
                        .flatMap(Response.IncompleteDetails::reason)
                        .map(reason -> reason.asString())
                        .orElseGet(() -> response.status().orElseThrow().asString()),
                response.usage().orElseThrow().inputTokens(),
                response.usage().orElseThrow().outputTokens());
    }
}
