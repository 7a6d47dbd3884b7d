package io.bookstore.llm.agent;

import dev.langchain4j.model.chat.ChatModel;
import io.bookstore.llm.Inference;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** The application's own copy of the library, if it has one: another class than the extension's, of the same name. */
final class ApplicationLibrary {

    private static final @Nullable MethodHandle currentCall = find();

    private ApplicationLibrary() {}

    private static @Nullable MethodHandle find() {
        try {
            Class<?> inference = Class.forName(Inference.class.getName(), false, ChatModel.class.getClassLoader());
            return MethodHandles.publicLookup()
                    .findStatic(inference, "current", MethodType.methodType(inference))
                    .asType(MethodType.methodType(Object.class));
        } catch (ReflectiveOperationException | LinkageError none) {
            return null;
        }
    }

    /** Returns whether a call is under way here that a wrapper of the application measures, with the application's settings. */
    static boolean measures() {
        try {
            return currentCall != null && (Object) currentCall.invokeExact() != null;
        } catch (Throwable unknown) {
            return false;
        }
    }
}
