package io.bookstore.console.traces;

import org.jspecify.annotations.Nullable;

/**
 * A call to a model, as its span tells it; what the span does not tell is null.
 *
 * @param sequence     place in the order of arrival, from 1
 * @param parentSpanId null for the first span of a trace
 * @param service      {@code service.name} of the sender
 * @param startMs      milliseconds since 1970, by the sender's clock
 */
public record Call(
        long sequence,
        String traceId,
        String spanId,
        @Nullable String parentSpanId,
        @Nullable String service,
        long startMs,
        double durationMs,
        Request request,
        Usage usage,
        Answer answer) {

    /**
     * The question.
     *
     * @param model the model that answered or, if the span does not tell, the one asked for
     */
    public record Request(
            String operation,
            @Nullable String provider,
            @Nullable String model,
            @Nullable String conversation) {}

    /**
     * Tokens and their price.
     *
     * @param cachedTokens    the part of the input that came from a prompt cache
     * @param reasoningTokens the part of the output that was reasoning
     */
    public record Usage(
            @Nullable Long inputTokens,
            @Nullable Long outputTokens,
            @Nullable Long cachedTokens,
            @Nullable Long reasoningTokens,
            @Nullable Double costUsd) {}

    /**
     * The end of the call.
     *
     * @param attempts attempts behind the call, the first included
     * @param error    the kind of failure, {@code cancelled} included; null for a call that succeeded
     */
    public record Answer(
            @Nullable Long attempts,
            @Nullable Double timeToFirstTokenMs,
            @Nullable String finishReason,
            @Nullable String error) {}
}
