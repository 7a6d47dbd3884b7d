package io.bookstore.perf.cli.plan;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.bookstore.perf.plan.PlannedRun;
import io.bookstore.simulator.simulation.Behaviour;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JSON that {@code llm-perf plan --json} prints; docs/plan.md documents it.
 *
 * @param schemaVersion rises when a reader would have to change
 */
record PlanJson(int schemaVersion, String profile, long seed, List<Scenario> scenarios) {

    static PlanJson of(Behaviour provider, Map<String, PlannedRun> runs) {
        return new PlanJson(
                1,
                provider.profile().name(),
                provider.seed(),
                runs.entrySet().stream()
                        .map(run -> Scenario.of(run.getKey(), run.getValue()))
                        .toList());
    }

    record Scenario(
            String name,
            double lengthSeconds,
            long summaries,
            long good,
            long failed,
            long plainRequests,
            long attempts,
            long rateLimited,
            long inputTokens,
            long outputTokens,
            double usd,
            int mostInFlight,
            @JsonProperty("firstTokenMs") PlannedRun.@Nullable Percentiles firstToken,
            @JsonProperty("endToEndMs") PlannedRun.@Nullable Percentiles endToEnd) {

        private static Scenario of(String name, PlannedRun run) {
            return new Scenario(
                    name,
                    run.length().toMillis() / 1000.0,
                    run.summaries(),
                    run.good(),
                    run.failed(),
                    run.plainRequests(),
                    run.attempts(),
                    run.rateLimited(),
                    run.inputTokens(),
                    run.outputTokens(),
                    run.usd(),
                    run.mostInFlight(),
                    run.firstToken(),
                    run.endToEnd());
        }
    }
}
