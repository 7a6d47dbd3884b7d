package io.bookstore.perf.compare;

import io.bookstore.perf.metrics.TrendSink;
import io.bookstore.perf.results.MetricSummary;
import io.bookstore.perf.results.TrendStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Pairs of runs as arithmetic: the provider of the simulator's profile "sonnet-class", and a service that takes a
 * lognormal time of its own. Nothing waits, so that a thousand comparisons take a second.
 *
 * @param requests       requests of a run
 * @param keyed          true if the provider answers the same request alike in every run, as the simulator does with one seed
 * @param appFactor      time of the candidate's service, as a multiple of the baseline's
 * @param responseFactor the same of its whole response
 */
record SimulatedSession(int pairs, int requests, boolean keyed, double appFactor, double responseFactor) {

    private static final double TTFT_MS = 800;
    private static final double TTFT_SIGMA = 0.5;
    private static final double TOKENS_PER_MS = 0.064;
    private static final double SPEED_SIGMA = 0.2;
    private static final double APP_MS = 80;
    private static final double APP_SIGMA = 0.6;
    private static final double ERRORS = 0.01;
    private static final double RUN_SIGMA = 0.005;

    static SimulatedSession unchanged(int pairs, int requests) {
        return new SimulatedSession(pairs, requests, true, 1, 1);
    }

    Comparison compare(long seed) {
        Random noise = new Random(seed);
        List<ComparedRun> baseline = new ArrayList<>();
        List<ComparedRun> candidate = new ArrayList<>();
        for (int pair = 0; pair < pairs; pair++) {
            baseline.add(run("before/" + pair, 4 * pair, seed, noise, 1, 1));
            candidate.add(run("after/" + pair, 4 * pair + 2, seed, noise, appFactor, responseFactor));
        }
        return Comparison.of(baseline, candidate, CompareRules.DEFAULT);
    }

    private ComparedRun run(String name, int minute, long seed, Random noise, double app, double response) {
        Random provider = keyed ? new Random(~seed) : noise;
        // Requests of one run share a machine, so that they are no observations of their own.
        double machine = Math.exp(RUN_SIGMA * noise.nextGaussian());
        TrendSink responses = TrendSink.exact();
        TrendSink ttfts = TrendSink.exact();
        TrendSink overheads = TrendSink.exact();
        long failed = 0;
        double dollars = 0;
        for (int request = 0; request < requests; request++) {
            int tokens = 80 + provider.nextInt(87);
            double ttft = TTFT_MS * Math.exp(TTFT_SIGMA * provider.nextGaussian());
            double speed = TOKENS_PER_MS * Math.exp(SPEED_SIGMA * provider.nextGaussian());
            double own = app * machine * APP_MS * Math.exp(APP_SIGMA * noise.nextGaussian());
            ttfts.add(response * ttft);
            overheads.add(response * own);
            responses.add(response * (ttft + tokens / speed + own));
            failed += noise.nextDouble() < ERRORS ? 1 : 0;
            dollars += tokens * 15e-6;
        }
        return SampleRun.at(minute)
                .metrics(
                        trend("llm_response_time", responses),
                        trend("llm_ttft", ttfts),
                        trend("llm_app_overhead", overheads),
                        SampleRun.failures("llm_errors", failed, requests),
                        SampleRun.counter("llm_operations", requests),
                        SampleRun.counter("llm_cost_usd", dollars))
                .named(name);
    }

    private static MetricSummary.Trend trend(String name, TrendSink sink) {
        return new MetricSummary.Trend(
                name,
                "time",
                new TrendStatistics(
                        sink.count(),
                        sink.percentile(0),
                        sink.percentile(50),
                        sink.percentile(50),
                        sink.percentile(90),
                        sink.percentile(95),
                        sink.percentile(99),
                        sink.percentile(100)));
    }
}
