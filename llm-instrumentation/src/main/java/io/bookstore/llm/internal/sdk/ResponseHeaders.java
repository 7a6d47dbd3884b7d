package io.bookstore.llm.internal.sdk;

import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.Inference;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Tells what the headers of an answer say: the id by which the provider knows the request, and what is left of the limits.
 *
 * @param requestIdHeader in lower case
 * @param requestId       the attribute of that header
 * @param limits          the kind of limit by the header that tells what is left of it
 */
public record ResponseHeaders(
        String requestIdHeader, AttributeKey<List<String>> requestId, Map<String, String> limits) {

    public ResponseHeaders {
        limits = Map.copyOf(limits);
    }

    /** The attribute has the name that OpenTelemetry's conventions for HTTP give to a header. */
    public static ResponseHeaders of(String requestIdHeader, Map<String, String> limits) {
        return new ResponseHeaders(
                requestIdHeader, AttributeKey.stringArrayKey("http.response.header." + requestIdHeader), limits);
    }

    void tell(GenAiTelemetry telemetry, Inference call, Function<String, List<String>> headers) {
        try {
            List<String> ids = headers.apply(requestIdHeader);
            Span span = Span.fromContext(call.context());
            // Without a tracer the call has no span of its own: that of the host stays as it is.
            if (!ids.isEmpty() && span != Span.fromContext(call.parent())) {
                span.setAttribute(requestId, ids);
            }
            limits.forEach((header, kind) -> tellLimit(call, headers.apply(header), kind));
        } catch (Throwable defect) {
            telemetry.defect("read_headers", defect);
        }
    }

    private static void tellLimit(Inference call, List<String> values, String kind) {
        for (String remaining : values) {
            // Gateways write what they like here.
            if (remaining.matches("\\d{1,18}")) {
                call.rateLimitRemaining(kind, Long.parseLong(remaining));
            }
        }
    }
}
