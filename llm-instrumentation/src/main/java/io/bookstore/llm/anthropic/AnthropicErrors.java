package io.bookstore.llm.anthropic;

import com.anthropic.errors.AnthropicServiceException;
import io.bookstore.llm.error.CauseChain;
import io.bookstore.llm.error.ErrorType;

/** The meaning of the SDK's exceptions, and of Anthropic's types of errors where there is no status that tells it. */
final class AnthropicErrors {

    private static final int FIRST_ERROR = 400;

    private AnthropicErrors() {}

    static ErrorType of(Throwable error) {
        for (Throwable cause : CauseChain.of(error)) {
            // In a stream that has begun, an error comes under the status of success.
            if (cause instanceof AnthropicServiceException refusal && refusal.statusCode() < FIRST_ERROR) {
                return ofType(refusal.errorType()
                        .map(com.anthropic.models.ErrorType::asString)
                        .orElse(""));
            }
        }
        return ErrorType.of(error);
    }

    private static ErrorType ofType(String type) {
        return switch (type) {
            case "overloaded_error" -> ErrorType.OVERLOADED;
            case "rate_limit_error" -> ErrorType.RATE_LIMITED;
            case "authentication_error", "permission_error" -> ErrorType.AUTHENTICATION;
            case "not_found_error" -> ErrorType.NOT_FOUND;
            case "timeout_error" -> ErrorType.TIMEOUT;
            case "invalid_request_error", "billing_error" -> ErrorType.INVALID_REQUEST;
            case "api_error" -> ErrorType.SERVER_ERROR;
            default -> ErrorType.OTHER;
        };
    }
}
