package io.bookstore.llm.internal.sdk;

import io.bookstore.llm.error.ErrorType;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The classes of one SDK. Each has its own for what all have alike: options, raw responses, streams, headers, exceptions. */
public interface Sdk {

    /** The interfaces of clients and services that lead to a measured call, and those that make it. */
    Set<Class<?>> onTheWayToACall();

    /** The endpoint of a client that does not tell its options. */
    Endpoint unknownEndpoint();

    /**
     * The endpoint in a client's options.
     *
     * @param options the builder that the SDK hands to a change of options
     */
    Endpoint endpoint(Object options);

    /** Returns null if the parameters are of no measured call. */
    @Nullable
    SdkRequest<?, ?> request(@Nullable Object params);

    /**
     * Makes the call by the SDK's own service for raw responses, which shows the headers. Returns the raw response or its
     * future; null where the service must be asked itself.
     */
    @Nullable
    Object raw(Object service, boolean streaming, @Nullable Object[] arguments);

    /** The answer in a raw response, whose headers are told. */
    Object parsed(Object raw, Exchange<?, ?> exchange);

    /** A raw response or a stream as the host gets it, which tells of its end; null for an answer that is whole. */
    <P> @Nullable Object watched(Object result, Exchange<?, P> exchange);

    /** The headers of the answer that an exception of the SDK tells of; null if there are none. */
    @Nullable
    Function<String, List<String>> headers(Throwable error);

    /** The names of the headers that are told. */
    ResponseHeaders toldHeaders();

    ErrorType errorType(Throwable error);
}
