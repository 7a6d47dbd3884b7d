package io.bookstore.perf.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.perf.ContentHash;
import io.bookstore.perf.results.facts.SimulatorFacts;
import org.jspecify.annotations.Nullable;

/** The answer of the simulator's {@code /admin/config}. */
final class SimulatorConfiguration {

    private SimulatorConfiguration() {}

    /** Reads the facts; null from an answer that is no such configuration. */
    static @Nullable SimulatorFacts facts(JsonNode configuration) {
        JsonNode profile = configuration.path("profile");
        // A profile of one's own comes with all its numbers.
        String name = profile.isObject() ? profile.path("name").asText() : profile.asText();
        if (name.isEmpty() || !configuration.path("seed").isIntegralNumber()) {
            return null;
        }
        ObjectNode settings = configuration.deepCopy();
        long seed = settings.remove("seed").longValue();
        return new SimulatorFacts(name, seed, ContentHash.of(settings.toString()));
    }
}
