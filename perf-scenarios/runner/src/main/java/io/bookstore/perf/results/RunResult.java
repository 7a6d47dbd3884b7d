package io.bookstore.perf.results;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.Quantity;
import io.bookstore.perf.answer.Answer;
import io.bookstore.perf.metrics.MetricNames;
import io.bookstore.perf.record.RecordSummary;
import io.bookstore.perf.record.RequestRecord;
import io.bookstore.perf.results.facts.RunFacts;
import io.bookstore.perf.slo.Goodput;
import io.bookstore.perf.slo.Money;
import java.util.List;
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
 * @param answer     the run in one sentence, with figures and sections of its own; null in a summary of an older kit
 */
public record RunResult(
        RunFacts run,
        Verdict verdict,
        List<ThresholdResult> thresholds,
        @JsonUnwrapped Measurements measurements,
        @JsonUnwrapped ValidityFacts validity,
        @JsonUnwrapped RequestFigures requests,
        @Nullable Answer answer) {

    /** Metrics that every run has, whatever its script does. */
    private static final Set<String> BY_THE_ENGINE =
            Set.of(MetricNames.VUS, MetricNames.VUS_MAX, MetricNames.DATA_SENT, MetricNames.DATA_RECEIVED);

    public RunResult {
        thresholds = List.copyOf(thresholds);
    }

    /** A result of samples alone: nobody has looked at single requests yet, or told it in the words of its scenario. */
    public RunResult(
            RunFacts run,
            Verdict verdict,
            List<ThresholdResult> thresholds,
            Measurements measurements,
            ValidityFacts validity) {
        this(run, verdict, thresholds, measurements, validity, RequestFigures.NONE, null);
    }

    public List<MetricSummary> metrics() {
        return measurements.metrics();
    }

    public List<OperationResult> operations() {
        return measurements.operations();
    }

    public List<CheckResult> checks() {
        return measurements.checks();
    }

    public List<ErrorKind> errors() {
        return measurements.errors();
    }

    public TimeSeries series() {
        return measurements.series();
    }

    @Nullable
    public CrossCheck crossCheck() {
        return validity.crossCheck();
    }

    public Evidence evidence() {
        return validity.evidence();
    }

    public List<ValidityFinding> findings() {
        return validity.findings();
    }

    public List<RequestRecord> slowest() {
        return requests.slowest();
    }

    public List<RecordSummary.PartTimes> parts() {
        return requests.parts();
    }

    @Nullable
    public Goodput goodput() {
        return requests.goodput();
    }

    @Nullable
    public Money money() {
        return requests.money();
    }

    /** The metric of that name, if it has samples. */
    public Optional<MetricSummary> metric(String name) {
        return measurements.metric(name);
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
        return operations().stream()
                .filter(operation -> "llm".equals(operation.type()))
                .mapToLong(OperationResult::requests)
                .sum();
    }

    /** The same result, with what others counted. */
    public RunResult with(CrossCheck counted) {
        return copy(verdict, thresholds, validity.with(counted), requests);
    }

    /** The same result, with errors that no sample has. */
    public RunResult withErrors(List<ErrorKind> more) {
        return new RunResult(run, verdict, thresholds, measurements.withErrors(more), validity, requests, answer);
    }

    /** The same result, with the rules that its measurement broke. */
    public RunResult with(List<ValidityFinding> broken) {
        return copy(verdict, thresholds, validity.with(broken), requests);
    }

    /** Tokens and money that answers told and others counted differently, one sentence for each. */
    @JsonIgnore
    public List<String> wrongUsage() {
        return validity.wrongUsage();
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
                        findings().stream().filter(ValidityFinding::invalid).map(ValidityFinding::sentence))
                .toList();
    }

    /** Sentences on the measurement that changed no verdict: notes, and those on a run that failed for another reason. */
    @JsonIgnore
    public List<String> remarks() {
        List<String> problems = problems();
        return Stream.concat(wrongUsage().stream(), findings().stream().map(ValidityFinding::sentence))
                .filter(sentence -> !problems.contains(sentence))
                .toList();
    }

    /** The same result, with the records of its requests. */
    public RunResult with(RecordSummary records) {
        return copy(verdict, thresholds, validity, requests.with(records));
    }

    /** The same result, with what its requests were worth. */
    public RunResult with(@Nullable Goodput newGoodput, @Nullable Money newMoney) {
        return copy(verdict, thresholds, validity, requests.with(newGoodput, newMoney));
    }

    /**
     * The reason why a run that crossed no threshold has shown nothing either: no iteration came to its end, none of the limits
     * on a rate or a trend had a sample of its metric, or an exception ended every iteration and no such limit is there. A counter
     * without a sample is a true 0, such as errors that never came. Empty if something was measured.
     */
    @JsonIgnore
    public Optional<String> nothingMeasured() {
        if (metrics().stream().allMatch(metric -> BY_THE_ENGINE.contains(metric.name()))) {
            return Optional.of("Nothing was measured: no iteration came to its end; make the run longer.");
        }
        List<ThresholdResult> needSamples = thresholds.stream()
                .filter(threshold -> !List.of("count", "value").contains(threshold.aggregation()))
                .toList();
        boolean none = !needSamples.isEmpty()
                && needSamples.stream()
                        .allMatch(threshold -> metric(threshold.metric().replaceFirst("\\{.*", ""))
                                .isEmpty());
        if (none) {
            return Optional.of("Nothing was measured: no limit had a sample (" + names(needSamples)
                    + "); check what the script does.");
        }
        return needSamples.isEmpty() ? everyIterationThrew() : Optional.empty();
    }

    /** The sentence for a run in which an exception ended every iteration; k6 counts those too. */
    private Optional<String> everyIterationThrew() {
        List<ErrorKind> thrown = errors().stream()
                .filter(error -> error.source() == ErrorKind.Source.EXCEPTION)
                .toList();
        long count = thrown.stream().mapToLong(ErrorKind::count).sum();
        return thrown.isEmpty() || count < count(MetricNames.ITERATIONS).orElse(0.0)
                ? Optional.empty()
                : Optional.of(
                        "Nothing was measured: an exception ended every iteration, and no limit judges a request ("
                                + thrown.get(0).description() + "); correct the script.");
    }

    private static String names(List<ThresholdResult> thresholds) {
        return thresholds.stream().map(ThresholdResult::metric).distinct().collect(Collectors.joining(", "));
    }

    /** The same result, with another verdict. */
    public RunResult with(Verdict other) {
        return copy(other, thresholds, validity, requests);
    }

    /** The same result, in the words of its scenario. */
    public RunResult with(Answer said) {
        return new RunResult(run, verdict, thresholds, measurements, validity, requests, said);
    }

    /** The same result, with each threshold judged by its measured value and the verdict that follows from them. */
    public RunResult judged() {
        List<ThresholdResult> again =
                thresholds.stream().map(ThresholdResult::judged).toList();
        boolean held = again.stream().allMatch(ThresholdResult::passed);
        return copy(Verdict.of(held ? 0 : 99, null), again, validity, requests);
    }

    private RunResult copy(
            Verdict newVerdict,
            List<ThresholdResult> newThresholds,
            ValidityFacts newValidity,
            RequestFigures newRequests) {
        return new RunResult(run, newVerdict, newThresholds, measurements, newValidity, newRequests, answer);
    }

    /** Says how many thresholds held; one that nothing was measured for is not said to have held. */
    public String thresholdsInWords() {
        long unmeasured =
                thresholds.stream().filter(ThresholdResult::unmeasured).count();
        String held = "%d of %s held"
                .formatted(
                        thresholds.size() - crossed().size() - unmeasured,
                        Quantity.count(thresholds.size(), "threshold"));
        return unmeasured == 0 ? held : held + ", %d not measured".formatted(unmeasured);
    }

    /** Thresholds that were crossed. */
    @JsonIgnore
    public List<ThresholdResult> crossed() {
        return thresholds.stream().filter(threshold -> !threshold.passed()).toList();
    }
}
