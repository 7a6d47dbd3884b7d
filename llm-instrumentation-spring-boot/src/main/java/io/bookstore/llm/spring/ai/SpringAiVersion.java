package io.bookstore.llm.spring.ai;

import io.bookstore.llm.GenAiTelemetry;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.model.tool.StructuredOutputChatOptions;

/** Finds out, before a model is wrapped, whether the host's Spring AI has all that a wrapper needs. */
final class SpringAiVersion {

    private SpringAiVersion() {}

    /** The wrapper, or the model as it is where Spring AI is too old or too new; that is told once. */
    static <M> M wrapped(GenAiTelemetry telemetry, M model, Supplier<? extends M> wrapper) {
        Throwable missing = missing();
        if (missing == null) {
            return wrapper.get();
        }
        telemetry.defect(
                "wrap_model",
                new IllegalStateException(
                        "Spring AI must be 1.1 or 2.0 for " + model.getClass().getName()
                                + " to be measured, this one has no "
                                + String.valueOf(missing.getMessage()).replace('/', '.')
                                + "; the model stays unwrapped",
                        missing));
        return model;
    }

    private static @Nullable Throwable missing() {
        try {
            // The class came with 1.1; the method is deprecated for removal in 2.0.
            Objects.requireNonNull(StructuredOutputChatOptions.class, "class");
            Objects.requireNonNull(ChatModel.class.getMethod("getDefaultOptions"), "method");
            return null;
        } catch (LinkageError | NoSuchMethodException other) {
            return other;
        }
    }
}
