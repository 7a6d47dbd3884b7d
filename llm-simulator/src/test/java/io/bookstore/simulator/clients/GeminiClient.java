package io.bookstore.simulator.clients;

import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** com.google.genai:google-genai. */
final class GeminiClient implements OfficialClient {

    private static final String MODEL = "gemini-2.5-flash";

    private final Client client;

    GeminiClient(URI server) {
        client = sdk(server);
    }

    /** Google's own client, which asks once. */
    static Client sdk(URI server) {
        return Client.builder()
                .apiKey("any")
                .httpOptions(HttpOptions.builder()
                        .baseUrl(server.toString())
                        // It waits after its last attempt as well.
                        .retryOptions(HttpRetryOptions.builder()
                                .attempts(1)
                                .initialDelay(0.0)
                                .jitter(0.0))
                        .build())
                .build();
    }

    @Override
    public Reply document(String prompt, int maxTokens) {
        return reply(List.of(client.models.generateContent(MODEL, prompt, config(maxTokens))));
    }

    @Override
    public Reply stream(String prompt, int maxTokens) {
        List<GenerateContentResponse> parts = new ArrayList<>();
        try (ResponseStream<GenerateContentResponse> stream =
                client.models.generateContentStream(MODEL, prompt, config(maxTokens))) {
            stream.forEach(parts::add);
        }
        return reply(parts);
    }

    @Override
    public void close() {
        client.close();
    }

    private static GenerateContentConfig config(int maxTokens) {
        return GenerateContentConfig.builder().maxOutputTokens(maxTokens).build();
    }

    /** Usage and finish reason are in the last part. */
    private static Reply reply(List<GenerateContentResponse> parts) {
        GenerateContentResponse last = parts.get(parts.size() - 1);
        return new Reply(
                parts.stream().map(GenerateContentResponse::text).collect(Collectors.joining()),
                last.candidates()
                        .orElseThrow()
                        .get(0)
                        .finishReason()
                        .orElseThrow(UnnoticedCutException::new)
                        .toString(),
                last.usageMetadata().orElseThrow().promptTokenCount().orElseThrow(),
                last.usageMetadata().orElseThrow().candidatesTokenCount().orElseThrow());
    }
}
