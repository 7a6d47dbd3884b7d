package io.bookstore.perf.run;

import io.bookstore.k6.run.RunPlan;
import io.bookstore.perf.plan.PlannedRun;
import io.bookstore.perf.plan.ServiceModel;
import io.bookstore.perf.plan.VirtualRun;
import io.bookstore.perf.scenario.Pace;
import io.bookstore.simulator.simulation.Behaviour;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The load of a run on the model, before it begins: as {@code llm-perf plan} says, or by length and pauses where a plan takes
 * too long.
 *
 * @param requests to the model
 * @param planned  tokens of all of them; null without a plan
 */
public record ExpectedLoad(double requests, @Nullable Planned planned) {

    /** The person who is asked waits for it; a suite of 40 minutes takes a second. */
    private static final Duration LONGEST_PLAN = Duration.ofSeconds(5);

    public record Planned(double inputTokens, double outputTokens) {}

    static ExpectedLoad of(RunPlan plan, Pace pace, Map<String, String> env) {
        return of(LONGEST_PLAN, plan, pace, env);
    }

    static ExpectedLoad of(Duration longestPlan, RunPlan plan, Pace pace, Map<String, String> env) {
        return VirtualRun.within(
                        longestPlan, plan, pace, Pace.scale(env), ServiceModel.bookStore(), Behaviour.defaults())
                .map(ExpectedLoad::of)
                .orElseGet(() -> new ExpectedLoad(pace.requests(plan, env), null));
    }

    private static ExpectedLoad of(PlannedRun run) {
        return new ExpectedLoad(run.summaries(), new Planned(run.inputTokens(), run.outputTokens()));
    }

    /** The load of so many such runs. */
    ExpectedLoad times(double runs) {
        return new ExpectedLoad(
                requests * runs,
                planned == null ? null : new Planned(planned.inputTokens * runs, planned.outputTokens * runs));
    }

    /** The number of requests, and how it is known. */
    String words() {
        return planned == null
                ? String.format(
                        Locale.ROOT,
                        "about %,.0f requests (by length and pauses, for a plan takes more than %d s)",
                        requests,
                        LONGEST_PLAN.toSeconds())
                : String.format(
                        Locale.ROOT,
                        "about %,.0f requests (planned: %,.0f tokens in, %,.0f out)",
                        requests,
                        planned.inputTokens,
                        planned.outputTokens);
    }
}
