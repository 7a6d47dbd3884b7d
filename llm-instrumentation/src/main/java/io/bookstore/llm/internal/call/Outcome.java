package io.bookstore.llm.internal.call;

import io.bookstore.llm.error.ErrorType;
import io.bookstore.llm.operation.InferenceResponse;
import org.jspecify.annotations.Nullable;

/** The end of a call: exactly one of these, once. */
public sealed interface Outcome {

    /** The name on the span. */
    String wireName();

    /** The value of {@code error.type}; null if there was no error. */
    default @Nullable String errorType() {
        return null;
    }

    /** The answer; null if none arrived in full. */
    default @Nullable InferenceResponse response() {
        return null;
    }

    /** The answer arrived in full. */
    record Completed(InferenceResponse response) implements Outcome {
        @Override
        public String wireName() {
            return "completed";
        }
    }

    /** The call failed, retries included. */
    record Failed(Throwable error, ErrorType type) implements Outcome {
        @Override
        public String wireName() {
            return "failed";
        }

        @Override
        public String errorType() {
            return type.wireName();
        }
    }

    /** The caller gave up, or let go of the call without ending it. */
    record Cancelled() implements Outcome {
        @Override
        public String wireName() {
            return "cancelled";
        }

        @Override
        public String errorType() {
            return ErrorType.CANCELLED.wireName();
        }
    }
}
