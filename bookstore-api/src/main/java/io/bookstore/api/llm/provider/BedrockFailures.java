package io.bookstore.api.llm.provider;

import io.bookstore.api.llm.call.LlmException;
import io.bookstore.api.llm.call.LlmFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.bedrockruntime.model.InternalServerException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelStreamErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceUnavailableException;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;

/** What the exceptions of the AWS SDK mean. */
final class BedrockFailures {

    private BedrockFailures() {}

    static LlmException classify(Throwable thrown) {
        if (thrown instanceof AwsServiceException answer) {
            return FailureClassifier.failure(failureOf(answer), retryAfter(answer), answer);
        }
        // The chain of credentials found none, or those it found have expired.
        if (thrown instanceof SdkClientException
                && String.valueOf(thrown.getMessage()).contains("credentials")) {
            return FailureClassifier.failure(LlmFailure.AUTHENTICATION, null, thrown);
        }
        return FailureClassifier.classify(thrown);
    }

    private static LlmFailure failureOf(AwsServiceException answer) {
        // An exception that came within a stream has no status, and 424 is a failure of the model, not of the request.
        if (answer instanceof ModelErrorException
                || answer instanceof ModelStreamErrorException
                || answer instanceof InternalServerException) {
            return LlmFailure.SERVER_ERROR;
        }
        if (answer instanceof ThrottlingException) {
            return FailureClassifier.ofStatus(429, String.valueOf(answer.getMessage()));
        }
        return answer instanceof ServiceUnavailableException
                ? LlmFailure.OVERLOADED
                : FailureClassifier.ofStatus(answer.statusCode(), String.valueOf(answer.getMessage()));
    }

    private static @Nullable Duration retryAfter(AwsServiceException answer) {
        if (answer.awsErrorDetails() == null || answer.awsErrorDetails().sdkHttpResponse() == null) {
            return null;
        }
        return answer.awsErrorDetails()
                .sdkHttpResponse()
                .firstMatchingHeader("Retry-After")
                .filter(value -> value.matches("[0-9]{1,18}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .orElse(null);
    }
}
