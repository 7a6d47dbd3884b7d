package io.bookstore.llm.internal.jfr;

import io.bookstore.llm.internal.call.StepSnapshot;
import jdk.jfr.Description;
import jdk.jfr.Label;
import org.jspecify.annotations.Nullable;

/** An event that lasts from the start of a call or a step to its end. */
abstract class JfrOperation extends JfrEvent {

    @Label("Outcome")
    @Description("completed, failed or cancelled")
    @Nullable
    String outcome;

    @Label("Error Type")
    @Description("Value of error.type, if the operation failed")
    @Nullable
    String errorType;

    final void putEnd(StepSnapshot step) {
        outcome = step.end().outcome();
        errorType = step.end().errorType();
        putSpan(step.context());
    }
}
