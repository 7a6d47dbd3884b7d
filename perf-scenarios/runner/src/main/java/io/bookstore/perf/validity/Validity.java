package io.bookstore.perf.validity;

import io.bookstore.k6.run.RunPlan;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.metrics.MetricNames;
import io.bookstore.perf.record.SpanFacts;
import io.bookstore.perf.results.CrossCheck;
import io.bookstore.perf.results.Evidence;
import io.bookstore.perf.results.MetricSummary;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.ThresholdResult;
import io.bookstore.perf.results.TrendStatistics;
import io.bookstore.perf.results.ValidityFinding;
import io.bookstore.perf.results.Verdict;
import io.bookstore.perf.results.facts.GeneratorLoad;
import io.bookstore.perf.results.facts.RunFacts;
import io.bookstore.perf.slo.FreeAnswers;
import io.bookstore.perf.stack.RequestCounter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Judges the measurement of a run by {@link ValidityRule}, and the tokens of its answers by what others counted. */
public final class Validity {

    private static final Duration BRIEF = Duration.ofSeconds(30);
    private static final int FEWEST_ARRIVALS = 20;
    private static final double LATE_MS = 250;
    private static final double LATE_SHARE_OF_REQUEST = 0.1;
    private static final double DROPPED_SHARE = 0.05;
    private static final double CONCURRENCY_GAP = 0.25;
    private static final double LOST_SHARE = 0.01;
    private static final int FEWEST_CHUNKS = 100;
    private static final double LATE_CHUNK_SHARE = 0.05;
    private static final double CLOCK_SECONDS = 2;
    private static final double CLOCK_SHARE = 0.001;
    private static final int FEWEST_ANSWERS = 20;
    private static final double CACHED_SHARE = 0.5;

    private static final Set<String> CLOSED_LOOPS = Set.of("constant-vus", "ramping-vus");

    private final RunResult result;
    private final Circumstances circumstances;
    private final List<ValidityFinding> findings = new ArrayList<>();

    private Validity(RunResult result, Circumstances circumstances) {
        this.result = result;
        this.circumstances = circumstances;
    }

    /**
     * The same result with the rules that it broke, and the verdict that follows. A run that ended by itself for another
     * reason than its limits keeps its verdict; wrong tokens are a defect that was seen, so they outweigh an invalid
     * measurement.
     */
    public static RunResult judge(RunResult result, Circumstances circumstances) {
        List<ValidityFinding> findings = findings(result, circumstances);
        RunResult looked = result.with(findings);
        int exitCode = result.verdict().exitCode();
        if (exitCode != ExitCode.OK.value() && exitCode != ExitCode.THRESHOLDS_CROSSED.value()
                || result.verdict().partial()) {
            return looked;
        }
        List<String> problems = new ArrayList<>(result.wrongUsage());
        ExitCode verdict = problems.isEmpty() ? ExitCode.INVALID : ExitCode.WRONG_USAGE;
        findings.stream()
                .filter(ValidityFinding::invalid)
                .map(ValidityFinding::sentence)
                .forEach(problems::add);
        return problems.isEmpty() ? looked : looked.with(Verdict.of(verdict.value(), String.join(" ", problems)));
    }

    /** The rules that a run broke, in the order of {@link ValidityRule}. */
    public static List<ValidityFinding> findings(RunResult result, Circumstances circumstances) {
        Validity validity = new Validity(result, circumstances);
        for (ValidityRule rule : ValidityRule.values()) {
            validity.look(rule);
        }
        return List.copyOf(validity.findings);
    }

    private void look(ValidityRule rule) {
        switch (rule) {
            case GENERATOR_LOAD -> lookAtGenerator();
            case LATE_ARRIVALS -> lookAtArrivals();
            case DROPPED_ARRIVALS -> lookAtDroppedArrivals();
            case LITTLES_LAW -> lookAtConcurrency();
            case LOST_ANSWERS -> lookForLostAnswers();
            case SIMULATOR_LATENESS -> lookAtSimulator();
            case CLOCK -> lookAtClock();
            case CACHED_ANSWERS -> lookForCachedAnswers();
            case FEW_SAMPLES -> lookForFewSamples();
            case DRIFT ->
                SteadyStage.of(result)
                        .flatMap(SteadyStage::drift)
                        .ifPresent(sentence -> add(ValidityRule.DRIFT, sentence));
            case LOST_TRACES -> lookForLostTraces();
            case INTERNAL_SPANS -> lookForInternalSpans();
            case FREE_ANSWERS -> lookForFreeAnswers();
        }
    }

    private void lookAtGenerator() {
        GeneratorLoad generator = result.run().generator();
        if (generator != null && generator.limiting()) {
            add(ValidityRule.GENERATOR_LOAD, generator.sentence());
        }
    }

