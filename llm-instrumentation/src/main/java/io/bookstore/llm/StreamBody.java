package io.bookstore.llm;

import org.jspecify.annotations.Nullable;

/**
 * The code of a call whose answer comes in pieces; see {@link GenAiTelemetry#stream}.
 *
 * @param <T> the result
 * @param <E> the checked exceptions that it throws; {@link RuntimeException} if none
 */
@FunctionalInterface
public interface StreamBody<T extends @Nullable Object, E extends Exception> {

    /** Reads the answer, tells {@code call} of its pieces and of its end, and returns what the host wants of it. */
    T run(Inference call) throws E;
}
