package io.bookstore.perf.cli.option;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The folder that a command leaves its results in. */
public final class OutputOption {

    @Option(names = "--out", paramLabel = "FOLDER", description = "Folder for the results. Default: reports/NAME-TIME.")
    private @Nullable Path folder;

    /** The folder that was named; empty for a new one below {@code reports}. */
    public Optional<Path> folder() {
        return Optional.ofNullable(folder);
    }
}
