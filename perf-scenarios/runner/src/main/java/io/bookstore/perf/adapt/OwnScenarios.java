package io.bookstore.perf.adapt;

import io.bookstore.perf.scenario.Scenario;
import io.bookstore.perf.scenario.Scenarios;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The scenarios that a service can be loaded with.
 *
 * @param all        every scenario of the kit
 * @param descriptor what the descriptor says
 */
record OwnScenarios(Scenarios all, Map<?, ?> descriptor) {

    List<Scenario> possible() {
        return all.all().stream().filter(this::isPossible).toList();
    }

    /** The load of summaries, as stream if the service has no other. */
    Scenario load() {
        return Stream.of("ai-load", "ai-stream-load")
                .flatMap(name -> all.named(name).stream())
                .filter(this::isPossible)
                .findFirst()
                .orElseThrow();
    }

    private boolean isPossible(Scenario scenario) {
        boolean streamed = "yes".equals(scenario.env().get("SUMMARY_STREAM"));
        String asked = streamed ? "operations.streamedSummary" : "operations.summary";
        Object part = descriptor;
        for (String step : all.neededBy(scenario.script()).orElse(asked).split("\\.")) {
            part = part instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return part != null;
    }
}
