package io.bookstore.llm.anthropic;

import com.anthropic.core.RequestOptions;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.services.async.MessageServiceAsync;
import com.anthropic.services.blocking.MessageService;
import org.jspecify.annotations.Nullable;

/**
 * Makes the calls of the SDK's own services by the services for raw responses, as these themselves do: that shows the headers.
 * A service of another class, such as a test's, need not be made that way.
 */
@SuppressWarnings("MustBeClosedChecker") // Closing is the part of whoever reads the answer, as in the SDK.
final class RawCalls {

    private static final String SDK = "com.anthropic.services.";

    private RawCalls() {}

    /** Returns the raw response or its future; null where the service must be asked itself, asynchronous streams included. */
    static @Nullable Object answer(Object service, boolean streaming, @Nullable Object[] arguments) {
        if (!service.getClass().getName().startsWith(SDK)
                || arguments.length != 2
                || !(arguments[1] instanceof RequestOptions options)) {
            return null;
        }
        if (arguments[0] instanceof MessageCreateParams message) {
            return answer(service, streaming, message, options);
        }
        return arguments[0] instanceof com.anthropic.models.beta.messages.MessageCreateParams message
                ? answer(service, streaming, message, options)
                : null;
    }

    private static @Nullable Object answer(
            Object service, boolean streaming, MessageCreateParams params, RequestOptions options) {
        if (service instanceof MessageService messages) {
            MessageService.WithRawResponse raw = messages.withRawResponse();
            return streaming ? raw.createStreaming(params, options) : raw.create(params, options);
        }
        return !streaming && service instanceof MessageServiceAsync messages
                ? messages.withRawResponse().create(params, options)
                : null;
    }

    private static @Nullable Object answer(
            Object service,
            boolean streaming,
            com.anthropic.models.beta.messages.MessageCreateParams params,
            RequestOptions options) {
        if (service instanceof com.anthropic.services.blocking.beta.MessageService messages) {
            com.anthropic.services.blocking.beta.MessageService.WithRawResponse raw = messages.withRawResponse();
            return streaming ? raw.createStreaming(params, options) : raw.create(params, options);
        }
        return !streaming && service instanceof com.anthropic.services.async.beta.MessageServiceAsync messages
                ? messages.withRawResponse().create(params, options)
                : null;
    }
}
