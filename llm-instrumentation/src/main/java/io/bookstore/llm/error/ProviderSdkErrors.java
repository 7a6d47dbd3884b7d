package io.bookstore.llm.error;

import com.anthropic.errors.AnthropicServiceException;
import com.google.genai.errors.ApiException;
import com.openai.errors.OpenAIServiceException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** Reads the exceptions of the official SDKs of OpenAI, Anthropic, Google and AWS, which a host may lack. */
final class ProviderSdkErrors {

    private static final String AWS = "software.amazon.awssdk.core.exception.";

    private ProviderSdkErrors() {}

    /** Returns the meaning of an exception of such an SDK, or null for any other one. */
    static @Nullable ErrorType of(Throwable error) {
        // By name, because an SDK may be missing; each case is a class of its own for the same reason.
        for (Class<?> type = error.getClass(); type != Throwable.class && type != null; type = type.getSuperclass()) {
            switch (type.getName()) {
                case "com.openai.errors.OpenAIServiceException" -> {
                    return ofStatus(OpenAi.status(error));
                }
                case "com.anthropic.errors.AnthropicServiceException" -> {
                    return ofStatus(Anthropic.status(error));
                }
                case "com.google.genai.errors.ApiException" -> {
                    return ofStatus(Google.status(error));
                }
                case AWS + "SdkServiceException" -> {
                    return ofStatus(Aws.status(error));
                }
                case AWS + "ApiCallTimeoutException", AWS + "ApiCallAttemptTimeoutException" -> {
                    return ErrorType.TIMEOUT;
                }
                case AWS + "AbortedException" -> {
                    return ErrorType.CANCELLED;
                }
                default -> {}
            }
        }
        return null;
    }

    private static @Nullable ErrorType ofStatus(int status) {
        return status >= 400 ? ErrorType.ofStatus(status) : null;
    }

    private static final class OpenAi {

        static int status(Throwable error) {
            return ((OpenAIServiceException) error).statusCode();
        }
    }

    private static final class Anthropic {

        static int status(Throwable error) {
            return ((AnthropicServiceException) error).statusCode();
        }
    }

    private static final class Google {

        static int status(Throwable error) {
            return ((ApiException) error).code();
        }
    }

    private static final class Aws {

        static int status(Throwable error) {
            return ((SdkServiceException) error).statusCode();
        }
    }
}
