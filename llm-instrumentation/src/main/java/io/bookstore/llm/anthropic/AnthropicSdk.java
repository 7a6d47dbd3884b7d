package io.bookstore.llm.anthropic;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.AnthropicClientAsync;
import com.anthropic.core.ClientOptions;
import com.anthropic.core.http.AsyncStreamResponse;
import com.anthropic.core.http.HttpResponseFor;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.services.async.BetaServiceAsync;
import com.anthropic.services.async.MessageServiceAsync;
import com.anthropic.services.blocking.BetaService;
import com.anthropic.services.blocking.MessageService;
import io.bookstore.llm.error.ErrorType;
import io.bookstore.llm.internal.sdk.Endpoint;
import io.bookstore.llm.internal.sdk.Exchange;
import io.bookstore.llm.internal.sdk.ResponseHeaders;
import io.bookstore.llm.internal.sdk.Sdk;
import io.bookstore.llm.internal.sdk.SdkRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The classes of Anthropic's SDK. */
final class AnthropicSdk implements Sdk {

    private static final String ANTHROPIC = "anthropic";

    private static final Set<Class<?>> ON_THE_WAY_TO_A_CALL = Set.of(
            AnthropicClient.class,
            AnthropicClient.WithRawResponse.class,
            AnthropicClientAsync.class,
            AnthropicClientAsync.WithRawResponse.class,
            MessageService.class,
            MessageService.WithRawResponse.class,
            MessageServiceAsync.class,
            MessageServiceAsync.WithRawResponse.class,
            BetaService.class,
            BetaService.WithRawResponse.class,
            BetaServiceAsync.class,
            BetaServiceAsync.WithRawResponse.class,
            com.anthropic.services.blocking.beta.MessageService.class,
            com.anthropic.services.blocking.beta.MessageService.WithRawResponse.class,
            com.anthropic.services.async.beta.MessageServiceAsync.class,
            com.anthropic.services.async.beta.MessageServiceAsync.WithRawResponse.class);

    private static final ResponseHeaders TOLD = ResponseHeaders.of(
            "request-id",
            Map.of(
                    "anthropic-ratelimit-requests-remaining", "requests",
                    "anthropic-ratelimit-tokens-remaining", "tokens",
                    "anthropic-ratelimit-input-tokens-remaining", "input_tokens",
                    "anthropic-ratelimit-output-tokens-remaining", "output_tokens"));

    @Override
    public Set<Class<?>> onTheWayToACall() {
        return ON_THE_WAY_TO_A_CALL;
    }

    @Override
    public Endpoint unknownEndpoint() {
        return new Endpoint(null, ANTHROPIC);
    }

    /** The address is left out for a client of another platform that has none of its own: it would be Anthropic's. */
    @Override
    public Endpoint endpoint(Object options) {
        ClientOptions built = ((ClientOptions.Builder) options).build();
        String provider = built.openTelemetryProviderName();
        URI uri = URI.create(built.baseUrl());
        boolean foreign = !provider.equals(ANTHROPIC) && "api.anthropic.com".equals(uri.getHost());
        return new Endpoint(foreign ? null : uri, provider);
    }

    @Override
    public @Nullable SdkRequest<?, ?> request(@Nullable Object params) {
        if (params instanceof MessageCreateParams message) {
            return new MessageRequest(message);
        }
        return params instanceof com.anthropic.models.beta.messages.MessageCreateParams message
                ? new BetaMessageRequest(message)
                : null;
    }

    @Override
    public @Nullable Object raw(Object service, boolean streaming, @Nullable Object[] arguments) {
        return RawCalls.answer(service, streaming, arguments);
    }

    @Override
    public Object parsed(Object raw, Exchange<?, ?> exchange) {
        HttpResponseFor<?> response = (HttpResponseFor<?>) raw;
        exchange.headers(response.headers()::values);
        return response.parse();
    }

    @Override
    @SuppressWarnings("unchecked") // The SDK's methods give for a request what belongs to it.
    public <P> @Nullable Object watched(Object result, Exchange<?, P> exchange) {
        if (result instanceof HttpResponseFor<?> response) {
            exchange.headers(response.headers()::values);
            return new MeasuredResponse<>(response, exchange.watched());
        }
        if (result instanceof StreamResponse<?> stream) {
            return new MeasuredStream<>((StreamResponse<P>) stream, exchange.watched());
        }
        return result instanceof AsyncStreamResponse<?> stream
                ? new MeasuredAsyncStream<>((AsyncStreamResponse<P>) stream, exchange.watched())
                : null;
    }

    @Override
    public @Nullable Function<String, List<String>> headers(Throwable error) {
        return error instanceof AnthropicServiceException refusal ? refusal.headers()::values : null;
    }

    @Override
    public ResponseHeaders toldHeaders() {
        return TOLD;
    }

    @Override
    public ErrorType errorType(Throwable error) {
        return AnthropicErrors.of(error);
    }
}
