package io.bookstore.llm.openai;

import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientAsync;
import com.openai.core.ClientOptions;
import com.openai.core.http.AsyncStreamResponse;
import com.openai.core.http.HttpResponseFor;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIServiceException;
import com.openai.services.async.ChatServiceAsync;
import com.openai.services.async.EmbeddingServiceAsync;
import com.openai.services.async.ResponseServiceAsync;
import com.openai.services.async.chat.ChatCompletionServiceAsync;
import com.openai.services.blocking.ChatService;
import com.openai.services.blocking.EmbeddingService;
import com.openai.services.blocking.ResponseService;
import com.openai.services.blocking.chat.ChatCompletionService;
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

/** The classes of OpenAI's SDK. */
final class OpenAiSdk implements Sdk {

    private static final Set<Class<?>> ON_THE_WAY_TO_A_CALL = Set.of(
            OpenAIClient.class,
            OpenAIClient.WithRawResponse.class,
            OpenAIClientAsync.class,
            OpenAIClientAsync.WithRawResponse.class,
            ChatService.class,
            ChatService.WithRawResponse.class,
            ChatServiceAsync.class,
            ChatServiceAsync.WithRawResponse.class,
            ChatCompletionService.class,
            ChatCompletionService.WithRawResponse.class,
            ChatCompletionServiceAsync.class,
            ChatCompletionServiceAsync.WithRawResponse.class,
            ResponseService.class,
            ResponseService.WithRawResponse.class,
            ResponseServiceAsync.class,
            ResponseServiceAsync.WithRawResponse.class,
            EmbeddingService.class,
            EmbeddingService.WithRawResponse.class,
            EmbeddingServiceAsync.class,
            EmbeddingServiceAsync.WithRawResponse.class);

    private static final ResponseHeaders TOLD = ResponseHeaders.of(
            "x-request-id",
            Map.of("x-ratelimit-remaining-requests", "requests", "x-ratelimit-remaining-tokens", "tokens"));

    @Override
    public Set<Class<?>> onTheWayToACall() {
        return ON_THE_WAY_TO_A_CALL;
    }

    @Override
    public Endpoint unknownEndpoint() {
        return new Endpoint(null, "openai");
    }

    /** The provider is {@code azure.ai.openai} for a host of Azure, {@code openai} for any other. */
    @Override
    public Endpoint endpoint(Object options) {
        URI uri = URI.create(((ClientOptions.Builder) options).build().baseUrl());
        String host = uri.getHost();
        boolean azure = host != null && (host.endsWith(".azure.com") || host.endsWith(".azure-api.net"));
        return new Endpoint(uri, azure ? "azure.ai.openai" : "openai");
    }

    @Override
    public @Nullable SdkRequest<?, ?> request(@Nullable Object params) {
        return OpenAiRequest.of(params);
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
        return error instanceof OpenAIServiceException refusal ? refusal.headers()::values : null;
    }

    @Override
    public ResponseHeaders toldHeaders() {
        return TOLD;
    }

    @Override
    public ErrorType errorType(Throwable error) {
        return OpenAiErrors.of(error);
    }
}