    private void lookAtArrivals() {
        Circumstances.Arrivals arrivals = circumstances.arrivals();
        if (arrivals == null || arrivals.count() < FEWEST_ARRIVALS) {
            return;
        }
        double median = result.trend(MetricNames.HTTP_REQ_DURATION)
                .map(TrendStatistics::med)
                .orElse(0.0);
        if (arrivals.p95LateMs() > Math.max(LATE_MS, LATE_SHARE_OF_REQUEST * median)) {
            add(
                    ValidityRule.LATE_ARRIVALS,
                    "5 %% of %,d arrivals started more than %,.0f ms late, which is in no latency: load with less, or from a"
                            + " machine of its own.",
                    arrivals.count(),
                    arrivals.p95LateMs());
        }
    }

    private void lookAtDroppedArrivals() {
        double dropped = result.count(MetricNames.DROPPED_ITERATIONS).orElse(0.0);
        double arrived = dropped + result.count(MetricNames.ITERATIONS).orElse(0.0);
        boolean limited = result.thresholds().stream()
                .anyMatch(threshold -> threshold.metric().startsWith(MetricNames.DROPPED_ITERATIONS));
        if (!limited && openLoop() && dropped > DROPPED_SHARE * arrived) {
            add(
                    ValidityRule.DROPPED_ARRIVALS,
                    "%,.0f of %,.0f arrivals found no free virtual user, so that the longest waits are in no figure: raise"
                            + " maxVUs, or put a limit on dropped_iterations.",
                    dropped,
                    arrived);
        }
    }

    private boolean openLoop() {
        return result.run().loads().stream().anyMatch(RunFacts.Load::openLoop);
    }

    private void lookAtConcurrency() {
        Evidence.Concurrency seen = result.evidence().concurrency();
        List<RunFacts.Load> loads = result.run().loads();
        RunPlan plan = circumstances.plan();
        // Users that wait between their iterations are at work in none.
        boolean waiting = plan != null && !plan.minIterationDuration().isZero();
        if (seen == null
                || waiting
                || seen.seconds() <= 0
                || loads.isEmpty()
                || !loads.stream().allMatch(load -> CLOSED_LOOPS.contains(load.executor()))) {
            return;
        }
        double accounted = seen.busySeconds() / seen.seconds();
        // Each user may lose its last iteration, which has no end, and come and go between two counts of a second.
        double explained = seen.mostVus() * (seen.longestSeconds() + 1) / seen.seconds();
        if (Math.abs(seen.meanVus() - accounted) > CONCURRENCY_GAP * seen.meanVus() + explained) {
            add(
                    ValidityRule.LITTLES_LAW,
                    "%.1f virtual users were at work on average, but %,d iterations account for %.1f (rate times mean time):"
                            + " iterations hang or their times are wrong; look for requests without a timeout.",
                    seen.meanVus(),
                    seen.iterations(),
                    accounted);
        }
    }

    private void lookForLostAnswers() {
        CrossCheck counts = result.crossCheck();
        Long served = counts == null ? null : counts.service();
        if (counts == null || served == null) {
            return;
        }
        double cutOff = result.metric(MetricNames.VUS_MAX)
                .filter(MetricSummary.Gauge.class::isInstance)
                .map(metric -> ((MetricSummary.Gauge) metric).max())
                .orElse(0.0);
        if (served > counts.engine() + cutOff + LOST_SHARE * counts.engine()) {
            boolean alone = result.run().target().startedForTheRun();
            add(
                    ValidityRule.LOST_ANSWERS,
                    alone,
                    "The service served %,d summary requests, and the engine has an end of %,d: %s.",
                    served,
                    counts.engine(),
                    alone
                            ? "answers were lost, and no figure has them; look for timeouts and iterations that were cut off"
                            : "answers were lost, or others used the service meanwhile");
        }
    }

    private void lookAtSimulator() {
        RequestCounter.Lateness chunks = circumstances.simulator();
        if (chunks != null && chunks.chunks() >= FEWEST_CHUNKS && chunks.late() > LATE_CHUNK_SHARE * chunks.chunks()) {
            add(
                    ValidityRule.SIMULATOR_LATENESS,
                    "The simulator sent %,d of %,d chunks more than 250 ms late, so its latencies are not its model's: load"
                            + " with less, or give it a machine of its own.",
                    chunks.late(),
                    chunks.chunks());
        }
    }

    private void lookAtClock() {
        double wall = circumstances.wallTime().toMillis() / 1000.0;
        double steady = circumstances.steadyTime().toMillis() / 1000.0;
        if (Math.abs(wall - steady) > CLOCK_SECONDS + CLOCK_SHARE * steady) {
            add(
                    ValidityRule.CLOCK,
                    "The run took %.1f s by the wall clock and %.1f s by the monotonic one: the clock was set, or the machine"
                            + " slept. Run it again.",
                    wall,
                    steady);
        }
    }

