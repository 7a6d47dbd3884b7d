package io.bookstore.perf.results;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.answer.Answer;
import io.bookstore.perf.metrics.MetricNames;
import io.bookstore.perf.record.RecordSummary;
import io.bookstore.perf.record.RequestRecord;
import io.bookstore.perf.results.facts.RunFacts;
import io.bookstore.perf.slo.Goodput;
import io.bookstore.perf.slo.Money;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything one run has to say, ready to be printed, written, drawn or compared.
 *
 * @param run        facts of the run
 * @param verdict    k6's exit code, and whether the run passed
 * @param thresholds in the order of the script's summary
 * @param metrics    by name; metrics without a sample are absent
 * @param operations HTTP requests by their {@code name} tag, busiest first
 * @param checks     in the order in which they were first evaluated
 * @param errors     failed requests, failed checks and thrown exceptions by kind, most frequent first
 * @param series     the run over time
 * @param crossCheck summary requests counted by service and simulator; null if neither could be asked
 * @param evidence   the part of the samples that tells of the measurement itself
 * @param findings   rules of a valid measurement that the run broke
 * @param slowest    the slowest requests by their records, the slowest first; at most ten, none if the script sends no ids
 * @param parts      the parts of the requests' times by class
 * @param goodput    good requests of all that were scheduled; null if none was whose class has a limit, or in a summary of an older
 *                   kit
 * @param money      cost of the requests to the model; null if there were none, or in a summary of an older kit
 * @param answer     the run in one sentence, with figures and sections of its own; null in a summary of an older kit
 */
