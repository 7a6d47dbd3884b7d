package io.bookstore.simulator.bedrock;

import io.bookstore.simulator.wire.Json;
import io.bookstore.simulator.wire.Refusal;

/** Statuses and exceptions of https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html. */
final class BedrockErrors {

    private record Code(int status, String exception) {}

    private BedrockErrors() {}

    static int status(Refusal refusal) {
        return code(refusal.kind()).status();
    }

    /** The value of {@code x-amzn-errortype}; the body has only the message. */
    static String exception(Refusal refusal) {
        return code(refusal.kind()).exception();
    }

    static String body(Refusal refusal) {
        return "{\"message\":" + Json.quote(refusal.message()) + "}";
    }

    /** The exception of a stream that has begun: the same name, with a small letter. */
    static String event(Refusal refusal) {
        String exception = exception(refusal);
        return EventStream.exception(
                Character.toLowerCase(exception.charAt(0)) + exception.substring(1), body(refusal));
    }

    private static Code code(Refusal.Kind kind) {
        return switch (kind) {
            case INVALID_REQUEST, PROMPT_TOO_LONG, UNKNOWN_MODEL -> new Code(400, "ValidationException");
            case NO_KEY -> new Code(403, "MissingAuthenticationTokenException");
            // A key that is not known and one that may not do this both answer 403.
            case AUTHENTICATION -> new Code(403, "UnrecognizedClientException");
            case BILLING, PERMISSION -> new Code(403, "AccessDeniedException");
            case NOT_FOUND -> new Code(404, "ResourceNotFoundException");
            case METHOD_NOT_ALLOWED -> new Code(405, "UnknownOperationException");
            case TOO_LARGE -> new Code(413, "RequestEntityTooLargeException");
            case RATE_LIMITED, TOKENS_LIMITED, QUOTA_EXHAUSTED -> new Code(429, "ThrottlingException");
            case SERVER_ERROR -> new Code(500, "InternalServerException");
            case UNAVAILABLE, OVERLOADED -> new Code(503, "ServiceUnavailableException");
            case TIMEOUT -> new Code(408, "ModelTimeoutException");
        };
    }
}
