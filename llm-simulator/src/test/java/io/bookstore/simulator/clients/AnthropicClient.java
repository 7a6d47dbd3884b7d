package io.bookstore.simulator.clients;

import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import java.net.URI;
import java.util.stream.Collectors;

/** com.anthropic:anthropic-java. */
final class AnthropicClient implements OfficialClient {

    private final com.anthropic.client.AnthropicClient client;

    AnthropicClient(URI server) {
        client = AnthropicOkHttpClient.builder()
                .baseUrl(server.toString())
                .apiKey("any")
                .maxRetries(0)
                .build();
    }

    @Override
    public Reply document(String prompt, int maxTokens) {
        return reply(client.messages().create(params(prompt, maxTokens)));
    }

    @Override
    public Reply stream(String prompt, int maxTokens) {
        MessageAccumulator message = MessageAccumulator.create();
        try (StreamResponse<RawMessageStreamEvent> events =
                client.messages().createStreaming(params(prompt, maxTokens))) {
            events.stream().forEach(message::accumulate);
        }
        return reply(message.message());
    }

    @Override
    public void close() {
        client.close();
    }

    private static MessageCreateParams params(String prompt, int maxTokens) {
        return MessageCreateParams.builder()
                .model("claude-sonnet-4-5")
                .maxTokens(maxTokens)
                .addUserMessage(prompt)
                .build();
    }

    private static Reply reply(Message message) {
        return new Reply(
                message.content().stream().map(block -> block.asText().text()).collect(Collectors.joining()),
                message.stopReason().orElseThrow().asString(),
                message.usage().inputTokens(),
                message.usage().outputTokens());
    }
}
