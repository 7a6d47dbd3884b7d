package io.bookstore.llm;

import io.bookstore.llm.error.ErrorType;
import io.bookstore.llm.internal.call.CallListener;
import io.bookstore.llm.internal.call.Failures;
import java.time.Clock;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a telemetry that calls and tools under way need.
 *
 * @param listeners       spans, metrics and events
 * @param prices          prices of calls
 * @param clock           the time of day
 * @param nanoTime        a clock that only goes forward
 * @param failures        defects of the telemetry
 * @param unreachables    what nobody holds any more
 * @param errorClassifier the host's meaning of exceptions; null if it has none
 */
record CallRuntime(
        CallListener listeners,
        CallPrices prices,
        Clock clock,
        LongSupplier nanoTime,
        Failures failures,
        Unreachables unreachables,
        @Nullable Function<Throwable, ErrorType> errorClassifier) {

    private static final double NANOS = 1e9;

    /** The meaning of an exception: by the host's classifier or, where that leaves it open, by {@code otherwise}. */
    ErrorType errorType(Throwable error, Function<Throwable, ErrorType> otherwise) {
        ErrorType told = errorClassifier == null ? ErrorType.OTHER : classify(errorClassifier, error);
        return told == ErrorType.OTHER ? classify(otherwise, error) : told;
    }

    private ErrorType classify(Function<Throwable, ErrorType> classifier, Throwable error) {
        try {
            return Objects.requireNonNull(classifier.apply(error), "error type");
        } catch (Throwable e) {
            failures.note("classify_error", e);
            return ErrorType.OTHER;
        }
    }

    /** Seconds since a start, never negative. */
    double secondsSince(long startNanos) {
        return Math.max(0, nanoTime.getAsLong() - startNanos) / NANOS;
    }
}
