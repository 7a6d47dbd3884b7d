package io.bookstore.k6;

import io.bookstore.k6.run.CheckCount;
import io.bookstore.k6.run.EngineOutcome;
import io.bookstore.k6.run.MetricResult;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a run came to.
 *
 * @param outcome k6's exit code and, where it is not the thresholds that failed the run, the reason in a sentence
 * @param metrics every metric with a sample or a threshold, each before the parts that thresholds select; empty if the script
 *                never ran
 * @param checks  in the order in which they were first seen, those of a group after those around it
 */
public record K6Result(EngineOutcome outcome, List<MetricResult> metrics, List<CheckCount> checks) {

    public K6Result {
        metrics = List.copyOf(metrics);
        checks = List.copyOf(checks);
    }

    /** Returns whether the exit code is 0: the script ran to its end and every threshold held. */
    public boolean passed() {
        return outcome.exitCode() == 0;
    }

    /** The metric of that name, with its tag filter if it has one: {@code http_req_duration{name:order}}. */
    public Optional<MetricResult> metric(String name) {
        return metrics.stream().filter(metric -> metric.name().equals(name)).findFirst();
    }

    /** Thresholds that were crossed, as {@code metric: expression}. */
    public List<String> crossed() {
        return metrics.stream()
                .flatMap(metric -> metric.thresholds().stream()
                        .filter(threshold -> !threshold.ok())
                        .map(threshold -> metric.name() + ": " + threshold.expression()))
                .toList();
    }
}
