package io.bookstore.llm.anthropic;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.AnthropicClientAsync;
import com.anthropic.core.ClientOptions;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.internal.sdk.SdkProxy;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A client of Anthropic's official SDK that measures {@code create} and {@code createStreaming} of messages, also of betas. The
 * clients made from it ({@code async}, {@code sync}, {@code withOptions}, {@code withRawResponse}) measure as well; every other method, such as
 * {@code countTokens}, is the wrapped client's own.
 *
 * <p>The host gets the SDK's answers, events and exceptions as they are; a checked exception that the SDK's interfaces do not declare,
 * such as an interruption while it waits for a retry, comes as the cause of an {@link java.lang.reflect.UndeclaredThrowableException}.
 * No call starts a thread; one for each {@link GenAiTelemetry} ends the spans of streams that were dropped.
 */
public final class InstrumentedAnthropic {

    private InstrumentedAnthropic() {}

    /**
     * Wraps a client. Returns the client itself if the telemetry is disabled, and also, after one warning, if the SDK is older
     * than 3.3.
     */
    public static AnthropicClient wrap(AnthropicClient client, GenAiTelemetry telemetry) {
        Objects.requireNonNull(client, "client");
        return wrapped(AnthropicClient.class, client, telemetry, client::withOptions);
    }

    /** Wraps an asynchronous client, as {@link #wrap(AnthropicClient, GenAiTelemetry)} does a blocking one. */
    public static AnthropicClientAsync wrap(AnthropicClientAsync client, GenAiTelemetry telemetry) {
        Objects.requireNonNull(client, "client");
        return wrapped(AnthropicClientAsync.class, client, telemetry, client::withOptions);
    }

    private static <T> T wrapped(
            Class<T> type, T client, GenAiTelemetry telemetry, Consumer<Consumer<ClientOptions.Builder>> withOptions) {
        if (!telemetry.enabled()) {
            return client;
        }
        try {
            return SdkProxy.around(type, client, telemetry, new AnthropicSdk(), withOptions);
        } catch (LinkageError missing) {
            SdkProxy.tellTooOld(telemetry, "anthropic-java must be >= 3.3", missing);
            return client;
        }
    }
}