    private void lookForCachedAnswers() {
        MetricSummary.Rate hits = result.rate(MetricNames.LLM_CACHE_HITS).orElse(null);
        boolean wanted = "use".equalsIgnoreCase(result.run().env().getOrDefault("SUMMARY_CACHE", "bypass"));
        if (hits != null && !wanted && hits.total() >= FEWEST_ANSWERS && hits.rate() > CACHED_SHARE) {
            add(
                    ValidityRule.CACHED_ANSWERS,
                    "%,d of %,d answers came from a cache, so the figures are the cache's and not the model's: have the service"
                            + " ask the model each time, or run with --env SUMMARY_CACHE=use if this is what you measure.",
                    hits.nonZero(),
                    hits.total());
        }
    }

    private void lookForFewSamples() {
        List<ThresholdResult> few =
                result.thresholds().stream().filter(ThresholdResult::indicative).toList();
        if (!few.isEmpty()) {
            add(
                    ValidityRule.FEW_SAMPLES,
                    "Too few samples for a percentile, so that the limit is only indicative: %s. Make the run longer.",
                    few.stream().map(Validity::samples).distinct().collect(Collectors.joining("; ")));
        }
    }

    private static String samples(ThresholdResult threshold) {
        return String.format(
                Locale.ROOT,
                "%s of %s has %,d of %,d",
                threshold.aggregation(),
                threshold.metric(),
                threshold.samples(),
                threshold.samplesNeeded());
    }

    private void lookForLostTraces() {
        SpanFacts.LostTraces lost = circumstances.spans().lost();
        if (lost != null) {
            add(
                    ValidityRule.LOST_TRACES,
                    switch (lost.hop()) {
                        case SERVER ->
                            "None of %,d good answers has a server span under the trace id that its request sent, and %,d have one"
                                    + " under another at the same time: the service does not read traceparent, so its time cannot be"
                                    + " told from the network's; let it take the W3C trace context from requests.";
                        case MODEL ->
                            "None of %,d good answers has the span of its call to the model under its trace id, and %,d have one"
                                    + " under another at the same time: the service loses the trace on the way to its calls, so their"
                                    + " time cannot be told from its own; pass the context on to the threads that call.";
                        case JOURNAL ->
                            "None of %,d good answers has an attempt under its id in the provider's journal, and %,d have one under"
                                    + " another at the same time: the service passes neither traceparent nor X-Request-Id on, so"
                                    + " attempts and waits cannot be joined; send one of them to the provider.";
                    },
                    lost.requests(),
                    lost.others());
        }
    }

    private void lookForInternalSpans() {
        for (SpanFacts.InternalSpans each : circumstances.spans().internal()) {
            add(
                    ValidityRule.INTERNAL_SPANS,
                    "%,d %s of a call to a provider in %s %s the kind INTERNAL, where OpenTelemetry's conventions demand CLIENT, so"
                            + " tools that look for calls to others miss them: start them as CLIENT.",
                    each.spans(),
                    each.spans() == 1 ? "span" : "spans",
                    each.service().isEmpty() ? "a service without a name" : "the service \"" + each.service() + "\"",
                    each.spans() == 1 ? "has" : "have");
        }
    }

    private void lookForFreeAnswers() {
        for (FreeAnswers each : circumstances.free()) {
            add(
                    ValidityRule.FREE_ANSWERS,
                    "%,d %s of %s used tokens and told no cost, and the price list has the model at $%s for a million input and $%s"
                            + " for a million output tokens, so the money of this run is too little: let the service tell the cost.",
                    each.answers(),
                    each.answers() == 1 ? "answer" : "answers",
                    each.model(),
                    price(each.inputUsd()),
                    price(each.outputUsd()));
        }
    }

    private static String price(double usd) {
        return BigDecimal.valueOf(usd).stripTrailingZeros().toPlainString();
    }

    private void add(ValidityRule rule, String format, @Nullable Object... figures) {
        add(rule, rule.consequence().invalid(isBrief(), circumstances.strict()), format, figures);
    }

    /** Returns whether the load was short by its plan or in fact; the plan of a busy machine takes longer than it says. */
    private boolean isBrief() {
        RunPlan plan = circumstances.plan();
        return result.run().duration().compareTo(BRIEF) < 0
                || plan != null && plan.duration().compareTo(BRIEF) < 0;
    }

    private void add(ValidityRule rule, boolean invalid, String format, @Nullable Object... figures) {
        String sentence = figures.length == 0 ? format : String.format(Locale.ROOT, format, figures);
        findings.add(new ValidityFinding(rule.label(), invalid, sentence));
    }
}
