package io.bookstore.llm.openai;

import com.openai.errors.OpenAIServiceException;
import io.bookstore.llm.error.CauseChain;
import io.bookstore.llm.error.ErrorType;
import io.bookstore.llm.internal.sdk.FailedAnswerException;

/** The meaning of the SDK's exceptions, and of OpenAI's codes where there is no status that tells it. */
final class OpenAiErrors {

    private static final int FIRST_ERROR = 400;

    private OpenAiErrors() {}

    static ErrorType of(Throwable error) {
        for (Throwable cause : CauseChain.of(error)) {
            if (cause instanceof OpenAIServiceException refusal) {
                ErrorType byCode = ofCode(refusal.code().or(refusal::type).orElse(""));
                // In a stream that has begun, an error comes under the status of success.
                if (byCode == ErrorType.CONTENT_FILTER || refusal.statusCode() < FIRST_ERROR) {
                    return byCode;
                }
            }
        }
        return ErrorType.of(error);
    }

    static FailedAnswerException failure(String code, String message) {
        return new FailedAnswerException(message, ofCode(code));
    }

    static ErrorType ofCode(String code) {
        return switch (code) {
            case "content_filter", "content_policy_violation" -> ErrorType.CONTENT_FILTER;
            case "rate_limit_exceeded", "insufficient_quota" -> ErrorType.RATE_LIMITED;
            case "server_error", "internal_server_error" -> ErrorType.SERVER_ERROR;
            case "overloaded", "overloaded_error", "service_unavailable" -> ErrorType.OVERLOADED;
            case "vector_store_timeout" -> ErrorType.TIMEOUT;
            default -> code.startsWith("invalid_") ? ErrorType.INVALID_REQUEST : ErrorType.OTHER;
        };
    }
}
