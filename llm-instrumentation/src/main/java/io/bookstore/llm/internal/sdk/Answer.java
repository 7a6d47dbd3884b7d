package io.bookstore.llm.internal.sdk;

import io.bookstore.llm.operation.InferenceResponse;
import org.jspecify.annotations.Nullable;

/**
 * An answer in the library's terms.
 *
 * @param failure the failure that the answer itself tells, under a status of success; null if it tells none
 */
public record Answer(InferenceResponse response, @Nullable FailedAnswerException failure) {

    public Answer(InferenceResponse response) {
        this(response, null);
    }
}
