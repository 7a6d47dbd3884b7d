package io.bookstore.perf.run;

import io.bookstore.k6.run.RunPlan;
import io.bookstore.perf.results.RunFacts;
import java.util.Map;

/**
 * How many requests to the model a script makes of the load that it plans.
 *
 * @param thinkSeconds mean pause of a virtual user between two requests, unscaled
 * @param llmShare     share of its requests that go to the model, 0 to 1
 */
record Pace(double thinkSeconds, double llmShare) {

    // 0.8 s to the first token and 120 tokens at 64 a second: what the sonnet-class profile of the simulator is made
    // after.
    private static final double ANSWER_SECONDS = 2.7;

    /** Nothing is known of other people's scripts, so every iteration asks the model, without a pause. */
    private static final Pace UNKNOWN = new Pace(0, 1);

    private static final Map<String, Pace> known = Map.of(
            "ai-summary.js", new Pace(5.5, 1),
            "mixed-workload.js", new Pace(3, 0.2),
            "books.js", new Pace(4, 0),
            "error-scenarios.js", new Pace(1.25, 0),
            "soak.js", new Pace(3, 0.2),
            "payload-sweep.js", new Pace(2, 1));

    static Pace of(RunOrder order) {
        Pace pace = known.getOrDefault(order.script().getFileName().toString(), UNKNOWN);
        if (order.script().endsWith("mixed-workload.js")) {
            boolean heavy = order.env().getOrDefault("SCENARIO", "").contains("heavy");
            return new Pace(pace.thinkSeconds, number(order.env(), "LLM_PERCENTAGE", heavy ? 50 : 20) / 100);
        }
        return pace;
    }

    /** Expected requests to the model; the plan's durations are scaled already. */
    double requests(RunPlan plan, Map<String, String> env) {
        double scale = number(env, RunFacts.DURATION_SCALE, 1);
        double secondsEach = thinkSeconds * scale + llmShare * ANSWER_SECONDS;
        return plan.scenarios().stream()
                .mapToDouble(scenario -> scenario.countsIterations()
                        ? scenario.volume() * llmShare
                        : llmShare == 0 ? 0 : scenario.volume() / secondsEach * llmShare)
                .sum();
    }

    private static double number(Map<String, String> env, String name, double fallback) {
        try {
            return Double.parseDouble(env.getOrDefault(name, String.valueOf(fallback)));
        } catch (NumberFormatException e) {
            // The script refuses it with a sentence of its own.
            return fallback;
        }
    }
}
