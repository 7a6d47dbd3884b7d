package io.bookstore.llm;

import org.jspecify.annotations.Nullable;

/** How a call ended: exactly one of these, once. */
public sealed interface Outcome {

    /** The end of a call that is not measured: it has ended before it began. */
    Outcome NOT_MEASURED = new Cancelled();

    /** The name on the span. */
    String wireName();

    /** The value of {@code error.type}; null if there was no error. */
    default @Nullable String errorType() {
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
