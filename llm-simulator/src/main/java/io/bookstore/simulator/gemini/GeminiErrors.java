package io.bookstore.simulator.gemini;

import io.bookstore.simulator.wire.Json;
import io.bookstore.simulator.wire.Refusal;
import io.bookstore.simulator.wire.WireError;

/** Google's error model (google.rpc.Status); the wait is in the body, in a RetryInfo, not in a header. */
final class GeminiErrors {

    private record Code(int status, String name) {}

    private GeminiErrors() {}

    static WireError error(Refusal refusal) {
        return new WireError(code(refusal.kind()).status(), body(refusal));
    }

    static String body(Refusal refusal) {
        Code code = code(refusal.kind());
        return "{\"error\":{\"code\":" + code.status() + ",\"message\":" + Json.quote(refusal.message())
                + ",\"status\":\"" + code.name() + "\"" + details(refusal) + "}}";
    }

    private static String details(Refusal refusal) {
        return refusal.retryAfter() == null
                ? ""
                : ",\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\""
                        + Refusal.wholeSeconds(refusal.retryAfter()) + "s\"}]";
    }

    private static Code code(Refusal.Kind kind) {
        return switch (kind) {
            case INVALID_REQUEST, PROMPT_TOO_LONG -> new Code(400, "INVALID_ARGUMENT");
            case AUTHENTICATION -> new Code(401, "UNAUTHENTICATED");
            case BILLING -> new Code(402, "FAILED_PRECONDITION");
            case NO_KEY, PERMISSION -> new Code(403, "PERMISSION_DENIED");
            case UNKNOWN_MODEL, NOT_FOUND -> new Code(404, "NOT_FOUND");
            case METHOD_NOT_ALLOWED -> new Code(405, "UNIMPLEMENTED");
            case TOO_LARGE -> new Code(413, "INVALID_ARGUMENT");
            case RATE_LIMITED, TOKENS_LIMITED, QUOTA_EXHAUSTED -> new Code(429, "RESOURCE_EXHAUSTED");
            case SERVER_ERROR -> new Code(500, "INTERNAL");
            case UNAVAILABLE, OVERLOADED -> new Code(503, "UNAVAILABLE");
            case TIMEOUT -> new Code(504, "DEADLINE_EXCEEDED");
        };
    }
}
