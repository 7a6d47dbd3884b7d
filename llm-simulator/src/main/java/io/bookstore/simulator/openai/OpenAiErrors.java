package io.bookstore.simulator.openai;

import io.bookstore.simulator.wire.Json;
import io.bookstore.simulator.wire.Refusal;
import io.bookstore.simulator.wire.WireError;

/** Statuses and bodies of https://platform.openai.com/docs/guides/error-codes. */
final class OpenAiErrors {

    private static final String NO_CODE = "";

    private record Code(int status, String type, String code) {}

    private OpenAiErrors() {}

    static WireError error(Refusal refusal) {
        return new WireError(code(refusal.kind()).status(), body(refusal));
    }

    static String body(Refusal refusal) {
        Code code = code(refusal.kind());
        Refusal.Detail detail = refusal.detail();
        String parameter = detail == null ? "" : detail.parameter();
        String told = detail == null ? code.code() : detail.code();
        return "{\"error\":{\"message\":" + Json.quote(refusal.message()) + ",\"type\":\"" + code.type()
                + "\",\"param\":" + orNull(parameter) + ",\"code\":" + orNull(told) + "}}";
    }

    private static String orNull(String text) {
        return text.isEmpty() ? "null" : Json.quote(text);
    }

    /** The name of the error in an event of a response: its code, else its type. */
    static String streamCode(Refusal refusal) {
        Code code = code(refusal.kind());
        return code.code().isEmpty() ? code.type() : code.code();
    }

    private static Code code(Refusal.Kind kind) {
        return switch (kind) {
            case INVALID_REQUEST -> new Code(400, "invalid_request_error", NO_CODE);
            case PROMPT_TOO_LONG -> new Code(400, "invalid_request_error", "context_length_exceeded");
            case NO_KEY -> new Code(401, "invalid_request_error", NO_CODE);
            case AUTHENTICATION -> new Code(401, "invalid_request_error", "invalid_api_key");
            case BILLING -> new Code(402, "billing_error", NO_CODE);
            case PERMISSION -> new Code(403, "invalid_request_error", "unsupported_country_region_territory");
            case UNKNOWN_MODEL -> new Code(404, "invalid_request_error", "model_not_found");
            case NOT_FOUND -> new Code(404, "invalid_request_error", NO_CODE);
            case METHOD_NOT_ALLOWED -> new Code(405, "invalid_request_error", "method_not_supported");
            case TOO_LARGE -> new Code(413, "invalid_request_error", NO_CODE);
            case RATE_LIMITED -> new Code(429, "requests", "rate_limit_exceeded");
            case TOKENS_LIMITED -> new Code(429, "tokens", "rate_limit_exceeded");
            case QUOTA_EXHAUSTED -> new Code(429, "insufficient_quota", "insufficient_quota");
            case SERVER_ERROR -> new Code(500, "server_error", NO_CODE);
            // OpenAI has no status of its own for an overload.
            case UNAVAILABLE, OVERLOADED -> new Code(503, "server_error", NO_CODE);
            case TIMEOUT -> new Code(504, "server_error", NO_CODE);
        };
    }
}
