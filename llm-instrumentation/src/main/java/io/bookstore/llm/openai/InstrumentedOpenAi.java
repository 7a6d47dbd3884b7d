package io.bookstore.llm.openai;

import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientAsync;
import com.openai.core.ClientOptions;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.internal.sdk.SdkProxy;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A client of the official OpenAI SDK that measures {@code create} and {@code createStreaming} of chat completions and of
 * responses, and {@code create} of embeddings. The clients made from it ({@code async}, {@code sync}, {@code withOptions},
 * {@code withRawResponse}) measure as well; every other method is the wrapped client's own.
 *
 * <p>The host gets the SDK's answers, chunks and exceptions as they are; a checked exception that the SDK's interfaces do not declare,
 * such as an interruption while it waits for a retry, comes as the cause of an {@link java.lang.reflect.UndeclaredThrowableException}.
 * No call starts a thread; one for each {@link GenAiTelemetry} ends the spans of streams that were dropped.
 */
public final class InstrumentedOpenAi {

    private InstrumentedOpenAi() {}

    /**
     * Wraps a client. Returns the client itself if the telemetry is disabled, and also, after one warning, if the SDK is older
     * than 4.8.
     */
    public static OpenAIClient wrap(OpenAIClient client, GenAiTelemetry telemetry) {
        Objects.requireNonNull(client, "client");
        return wrapped(OpenAIClient.class, client, telemetry, client::withOptions);
    }

    /** Wraps an asynchronous client, as {@link #wrap(OpenAIClient, GenAiTelemetry)} does a blocking one. */
    public static OpenAIClientAsync wrap(OpenAIClientAsync client, GenAiTelemetry telemetry) {
        Objects.requireNonNull(client, "client");
        return wrapped(OpenAIClientAsync.class, client, telemetry, client::withOptions);
    }

    private static <T> T wrapped(
            Class<T> type, T client, GenAiTelemetry telemetry, Consumer<Consumer<ClientOptions.Builder>> withOptions) {
        if (!telemetry.enabled()) {
            return client;
        }
        try {
            return SdkProxy.around(type, client, telemetry, new OpenAiSdk(), withOptions);
        } catch (LinkageError missing) {
            SdkProxy.tellTooOld(telemetry, "openai-java must be >= 4.8", missing);
            return client;
        }
    }
}
