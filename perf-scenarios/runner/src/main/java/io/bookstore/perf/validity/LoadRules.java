package io.bookstore.perf.validity;

import io.bookstore.k6.run.RunPlan;
import io.bookstore.perf.metrics.MetricNames;
import io.bookstore.perf.results.Evidence;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.TrendStatistics;
import io.bookstore.perf.results.facts.GeneratorLoad;
import io.bookstore.perf.results.facts.RunFacts;
import io.bookstore.perf.stack.RequestCounter;
import java.util.List;
import java.util.Set;

/** Rules about the load, its generator and the simulator: whether the times of requests are what they seem. */
final class LoadRules {

    private static final int FEWEST_ARRIVALS = 20;
    private static final int FEWEST_REQUESTS = 20;
    private static final double LATE_MS = 250;
    private static final double LATE_SHARE_OF_REQUEST = 0.1;
    private static final double DROPPED_SHARE = 0.05;
    private static final double CONCURRENCY_GAP = 0.25;
    private static final int FEWEST_CHUNKS = 100;
    private static final double LATE_CHUNK_SHARE = 0.05;
    private static final double CLOCK_SECONDS = 2;
    private static final double CLOCK_SHARE = 0.001;
    private static final Set<String> CLOSED_LOOPS = Set.of("constant-vus", "ramping-vus");

    private final RunResult result;
    private final Circumstances circumstances;
    private final Findings findings;

    LoadRules(RunResult result, Circumstances circumstances, Findings findings) {
        this.result = result;
        this.circumstances = circumstances;
        this.findings = findings;
    }

    void look() {
        lookAtGenerator();
        lookAtArrivals();
        lookAtConnections();
        lookAtDroppedArrivals();
        lookAtConcurrency();
        lookAtSimulator();
        lookAtClock();
    }

    private void lookAtGenerator() {
        GeneratorLoad generator = result.run().generator();
        if (generator != null && generator.limiting()) {
            findings.add(ValidityRule.GENERATOR_LOAD, generator.sentence());
        }
    }

    private void lookAtArrivals() {
        Circumstances.Arrivals arrivals = circumstances.arrivals();
        if (arrivals == null || arrivals.count() < FEWEST_ARRIVALS) {
            return;
        }
        if (arrivals.p95LateMs() > noticeableMs()) {
            findings.add(
                    ValidityRule.LATE_ARRIVALS,
                    "5 %% of %,d arrivals started more than %,.0f ms late, which is in no latency: load with less, or from a"
                            + " machine of its own.",
                    arrivals.count(),
                    arrivals.p95LateMs());
        }
    }

    /** A wait that matters beside a request. */
    private double noticeableMs() {
        double median = result.trend(MetricNames.HTTP_REQ_DURATION)
                .map(TrendStatistics::med)
                .orElse(0.0);
        return Math.max(LATE_MS, LATE_SHARE_OF_REQUEST * median);
    }

    private void lookAtConnections() {
        TrendStatistics waits = result.trend(MetricNames.HTTP_REQ_BLOCKED).orElse(null);
        if (waits != null && waits.count() >= FEWEST_REQUESTS && waits.p95() > noticeableMs()) {
            findings.add(
                    ValidityRule.SLOW_CONNECTIONS,
                    "5 %% of %,d requests waited more than %,.0f ms for a connection, which is in no latency: look for a limit on"
                            + " connections between the load and the service, or for a service that closes them.",
                    waits.count(),
                    waits.p95());
        }
    }

    private void lookAtDroppedArrivals() {
        double dropped = result.count(MetricNames.DROPPED_ITERATIONS).orElse(0.0);
        double arrived = dropped + result.count(MetricNames.ITERATIONS).orElse(0.0);
        boolean limited = result.thresholds().stream()
                .anyMatch(threshold -> threshold.metric().startsWith(MetricNames.DROPPED_ITERATIONS));
        if (!limited && openLoop() && dropped > DROPPED_SHARE * arrived) {
            findings.add(
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
            findings.add(
                    ValidityRule.LITTLES_LAW,
                    "%.1f virtual users were at work on average, but %,d iterations account for %.1f (rate times mean time):"
                            + " iterations hang or their times are wrong; look for requests without a timeout.",
                    seen.meanVus(),
                    seen.iterations(),
                    accounted);
        }
    }

    private void lookAtSimulator() {
        RequestCounter.Lateness chunks = circumstances.simulator();
        if (chunks != null && chunks.chunks() >= FEWEST_CHUNKS && chunks.late() > LATE_CHUNK_SHARE * chunks.chunks()) {
            findings.add(
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
            findings.add(
                    ValidityRule.CLOCK,
                    "The run took %.1f s by the wall clock and %.1f s by the monotonic one: the clock was set, or the machine"
                            + " slept. Run it again.",
                    wall,
                    steady);
        }
    }
}
