package io.bookstore.llm.internal.call;

import io.bookstore.llm.error.ErrorType;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The end of an attempt behind a call.
 *
 * @param number     the attempt's place among those of its call, from 1
 * @param error      null if it succeeded
 * @param status     HTTP status of a failure; null if there was none
 * @param retryAfter the wait that the provider asked for; null if it did not
 */
public record AttemptResult(
        int number,
        @Nullable ErrorType error,
        @Nullable Integer status,
        @Nullable Duration retryAfter) {}
