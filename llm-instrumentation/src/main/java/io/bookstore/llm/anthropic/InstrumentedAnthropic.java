package io.bookstore.llm.anthropic;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.AnthropicClientAsync;
import com.anthropic.core.ClientOptions;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.internal.sdk.SdkProxy;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A client of Anthropic's official SDK that measures {@code create} and {@code createStreaming} of messages, also of betas. The
 * clients made from it ({@code async}, {@code sync}, {@code withOptions}, {@code withRawResponse}) measure as well; every other method, such as
 * {@code countTokens}, is the wrapped client's own.
 *
 * <p>The SDK's own spans, which it writes with OpenTelemetry's newer versions, are off in the wrapped client: each call counts once.
 *
 * <p>The host gets the SDK's answers, events and exceptions as they are; a checked exception that the SDK's interfaces do not declare,
 * such as an interruption while it waits for a retry, comes as the cause of an {@link java.lang.reflect.UndeclaredThrowableException}.
 * No call starts a thread; one for each {@link GenAiTelemetry} ends the spans of streams that were dropped.
 */
public final class InstrumentedAnthropic {

    private static final String SDK = "com.anthropic.client.";

    private InstrumentedAnthropic() {}

    /**
     * Wraps a client. Returns the client itself if the telemetry is disabled, and also, after one warning, if the SDK is older
     * than 3.3.
     */
    public static AnthropicClient wrap(AnthropicClient client, GenAiTelemetry telemetry) {
        Objects.requireNonNull(client, "client");
        return wrapped(AnthropicClient.class, client, telemetry, client::withOptions, client::withOptions);
    }

    /** Wraps an asynchronous client, as {@link #wrap(AnthropicClient, GenAiTelemetry)} does a blocking one. */
    public static AnthropicClientAsync wrap(AnthropicClientAsync client, GenAiTelemetry telemetry) {
        Objects.requireNonNull(client, "client");
        return wrapped(AnthropicClientAsync.class, client, telemetry, client::withOptions, client::withOptions);
    }

    private static <T> T wrapped(
            Class<T> type,
            T client,
            GenAiTelemetry telemetry,
            Consumer<Consumer<ClientOptions.Builder>> withOptions,
            Function<Consumer<ClientOptions.Builder>, T> changed) {
        if (!telemetry.enabled()) {
            return client;
        }
        try {
            // With an OpenTelemetry that is new enough the SDK writes a span of its own, and each call would count
            // twice.
            T silent = client.getClass().getName().startsWith(SDK)
                    ? changed.apply(options -> options.openTelemetry(false))
                    : client;
            return SdkProxy.around(type, silent, telemetry, new AnthropicSdk(), withOptions);
        } catch (LinkageError missing) {
            SdkProxy.tellTooOld(telemetry, "anthropic-java must be >= 3.3", missing);
            return client;
        }
    }
}
