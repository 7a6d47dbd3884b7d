package io.bookstore.perf.results;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The samples of a run in figures.
 *
 * @param metrics    by name; metrics without a sample are absent
 * @param operations HTTP requests by their {@code name} tag, busiest first
 * @param checks     in the order in which they were first evaluated
 * @param errors     failed requests, failed checks and thrown exceptions by kind, most frequent first
 * @param series     the run over time
 */
public record Measurements(
        List<MetricSummary> metrics,
        List<OperationResult> operations,
        List<CheckResult> checks,
        List<ErrorKind> errors,
        TimeSeries series) {

    public Measurements {
        metrics = List.copyOf(metrics);
        operations = List.copyOf(operations);
        checks = List.copyOf(checks);
        errors = List.copyOf(errors);
    }

    Optional<MetricSummary> metric(String name) {
        return metrics.stream().filter(metric -> metric.name().equals(name)).findFirst();
    }

    Measurements withErrors(List<ErrorKind> more) {
        return new Measurements(
                metrics, operations, checks, ErrorKind.sorted(Stream.concat(errors.stream(), more.stream())), series);
    }
}
