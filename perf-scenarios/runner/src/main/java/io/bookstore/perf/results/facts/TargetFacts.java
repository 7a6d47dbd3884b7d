package io.bookstore.perf.results.facts;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The service that was loaded, as its health endpoint describes it. What it does not say is null.
 *
 * @param startedForTheRun true if the runner started it, false if it was found at a given address
 * @param simulated        true if a simulator stood in for the LLM provider
 * @param provider         name of the LLM provider
 * @param model            model that the provider is asked for unless a request names another
 * @param database         kind of database
 * @param simulator        the simulator in the place of the provider
 * @param build            the jar that was started
 */
public record TargetFacts(
        URI baseUrl,
        boolean startedForTheRun,
        @Nullable Boolean simulated,
        @Nullable String provider,
        @Nullable String model,
        @Nullable String database,
        @Nullable SimulatorFacts simulator,
        @Nullable ServiceBuild build) {

    /** A service that was there before the run and said nothing of itself. */
    public static TargetFacts unknown(URI baseUrl) {
        return new TargetFacts(baseUrl, false, null, null, null, null, null, null);
    }
}
