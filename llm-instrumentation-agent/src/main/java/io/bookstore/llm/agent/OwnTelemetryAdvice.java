package io.bookstore.llm.agent;

import io.bookstore.llm.Inference;
import net.bytebuddy.asm.Advice;

/**
 * Says false for {@code enabled()} of the application's own copy of the library within a call that the extension measures: a
 * wrapper of the application inside of such a call passes it on and adds nothing.
 */
public final class OwnTelemetryAdvice {

    private OwnTelemetryAdvice() {}

    /** Returns whether the method is left out; what it returns then is false. */
    @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class, inline = false)
    public static boolean enter() {
        return Inference.current() != null;
    }
}
