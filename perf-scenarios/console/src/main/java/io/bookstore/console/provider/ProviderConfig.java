package io.bookstore.console.provider;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.perf.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The configuration in force, from {@code /admin/config}.
 *
 * @param profile the name of a profile that comes with the simulator, or an own one with all its numbers
 */
public record ProviderConfig(JsonNode profile, long seed, String promptCache, Limits limits, List<FaultRule> faults) {

    public ProviderConfig {
        if (!profile.isTextual() && !profile.path("name").isTextual()) {
            throw new IllegalArgumentException("a profile without a name");
        }
        Objects.requireNonNull(promptCache, "promptCache");
        Objects.requireNonNull(limits, "limits");
        faults = List.copyOf(faults);
    }

    /** The limits of a minute; null is no limit. */
    public record Limits(
            @Nullable Long requestsPerMinute,
            @Nullable Long inputTokensPerMinute,
            @Nullable Long outputTokensPerMinute,
            @Nullable Long accelerationPerMinute,
            String counting,
            String per) {

        public Limits {
            Objects.requireNonNull(counting, "counting");
            Objects.requireNonNull(per, "per");
        }
    }

    /** @param untilSeconds null for a window that stays open */
    public record FaultRule(
            String fault,
            double probability,
            double fromSeconds,
            @Nullable Double untilSeconds) {

        public FaultRule {
            Objects.requireNonNull(fault, "fault");
        }
    }

    /** The parts that a change has named, as they are now, in a few words. */
    String described(JsonNode change) {
        List<String> parts = new ArrayList<>();
        if (change.has("profile")) {
            parts.add("profile " + (profile.isTextual() ? profile : profile.path("name")).asText());
        }
        if (change.has("limits")) {
            Long requests = limits.requestsPerMinute;
            parts.add(
                    requests == null
                            ? "limits without one of requests"
                            : "limit of " + Quantity.count(requests, "request") + " a minute");
        }
        if (change.has("faults")) {
            parts.add(
                    faults.isEmpty()
                            ? "no faults"
                            : "faults " + faults.stream().map(FaultRule::fault).collect(Collectors.joining(", ")));
        }
        return parts.isEmpty() ? "configuration" : String.join("; ", parts);
    }
}
