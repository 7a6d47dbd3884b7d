package io.bookstore.api.standin;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Which parts of this service are not the real thing.
 *
 * @param mongoStorage where the embedded MongoDB keeps its documents; null if a real one is configured
 * @param simulatorUri where the LLM simulator listens; null if a real provider is configured
 */
public record StandIns(
        @Nullable String mongoStorage, @Nullable URI simulatorUri) {

    /** Whether MongoDB runs inside this process. */
    public boolean mongoEmbedded() {
        return mongoStorage != null;
    }

    /** Whether summaries come from the simulator this service started. */
    public boolean llmSimulated() {
        return simulatorUri != null;
    }
}
