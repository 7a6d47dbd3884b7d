package io.bookstore.perf.verify;

import io.bookstore.perf.Quantity;
import io.bookstore.perf.record.RequestRecord;
import io.bookstore.perf.results.CrossCheck;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.ThresholdResult;
import io.bookstore.perf.results.ValidityFinding;
import io.bookstore.perf.validity.ValidityRule;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The items that take a run: counts, cost, traces and limits. */
final class RunItems {

    static final String NO_SPANS = "no spans came";
    static final String EXPORT_SPANS =
            "Give --otlp-port, and let the service export its spans there, by OTLP over HTTP.";

    private final ServiceFacts facts;
    private final @Nullable RunResult run;
    private final ItemList items;

    /** @param run null if there was none */
    RunItems(ServiceFacts facts, @Nullable RunResult run, ItemList items) {
        this.facts = facts;
        this.run = run;
        this.items = items;
    }

    void lookAtCounts() {
        String rule = "Tokens and money are counted once, by answers, metrics and provider alike";
        CrossCheck check = run == null ? null : run.crossCheck();
        if (run == null || check == null || check.serviceUsage() == null && check.simulatorUsage() == null) {
            items.unknown(
                    "counted-once",
                    rule,
                    "neither metrics of the service nor a simulator's journal could be read",
                    "Load the service with the simulator as its provider: the journal has the truth.");
        } else if (run.wrongUsage().isEmpty()) {
            items.pass(
                    "counted-once",
                    rule,
                    Quantity.count(check.engine(), "answer") + (check.engine() == 1 ? " agrees" : " agree"));
        } else {
            items.fail(
                    "counted-once",
                    rule,
                    String.join(" ", run.wrongUsage()),
                    "Count the usage of each call once: a wrapped client, or a retry, may count it again.");
        }
    }

    void lookAtCost() {
        String rule = "An answer of a model with a list price tells a cost";
        Optional<ValidityFinding> free = finding(ValidityRule.FREE_ANSWERS);
        boolean told = facts.answers().stream().anyMatch(answer -> tellsCost(answer.figure("costUsd")));
        if (free.isPresent()) {
            items.fail("cost", rule, free.get().sentence(), "Let the service tell the cost of each answer.");
        } else if (told) {
            items.pass("cost", rule, "each answer tells its dollars");
        } else {
            items.unknown(
                    "cost",
                    rule,
                    "no answer tells a cost",
                    "Name its place in the descriptor, answer.costUsd, if the service tells it.");
        }
    }

    void lookAtTraces() {
        String rule = "The service carries on the trace of a request";
        Optional<ValidityFinding> lost = finding(ValidityRule.LOST_TRACES);
        boolean joined = run != null
                && run.slowest().stream().map(RequestRecord::parts).anyMatch(parts -> parts.applicationMs() != null);
        if (lost.isPresent()) {
            items.fail("trace-context", rule, lost.get().sentence(), "Read traceparent (W3C), and pass it on.");
        } else if (joined) {
            items.pass("trace-context", rule, "spans came under the ids of their requests");
        } else {
            items.unknown("trace-context", rule, NO_SPANS, EXPORT_SPANS);
        }
        String kind = "A call to a provider is a span of the kind CLIENT";
        Optional<ValidityFinding> internal = finding(ValidityRule.INTERNAL_SPANS);
        if (internal.isPresent()) {
            items.fail("span-kind", kind, internal.get().sentence(), "Start the spans of calls as CLIENT.");
        } else if (joined) {
            items.pass("span-kind", kind, "none is INTERNAL");
        } else {
            items.unknown("span-kind", kind, NO_SPANS, EXPORT_SPANS);
        }
    }

    void lookAtLimits() {
        String rule = "A few summaries hold the usual limits";
        if (run == null || run.thresholds().stream().allMatch(ThresholdResult::unmeasured)) {
            items.unknown("limits", rule, "nothing was measured", "");
            return;
        }
        List<ThresholdResult> crossed = run.crossed();
        if (crossed.isEmpty()) {
            int limits = run.thresholds().size();
            items.pass("limits", rule, Quantity.count(limits, "limit") + (limits == 1 ? " holds" : " hold"));
        } else {
            items.fail(
                    "limits",
                    rule,
                    crossed.stream().map(ThresholdResult::sentence).collect(Collectors.joining("; ")),
                    "Look at the report of the run, or give limits of your own with -e, such as LLM_P95_MS=20000.");
        }
    }

    private Optional<ValidityFinding> finding(ValidityRule rule) {
        return run == null
                ? Optional.empty()
                : run.findings().stream()
                        .filter(finding -> finding.rule().equals(rule.label()))
                        .findFirst();
    }

    private static boolean tellsCost(@Nullable Double usd) {
        return usd != null && usd > 0;
    }
}
