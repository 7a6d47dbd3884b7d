package io.bookstore.perf.report;

import io.bookstore.perf.metrics.MetricNames;
import io.bookstore.perf.results.CrossCheck;
import io.bookstore.perf.results.MetricSummary;
import io.bookstore.perf.results.RunResult;
import java.util.ArrayList;
import java.util.List;

/** The counts of engine, service and simulator beside each other. */
public final class CrossCheckSection {

    private final RunResult result;

    CrossCheckSection(RunResult result) {
        this.result = result;
    }

    /** Returns whether the parties counted differently, and nothing in the run explains it. */
    boolean unexplained() {
        return result.crossCheck() != null && !countsAgree() && !attemptsDiffer();
    }

    /** The outcome of the cross-check, to go on after a comma. */
    public String verdict() {
        if (!result.wrongUsage().isEmpty()) {
            return "; their tokens or cost do not agree.";
        }
        if (countsAgree()) {
            return ": they agree.";
        }
        return attemptsDiffer()
                ? ": engine and service agree; the simulator counts attempts, and the service repeated some requests"
                        + " or did not pass them on."
                : "; they do not agree.";
    }

    /** Tokens and cost as each party adds them up; empty if only the answers tell any. */
    public List<UsageRow> usage() {
        CrossCheck counts = result.crossCheck();
        if (counts == null || (counts.serviceUsage() == null && counts.simulatorUsage() == null)) {
            return List.of();
        }
        List<UsageRow> rows = new ArrayList<>();
        rows.add(UsageRow.of("Answers", result.evidence().told()));
        if (counts.serviceUsage() != null) {
            rows.add(UsageRow.of("Service, from /metrics", counts.serviceUsage()));
        }
        if (counts.simulatorUsage() != null) {
            rows.add(UsageRow.of("Simulator's journal", counts.simulatorUsage()));
        }
        return rows;
    }

    private boolean countsAgree() {
        CrossCheck counts = result.crossCheck();
        return counts != null && counts.agree();
    }

    /** A service that fails, retries or refuses makes more or fewer attempts than it gets requests, and that is no riddle. */
    private boolean attemptsDiffer() {
        CrossCheck counts = result.crossCheck();
        boolean served = counts != null && (counts.service() == null || counts.service() == counts.engine());
        double retries = result.count(MetricNames.LLM_RETRIES).orElse(0.0);
        long failures = result.rate(MetricNames.LLM_ERRORS)
                .map(MetricSummary.Rate::nonZero)
                .orElse(0L);
        return served && retries + failures > 0;
    }
}
