package io.bookstore.simulator.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.journal.Attempt.Tokens;
import java.util.concurrent.TimeUnit;

/** The SDKs of Anthropic and OpenAI, whose answers are the same streamed and not. */
final class OfficialSdks {

    private OfficialSdks() {}

    static AnthropicClient anthropic(SimulatorServer server) {
        return AnthropicOkHttpClient.builder()
                .baseUrl(server.baseUrl().toString())
                .apiKey("any")
                .build();
    }

    static Message message(AnthropicClient client, MessageCreateParams params, boolean streaming) {
        if (!streaming) {
            return client.messages().create(params);
        }
        MessageAccumulator message = MessageAccumulator.create();
        try (var events = client.messages().createStreaming(params)) {
            events.stream().forEach(message::accumulate);
        }
        return message.message();
    }

    static OpenAIClient openAi(SimulatorServer server) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(server.baseUrl() + "/v1")
                .apiKey("any")
                .build();
    }

    static ChatCompletion chat(OpenAIClient client, ChatCompletionCreateParams.Builder params, boolean streaming) {
        if (!streaming) {
            return client.chat().completions().create(params.build());
        }
        ChatCompletionAccumulator chat = ChatCompletionAccumulator.create();
        params.streamOptions(
                ChatCompletionStreamOptions.builder().includeUsage(true).build());
        try (var chunks = client.chat().completions().createStreaming(params.build())) {
            chunks.stream().forEach(chat::accumulate);
        }
        return chat.chatCompletion();
    }

    static Response response(OpenAIClient client, ResponseCreateParams params, boolean streaming) {
        if (!streaming) {
            return client.responses().create(params);
        }
        ResponseAccumulator response = ResponseAccumulator.create();
        try (var events = client.responses().createStreaming(params)) {
            events.stream().forEach(response::accumulate);
        }
        return response.response();
    }

    /** Asserts that the usage of the last answer is that of the journal. */
    static void assertUsage(SimulatorServer server, long input, long output) {
        // An answer is in the journal a moment after its client has read it.
        await().atMost(2, TimeUnit.MINUTES)
                .untilAsserted(() -> assertThat(server.journal().attempts())
                        .last()
                        .satisfies(attempt -> assertThat(attempt.result().tokens())
                                .isEqualTo(new Tokens((int) input, (int) output))));
    }
}
