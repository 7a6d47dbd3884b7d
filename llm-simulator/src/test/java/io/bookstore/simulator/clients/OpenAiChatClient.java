package io.bookstore.simulator.clients;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import java.net.URI;

/** com.openai:openai-java, chat completions. */
final class OpenAiChatClient implements OfficialClient {

    private final OpenAIClient client;

    OpenAiChatClient(URI server) {
        client = OpenAIOkHttpClient.builder()
                .baseUrl(server + "/v1")
                .apiKey("any")
                .maxRetries(0)
                .build();
    }

    @Override
    public Reply document(String prompt, int maxTokens) {
        return reply(
                client.chat().completions().create(params(prompt, maxTokens).build()));
    }

    @Override
    public Reply stream(String prompt, int maxTokens) {
        ChatCompletionAccumulator completion = ChatCompletionAccumulator.create();
        ChatCompletionCreateParams params = params(prompt, maxTokens)
                .streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build();
        try (StreamResponse<ChatCompletionChunk> chunks =
                client.chat().completions().createStreaming(params)) {
            chunks.stream().forEach(completion::accumulate);
        }
        return reply(completion.chatCompletion());
    }

    @Override
    public void close() {
        client.close();
    }

    private static ChatCompletionCreateParams.Builder params(String prompt, int maxTokens) {
        return ChatCompletionCreateParams.builder()
                .model("gpt-4o-mini")
                .maxCompletionTokens(maxTokens)
                .addUserMessage(prompt);
    }

    private static Reply reply(ChatCompletion completion) {
        ChatCompletion.Choice choice = completion.choices().get(0);
        return new Reply(
                choice.message().content().orElseThrow(),
                choice.finishReason().asString(),
                completion.usage().orElseThrow().promptTokens(),
                completion.usage().orElseThrow().completionTokens());
    }
}
