package io.bookstore.api.llm.provider;

import io.bookstore.api.llm.call.LlmFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A wire format: how its client is built, and what its failures mean beyond the standard statuses.
 *
 * <p>A new one is a class, and a line in {@link ProviderKind}. Its own retries are off: they ignore {@code Retry-After}
 * and know no deadline.
 */
interface ProviderClient {

    /** Builds the client that asks for the tokens as they come. */
    ChatClient streaming(ProviderConfig provider, ChatClients parts);

    /** Builds the client that asks for the answer in one piece. */
    ChatClient whole(ProviderConfig provider, ChatClients parts);

    /**
     * Returns the meaning that this format alone gives to a status or a body; null if it gives none.
     *
     * @param body in lower case
     */
    default @Nullable LlmFailure failureOf(int status, String body) {
        return null;
    }

    /** Returns the wait that the body of a refusal asks for; null if it asks for none. */
    default @Nullable Duration retryAfter(String body) {
        return null;
    }

    /** Returns the status in an exception of a library of its own; null for any other exception. */
    default @Nullable Integer statusOf(Throwable cause) {
        return null;
    }
}
