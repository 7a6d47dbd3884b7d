package io.bookstore.api.standin;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The parts of this service that are not the real thing.
 *
 * @param mongoStorage the storage of the embedded MongoDB, a path or {@code memory}; null if a real one is configured
 * @param simulatorUri the address of the LLM simulator; null if a real provider is configured
 */
public record StandIns(
        @Nullable String mongoStorage, @Nullable URI simulatorUri) {

    /** Returns whether MongoDB runs inside this process. */
    public boolean mongoEmbedded() {
        return mongoStorage != null;
    }

    /** Returns whether summaries come from a simulator. */
    public boolean llmSimulated() {
        return simulatorUri != null;
    }
}
