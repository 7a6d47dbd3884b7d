package io.bookstore.api.summary;

import io.bookstore.api.http.problem.ProblemException;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A summary that a client asks for.
 *
 * @param provider null for the one the variant or the configuration names
 * @param model null for the one the variant or the provider names
 * @param variant null for the one the book belongs to
 * @param refresh true to ask the provider even if a summary is known
 * @param requestKey identifies the call towards the provider
 */
record SummaryRequest(
        String bookId,
        @Nullable String provider,
        @Nullable String model,
        @Nullable String variant,
        boolean refresh,
        String requestKey) {

    private static final int MAX_REQUEST_ID = 200;

    /**
     * Reads the parameters.
     *
     * @throws ProblemException if one of them breaks its rule
     */
    static SummaryRequest of(SummaryParameters asked) {
        return new SummaryRequest(
                asked.bookId(),
                asked.provider(),
                asked.model(),
                asked.variant() == null ? asked.variantHeader() : asked.variant(),
                trueOrFalse("refresh", asked.refresh()),
                requestKey(asked.requestId()));
    }

    /** The framework takes everything but {@code true} for false. */
    private static boolean trueOrFalse(String name, String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw ProblemException.invalidParameter(name, "must be true or false, was " + value);
        };
    }

    private static String requestKey(@Nullable String requestId) {
        if (requestId != null && !requestId.isBlank()) {
            return requestId.length() <= MAX_REQUEST_ID ? requestId : requestId.substring(0, MAX_REQUEST_ID);
        }
        SpanContext span = Span.current().getSpanContext();
        return span.isValid() ? span.getTraceId() : UUID.randomUUID().toString();
    }
}
