package io.bookstore.perf.stack;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.perf.results.facts.ServiceBuild;
import io.bookstore.perf.results.facts.SimulatorFacts;
import io.bookstore.perf.results.facts.TargetFacts;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The members of the answer of {@code /health} that a report shows. They are looked up by name anywhere in the
 * document, because a health answer nests one object per indicator.
 */
record HealthReport(
        @Nullable Boolean simulated,
        @Nullable String provider,
        @Nullable String model,
        @Nullable String database,
        @Nullable URI simulatorUrl) {

    static HealthReport of(JsonNode health) {
        JsonNode simulated = health.findValue("simulated");
        String simulator = text(health, "simulatorUrl");
        return new HealthReport(
                simulated == null || !simulated.isBoolean() ? null : simulated.asBoolean(),
                text(health, "provider"),
                text(health, "model"),
                text(health.findPath("mongo"), "kind"),
                simulator == null ? null : URI.create(simulator));
    }

    TargetFacts facts(
            URI baseUrl, boolean startedForTheRun, @Nullable SimulatorFacts simulator, @Nullable ServiceBuild build) {
        return new TargetFacts(baseUrl, startedForTheRun, simulated, provider, model, database, simulator, build);
    }

    private static @Nullable String text(JsonNode health, String name) {
        JsonNode value = health.findValue(name);
        return value == null || !value.isTextual() ? null : value.asText();
    }
}
