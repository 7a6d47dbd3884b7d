package io.bookstore.perf.results;

import org.jspecify.annotations.Nullable;

/**
 * Requests that share a {@code name} tag.
 *
 * @param type      the script's {@code operation_type} tag, {@code llm} or {@code crud}; null if it sets none
 * @param failures  requests whose answer was not the expected one
 * @param latencyMs {@code http_req_duration} of all of them, failed ones included
 */
public record OperationResult(
        String name, @Nullable String type, long requests, long failures, TrendStatistics latencyMs) {}
