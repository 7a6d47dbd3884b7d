package io.bookstore.simulator.anthropic;

import io.bookstore.simulator.wire.Json;
import io.bookstore.simulator.wire.Refusal;
import io.bookstore.simulator.wire.WireError;

/** Statuses and bodies of https://docs.claude.com/en/api/errors. */
final class AnthropicErrors {

    private record Code(int status, String type) {}

    private AnthropicErrors() {}

    static WireError error(Refusal refusal, String requestId) {
        Code code = code(refusal.kind());
        return new WireError(
                code.status(),
                "{\"type\":\"error\",\"error\":" + detail(code, refusal) + ",\"request_id\":" + Json.quote(requestId)
                        + "}");
    }

    /** The {@code error} event of a stream that has begun. */
    static String event(Refusal refusal) {
        return "event: error\ndata: {\"type\":\"error\",\"error\":" + detail(code(refusal.kind()), refusal) + "}\n\n";
    }

    private static String detail(Code code, Refusal refusal) {
        return "{\"type\":\"" + code.type() + "\",\"message\":" + Json.quote(refusal.message()) + "}";
    }

    private static Code code(Refusal.Kind kind) {
        return switch (kind) {
            case INVALID_REQUEST, PROMPT_TOO_LONG -> new Code(400, "invalid_request_error");
            case NO_KEY, AUTHENTICATION -> new Code(401, "authentication_error");
            case BILLING -> new Code(402, "billing_error");
            case PERMISSION -> new Code(403, "permission_error");
            case UNKNOWN_MODEL, NOT_FOUND -> new Code(404, "not_found_error");
            case METHOD_NOT_ALLOWED -> new Code(405, "invalid_request_error");
            case TOO_LARGE -> new Code(413, "request_too_large");
            // A spend cap is a rate limit too; it differs by its lack of retry-after.
            case RATE_LIMITED, TOKENS_LIMITED, QUOTA_EXHAUSTED -> new Code(429, "rate_limit_error");
            case SERVER_ERROR -> new Code(500, "api_error");
            case UNAVAILABLE -> new Code(503, "api_error");
            case TIMEOUT -> new Code(504, "timeout_error");
            case OVERLOADED -> new Code(529, "overloaded_error");
        };
    }
}
