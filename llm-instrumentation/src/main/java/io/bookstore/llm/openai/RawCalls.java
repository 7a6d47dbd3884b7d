package io.bookstore.llm.openai;

import com.openai.core.RequestOptions;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.services.async.EmbeddingServiceAsync;
import com.openai.services.async.ResponseServiceAsync;
import com.openai.services.async.chat.ChatCompletionServiceAsync;
import com.openai.services.blocking.EmbeddingService;
import com.openai.services.blocking.ResponseService;
import com.openai.services.blocking.chat.ChatCompletionService;
import org.jspecify.annotations.Nullable;

/**
 * Makes the calls of the SDK's own services by the services for raw responses, as these themselves do: that shows the headers.
 * A service of another class, such as a test's, need not be made that way.
 */
@SuppressWarnings("MustBeClosedChecker") // Closing is the part of whoever reads the answer, as in the SDK.
final class RawCalls {

    private static final String SDK = "com.openai.services.";

    private RawCalls() {}

    /** Returns the raw response or its future; null where the service must be asked itself, asynchronous streams included. */
    static @Nullable Object answer(Object service, boolean streaming, @Nullable Object[] arguments) {
        if (!service.getClass().getName().startsWith(SDK)
                || arguments.length != 2
                || !(arguments[1] instanceof RequestOptions options)) {
            return null;
        }
        if (arguments[0] instanceof ChatCompletionCreateParams chat) {
            return answer(service, streaming, chat, options);
        }
        if (arguments[0] instanceof ResponseCreateParams response) {
            return answer(service, streaming, response, options);
        }
        return arguments[0] instanceof EmbeddingCreateParams embedding ? answer(service, embedding, options) : null;
    }

    private static @Nullable Object answer(
            Object service, boolean streaming, ChatCompletionCreateParams params, RequestOptions options) {
        if (service instanceof ChatCompletionService chats) {
            ChatCompletionService.WithRawResponse raw = chats.withRawResponse();
            return streaming ? raw.createStreaming(params, options) : raw.create(params, options);
        }
        return !streaming && service instanceof ChatCompletionServiceAsync chats
                ? chats.withRawResponse().create(params, options)
                : null;
    }

    private static @Nullable Object answer(
            Object service, boolean streaming, ResponseCreateParams params, RequestOptions options) {
        if (service instanceof ResponseService responses) {
            ResponseService.WithRawResponse raw = responses.withRawResponse();
            return streaming ? raw.createStreaming(params, options) : raw.create(params, options);
        }
        return !streaming && service instanceof ResponseServiceAsync responses
                ? responses.withRawResponse().create(params, options)
                : null;
    }

    private static @Nullable Object answer(Object service, EmbeddingCreateParams params, RequestOptions options) {
        if (service instanceof EmbeddingService embeddings) {
            return embeddings.withRawResponse().create(params, options);
        }
        return service instanceof EmbeddingServiceAsync embeddings
                ? embeddings.withRawResponse().create(params, options)
                : null;
    }
}
