package io.bookstore.perf.results;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The service that was loaded, as its health endpoint describes it.
 *
 * @param startedForTheRun true if the runner started it, false if it was found at a given address
 * @param simulated        true if a simulator stood in for the LLM provider; null if the service does not say
 * @param provider         name of the LLM provider; null if the service does not say
 * @param database         kind of database; null if the service does not say
 */
public record TargetFacts(
        URI baseUrl,
        boolean startedForTheRun,
        @Nullable Boolean simulated,
        @Nullable String provider,
        @Nullable String database) {}
