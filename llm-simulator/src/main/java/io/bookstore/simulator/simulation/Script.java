package io.bookstore.simulator.simulation;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The steps that answer one request, and the journal entry about it.
 *
 * @param entry null if the request is not for a provider
 */
public record Script(Iterator<Step> steps, @Nullable JournalEntry entry) {

    public static Script of(Step only) {
        return new Script(List.of(only).iterator(), null);
    }
}
