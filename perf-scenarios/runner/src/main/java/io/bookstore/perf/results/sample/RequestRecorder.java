package io.bookstore.perf.results.sample;

import io.bookstore.perf.metrics.MetricNames;
import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.metrics.TrendSink;
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

    private final Map<String, Operation> operations = new HashMap<>();
    private final Map<Failure, Long> failures = new HashMap<>();

    void add(Sample sample) {
        switch (sample.metric()) {
            case MetricNames.HTTP_REQS -> operation(sample).requests++;
            case MetricNames.HTTP_REQ_DURATION -> operation(sample).latency.add(sample.value());
            case MetricNames.HTTP_REQ_FAILED -> {
                if (sample.value() != 0) {
                    operation(sample).failures++;
                    failures.merge(failure(sample), 1L, Long::sum);
                }
            }
            default -> {
                // Other metrics are no requests.
            }
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
        failures.forEach((failure, count) ->
                kinds.add(ErrorKind.of(failure.operation, failure.status, failure.code, failure.error, count)));
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