public record RunResult(
        RunFacts run,
        Verdict verdict,
        List<ThresholdResult> thresholds,
        List<MetricSummary> metrics,
        List<OperationResult> operations,
        List<CheckResult> checks,
        List<ErrorKind> errors,
        TimeSeries series,
        @Nullable CrossCheck crossCheck,
        Evidence evidence,
        List<ValidityFinding> findings,
        List<RequestRecord> slowest,
        List<RecordSummary.PartTimes> parts,
        @Nullable Goodput goodput,
        @Nullable Money money,
        @Nullable Answer answer) {

    /** Metrics that every run has, whatever its script does. */
    private static final Set<String> BY_THE_ENGINE =
            Set.of(MetricNames.VUS, MetricNames.VUS_MAX, MetricNames.DATA_SENT, MetricNames.DATA_RECEIVED);

    public RunResult {
        thresholds = List.copyOf(thresholds);
        metrics = List.copyOf(metrics);
        operations = List.copyOf(operations);
        checks = List.copyOf(checks);
        errors = List.copyOf(errors);
        // Files of earlier versions have none of these.
        evidence = Objects.requireNonNullElse(evidence, Evidence.NONE);
        findings = List.copyOf(Objects.requireNonNullElse(findings, List.of()));
        slowest = List.copyOf(Objects.requireNonNullElse(slowest, List.of()));
        parts = List.copyOf(Objects.requireNonNullElse(parts, List.of()));
    }

    /** A result that no other party has looked at yet: neither at its measurement, nor at single requests, nor its scenario. */
    public RunResult(
            RunFacts run,
            Verdict verdict,
            List<ThresholdResult> thresholds,
            List<MetricSummary> metrics,
            List<OperationResult> operations,
            List<CheckResult> checks,
            List<ErrorKind> errors,
            TimeSeries series,
            @Nullable CrossCheck crossCheck) {
        this(
                run,
                verdict,
                thresholds,
                metrics,
                operations,
                checks,
                errors,
                series,
                crossCheck,
                Evidence.NONE,
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                null);
    }

    /** The metric of that name, if it has samples. */
    public Optional<MetricSummary> metric(String name) {
        return metrics.stream().filter(metric -> metric.name().equals(name)).findFirst();
    }

    /** The trend of that name, if it has samples. */
    public Optional<TrendStatistics> trend(String name) {
        return metric(name)
                .filter(MetricSummary.Trend.class::isInstance)
                .map(metric -> ((MetricSummary.Trend) metric).statistics());
    }

    /** The sum of a counter, if it has samples. */
    public Optional<Double> count(String name) {
        return metric(name)
                .filter(MetricSummary.Counter.class::isInstance)
                .map(metric -> ((MetricSummary.Counter) metric).count());
    }

    /** The share of a rate, if it has samples. */
    public Optional<MetricSummary.Rate> rate(String name) {
        return metric(name).filter(MetricSummary.Rate.class::isInstance).map(MetricSummary.Rate.class::cast);
    }

    /** Tokens, cost and token timing; empty if the script measured no LLM operation. */
    @JsonIgnore
    public Optional<LlmResult> llm() {
        return LlmResult.of(this);
    }

    /** HTTP requests for LLM operations, by the tag that our scripts put on them; setup's requests carry none. */
    @JsonIgnore
    public long llmRequests() {
        return operations.stream()
                .filter(operation -> "llm".equals(operation.type()))
                .mapToLong(OperationResult::requests)
                .sum();
    }

    /** The same result, with what others counted. */
    public RunResult with(CrossCheck counted) {
        return copy(verdict, thresholds, counted, findings, slowest, parts, answer);
    }

    /** The same result, with errors that no sample has. */
    public RunResult withErrors(List<ErrorKind> more) {
        return new RunResult(
                run,
                verdict,
                thresholds,
                metrics,
                operations,
                checks,
                ErrorKind.sorted(Stream.concat(errors.stream(), more.stream())),
                series,
                crossCheck,
                evidence,
                findings,
                slowest,
                parts,
                goodput,
                money,
                answer);
    }

    /** The same result, with the rules that its measurement broke. */
    public RunResult with(List<ValidityFinding> broken) {
        return copy(verdict, thresholds, crossCheck, broken, slowest, parts, answer);
    }

    /** Tokens and money that answers told and others counted differently, one sentence for each. */
    @JsonIgnore
    public List<String> wrongUsage() {
        return crossCheck == null ? List.of() : crossCheck.wrongUsage(evidence.told());
    }

    /** The sentences of the verdict's problem, each on its own: one for each difference and for each rule that was broken. */
    @JsonIgnore
    public List<String> problems() {
        int exitCode = verdict.exitCode();
        if (exitCode != ExitCode.INVALID.value() && exitCode != ExitCode.WRONG_USAGE.value()) {
            return verdict.problem() == null ? List.of() : List.of(verdict.problem());
        }
        return Stream.concat(
                        wrongUsage().stream(),
                        findings.stream().filter(ValidityFinding::invalid).map(ValidityFinding::sentence))
                .toList();
    }

    /** Sentences on the measurement that changed no verdict: notes, and those on a run that failed for another reason. */
    @JsonIgnore
    public List<String> remarks() {
        List<String> problems = problems();
        return Stream.concat(wrongUsage().stream(), findings.stream().map(ValidityFinding::sentence))
                .filter(sentence -> !problems.contains(sentence))
                .toList();
    }

    /** The same result, with the records of its requests. */
    public RunResult with(RecordSummary records) {
        return copy(verdict, thresholds, crossCheck, findings, records.slowest(), records.parts(), answer);
    }

    /** The same result, with what its requests were worth. */
    public RunResult with(@Nullable Goodput newGoodput, @Nullable Money newMoney) {
        return new RunResult(
                run,
                verdict,
                thresholds,
                metrics,
                operations,
                checks,
                errors,
                series,
                crossCheck,
                evidence,
                findings,
                slowest,
                parts,
                newGoodput,
                newMoney,
                answer);
    }

    /**
     * The reason why a run that crossed no threshold has shown nothing either: no iteration came to its end, or none of
     * the limits on a rate or a trend had a sample of its metric. A counter without a sample is a true 0, such as
     * errors that never came. Empty if something was measured.
     */
    @JsonIgnore
    public Optional<String> nothingMeasured() {
        if (metrics.stream().allMatch(metric -> BY_THE_ENGINE.contains(metric.name()))) {
            return Optional.of("Nothing was measured: no iteration came to its end; make the run longer.");
        }
        List<ThresholdResult> needSamples = thresholds.stream()
                .filter(threshold -> !List.of("count", "value").contains(threshold.aggregation()))
                .toList();
        boolean none = !needSamples.isEmpty()
                && needSamples.stream()
                        .allMatch(threshold -> metric(threshold.metric().replaceFirst("\\{.*", ""))
                                .isEmpty());
        return none
                ? Optional.of("Nothing was measured: no limit had a sample (" + names(needSamples)
                        + "); check what the script does.")
                : Optional.empty();
    }

    private static String names(List<ThresholdResult> thresholds) {
        return thresholds.stream().map(ThresholdResult::metric).distinct().collect(Collectors.joining(", "));
    }

    /** The same result, with another verdict. */
    public RunResult with(Verdict other) {
        return copy(other, thresholds, crossCheck, findings, slowest, parts, answer);
    }

    /** The same result, in the words of its scenario. */
    public RunResult with(Answer said) {
        return copy(verdict, thresholds, crossCheck, findings, slowest, parts, said);
    }

    /** The same result, with each threshold judged by its measured value and the verdict that follows from them. */
    public RunResult judged() {
        List<ThresholdResult> again =
                thresholds.stream().map(ThresholdResult::judged).toList();
        boolean held = again.stream().allMatch(ThresholdResult::passed);
        return copy(Verdict.of(held ? 0 : 99, null), again, crossCheck, findings, slowest, parts, answer);
    }

    private RunResult copy(
            Verdict newVerdict,
            List<ThresholdResult> newThresholds,
            @Nullable CrossCheck newCrossCheck,
            List<ValidityFinding> newFindings,
            List<RequestRecord> newSlowest,
            List<RecordSummary.PartTimes> newParts,
            @Nullable Answer newAnswer) {
        return new RunResult(
                run,
                newVerdict,
                newThresholds,
                metrics,
                operations,
                checks,
                errors,
                series,
                newCrossCheck,
                evidence,
                newFindings,
                newSlowest,
                newParts,
                goodput,
                money,
                newAnswer);
    }

    /** Says how many thresholds held; one that nothing was measured for is not said to have held. */
    public String thresholdsInWords() {
        long unmeasured =
                thresholds.stream().filter(ThresholdResult::unmeasured).count();
        String held = "%d of %d thresholds held"
                .formatted(thresholds.size() - crossed().size() - unmeasured, thresholds.size());
        return unmeasured == 0 ? held : held + ", %d not measured".formatted(unmeasured);
    }

    /** Thresholds that were crossed. */
    @JsonIgnore
    public List<ThresholdResult> crossed() {
        return thresholds.stream().filter(threshold -> !threshold.passed()).toList();
    }
}
