package io.bookstore.perf.baseline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The facts by which the runs of a baseline are made again, as {@code baseline.json} has them.
 *
 * @param target     the descriptor of the service by its name or path; null for the BookStore API
 * @param arguments  scenario and options, as {@code llm-perf run} takes them
 * @param engine     the engine that ran the scripts
 * @param scriptHash the hash of the script with everything that it reads, the descriptor included; null if it is not known
 * @param runs       the number of runs
 * @param recordedAt when they were complete, in ISO 8601
 */
public record Baseline(
        int schemaVersion,
        String name,
        String scenario,
        @Nullable String target,
        List<String> arguments,
        String engine,
        @Nullable String scriptHash,
        int runs,
        String kitVersion,
        String recordedAt) {

    public static final int SCHEMA_VERSION = 1;

    public Baseline {
        arguments = List.copyOf(arguments);
    }
}
