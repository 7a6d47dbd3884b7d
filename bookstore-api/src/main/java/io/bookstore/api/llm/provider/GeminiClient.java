package io.bookstore.api.llm.provider;

import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import io.bookstore.api.llm.call.LlmFailure;
import io.bookstore.api.llm.call.RequestKey;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Google's Gemini. */
final class GeminiClient implements ProviderClient {

    // Google sends no Retry-After: the wait is in the body, a google.rpc.RetryInfo with a duration such as "34.07s".
    private static final Pattern RETRY_INFO =
            Pattern.compile("\"retryDelay\"\\s*:\\s*\"([0-9]{1,7}(?:\\.[0-9]{1,9})?)s\"");

    @Override
    public ChatClient streaming(ProviderConfig provider, ChatClients parts) {
        return ChatClient.streaming(GoogleAiGeminiStreamingChatModel.builder()
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
        return parts.whole(GoogleAiGeminiChatModel.builder()
                .httpClientBuilder(parts.http())
                .customHeaders(RequestKey::headers)
                .baseUrl(provider.baseUrl())
                .apiKey(provider.apiKey())
                .modelName(provider.model())
                .timeout(parts.deadline())
                .maxRetries(0)
                .build());
    }

    /** Google answers 400 to a bad key; a limit of the day has a quotaId such as "...PerDayPerProject...". */
    @Override
    public @Nullable LlmFailure failureOf(int status, String body) {
        return switch (status) {
            case 400 ->
                body.contains("api_key_invalid") || body.contains("api key not valid")
                        ? LlmFailure.AUTHENTICATION
                        : null;
            case 429 -> body.contains("perday") ? LlmFailure.QUOTA_EXHAUSTED : null;
            default -> null;
        };
    }

    @Override
    public @Nullable Duration retryAfter(String body) {
        Matcher wait = RETRY_INFO.matcher(body);
        return wait.find()
                ? Duration.ofNanos(
                        new BigDecimal(wait.group(1)).movePointRight(9).longValueExact())
                : null;
    }
}
