package io.bookstore.perf.results.sample;

import io.bookstore.perf.metrics.MetricNames;
import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.metrics.TrendSink;
import io.bookstore.perf.record.RequestRecords;
import io.bookstore.perf.results.ErrorKind;
import io.bookstore.perf.results.OperationResult;
import io.bookstore.perf.results.TrendStatistics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Groups requests by operation and failures by kind; both are capped, for a script may put an id into every name. */
final class RequestRecorder {

    static final int MAX_KINDS = 100;
    static final String THE_REST = "(other)";

    /** The metadata by which a script tells what a failed request was answered with. */
    static final String ERROR_MESSAGE = "error_message";

    private final Map<String, Operation> operations = new HashMap<>();
    private final Map<Failure, Long> failures = new HashMap<>();
    private final Map<Failure, String> messages = new HashMap<>();
    /** The trace of the first failure of a kind, whose message comes with later samples. */
    private final Map<String, Failure> unexplained = new HashMap<>();

    void add(Sample sample) {
        String message = sample.metadata().get(ERROR_MESSAGE);
        if (message != null) {
            explain(sample.metadata().get(RequestRecords.TRACE_ID), message);
        }
        switch (sample.metric()) {
            case MetricNames.HTTP_REQS -> operation(sample).requests++;
            case MetricNames.HTTP_REQ_DURATION -> operation(sample).latency.add(sample.value());
            case MetricNames.HTTP_REQ_FAILED -> {
                if (sample.value() != 0) {
                    operation(sample).failures++;
                    Failure failure = failure(sample);
                    if (failures.merge(failure, 1L, Long::sum) == 1) {
                        awaitMessage(failure, sample.metadata().get(RequestRecords.TRACE_ID));
                    }
                }
            }
            default -> {
                // Other metrics are no requests.
            }
        }
    }

    private void awaitMessage(Failure failure, @Nullable String traceId) {
        if (traceId != null) {
            unexplained.put(traceId, failure);
        }
    }

    private void explain(@Nullable String traceId, String message) {
        Failure failure = traceId == null ? null : unexplained.remove(traceId);
        if (failure != null) {
            messages.put(failure, message);
        }
    }

    List<OperationResult> operations() {
        List<OperationResult> results = new ArrayList<>();
        operations.forEach((name, operation) -> results.add(new OperationResult(
                name, operation.type, operation.requests, operation.failures, TrendStatistics.of(operation.latency))));
        results.sort(
                Comparator.comparingLong(OperationResult::requests).reversed().thenComparing(OperationResult::name));
        return results;
    }

    List<ErrorKind> errors() {
        List<ErrorKind> kinds = new ArrayList<>();
        failures.forEach((failure, count) -> kinds.add(ErrorKind.of(
                failure.operation, failure.status, failure.code, failure.error, messages.get(failure), count)));
        return kinds;
    }

    private Operation operation(Sample sample) {
        return operations.computeIfAbsent(
                capped(sample.tags().getOrDefault("name", THE_REST), operations),
                name -> new Operation(sample.tags().get("operation_type")));
    }

    private Failure failure(Sample sample) {
        Map<String, String> tags = sample.tags();
        Failure failure = new Failure(
                tags.getOrDefault("name", THE_REST),
                number(tags.get("status")),
                number(tags.get("error_code")),
                tags.getOrDefault("error", ""));
        return failures.size() < MAX_KINDS || failures.containsKey(failure)
                ? failure
                : new Failure(THE_REST, failure.status, 0, "");
    }

    private static String capped(String name, Map<String, ?> known) {
        return known.size() < MAX_KINDS || known.containsKey(name) ? name : THE_REST;
    }

    private static int number(@Nullable String text) {
        try {
            return text == null ? 0 : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static final class Operation {
        private final @Nullable String type;
        private final TrendSink latency = TrendSink.small();
        private long requests;
        private long failures;

        private Operation(@Nullable String type) {
            this.type = type;
        }
    }

    private record Failure(String operation, int status, int code, String error) {}
}
