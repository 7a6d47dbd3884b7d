package io.bookstore.llm.openai;

import com.openai.core.http.Headers;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.Inference;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import java.util.List;

/** Tells what the headers of an answer say: the id by which OpenAI knows the request, and what is left of the limits. */
final class ResponseHeaders {

    // The name that OpenTelemetry's conventions for HTTP give to this header.
    private static final AttributeKey<List<String>> REQUEST_ID =
            AttributeKey.stringArrayKey("http.response.header.x-request-id");

    private ResponseHeaders() {}

    static void tell(GenAiTelemetry telemetry, Inference call, Headers headers) {
        try {
            List<String> ids = headers.values("x-request-id");
            Span span = Span.fromContext(call.context());
            // Without a tracer the call has no span of its own: that of the host stays as it is.
            if (!ids.isEmpty() && span != Span.fromContext(call.parent())) {
                span.setAttribute(REQUEST_ID, ids);
            }
            tellLimit(call, headers, "requests");
            tellLimit(call, headers, "tokens");
        } catch (Throwable defect) {
            telemetry.defect("read_headers", defect);
        }
    }

    private static void tellLimit(Inference call, Headers headers, String kind) {
        for (String remaining : headers.values("x-ratelimit-remaining-" + kind)) {
            // Gateways write what they like here.
            if (remaining.matches("\\d{1,18}")) {
                call.rateLimitRemaining(kind, Long.parseLong(remaining));
            }
        }
    }
}
