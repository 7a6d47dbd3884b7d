package io.bookstore.perf.validity;

import io.bookstore.perf.Quantity;
import io.bookstore.perf.metrics.MetricNames;
import io.bookstore.perf.results.CrossCheck;
import io.bookstore.perf.results.MetricSummary;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.ThresholdResult;
import io.bookstore.perf.slo.FreeAnswers;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Rules about the answers: whether all were seen, whether the model gave them, and whether they are enough. */
final class AnswerRules {

    private static final double LOST_SHARE = 0.01;
    private static final int FEWEST_ANSWERS = 20;
    private static final double CACHED_SHARE = 0.5;

    private final RunResult result;
    private final Circumstances circumstances;
    private final Findings findings;

    AnswerRules(RunResult result, Circumstances circumstances, Findings findings) {
        this.result = result;
        this.circumstances = circumstances;
        this.findings = findings;
    }

    void look() {
        lookForLostAnswers();
        lookForCachedAnswers();
        lookForFewSamples();
        lookForDrift();
        lookForFreeAnswers();
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
            findings.add(
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

    private void lookForCachedAnswers() {
        MetricSummary.Rate hits = result.rate(MetricNames.LLM_CACHE_HITS).orElse(null);
        if (hits != null
                && !InputRules.cacheIsWanted(result)
                && hits.total() >= FEWEST_ANSWERS
                && hits.rate() > CACHED_SHARE) {
            findings.add(
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
            findings.add(
                    ValidityRule.FEW_SAMPLES,
                    "Too few samples for a percentile, so that the limit is only indicative: %s. Make the run longer.",
                    few.stream().map(AnswerRules::samples).distinct().collect(Collectors.joining("; ")));
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

    private void lookForDrift() {
        SteadyStage.of(result)
                .flatMap(SteadyStage::drift)
                .ifPresent(sentence -> findings.add(ValidityRule.DRIFT, sentence));
    }

    private void lookForFreeAnswers() {
        for (FreeAnswers each : circumstances.free()) {
            findings.add(
                    ValidityRule.FREE_ANSWERS,
                    "%s of %s used tokens and told no cost, and the price list has the model at $%s for a million input and $%s"
                            + " for a million output tokens, so the money of this run is too little: let the service tell the cost.",
                    Quantity.count(each.answers(), "answer"),
                    each.model(),
                    price(each.inputUsd()),
                    price(each.outputUsd()));
        }
    }

    private static String price(double usd) {
        return BigDecimal.valueOf(usd).stripTrailingZeros().toPlainString();
    }
}
