package io.bookstore.llm.internal.call;

import io.bookstore.llm.error.ErrorType;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/**
 * A step that has ended.
 *
 * @param start   the step as it started
 * @param context the context of the step, with its span if it has one
 * @param end     the end
 * @param seconds from start to end
 */
public record StepSnapshot(StepStart start, Context context, End end, double seconds) {

    /**
     * The end of a step.
     *
     * @param outcome   {@code completed}, {@code failed} or {@code cancelled}
     * @param result    of a tool; null if there is none
     * @param error     null unless an exception ended it
     * @param errorType null unless it failed
     */
    public record End(
            String outcome,
            @Nullable String result,
            @Nullable Throwable error,
            @Nullable String errorType) {

        public static final End CANCELLED = new End("cancelled", null, null, null);

        public static End completed(@Nullable String result) {
            return new End("completed", result, null, null);
        }

        public static End failed(@Nullable Throwable error, ErrorType type) {
            return type == ErrorType.CANCELLED ? CANCELLED : new End("failed", null, error, type.wireName());
        }

        /** The label of the duration: as with calls, a cancellation is no error of the span, but one there. */
        @Nullable
        public String errorLabel() {
            return outcome.equals(CANCELLED.outcome) ? ErrorType.CANCELLED.wireName() : errorType;
        }
    }
}
