package io.bookstore.perf.cli.option;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The folder of several runs, and whether those that are complete in it are kept. */
public final class SessionOption {

    private final String runs;

    @Mixin
    private OutputOption output = new OutputOption();

    @Option(names = "--resume", description = "Keep the complete runs in the folder of --out, and make the others.")
    private boolean resume;

    /** @param runs the word for the runs of the command, in the plural */
    public SessionOption(String runs) {
        this.runs = runs;
    }

    /** The folder that was named; empty for a new one below {@code reports}. */
    public Optional<Path> folder() {
        return output.folder();
    }

    /**
     * Returns whether complete runs in the folder are kept.
     *
     * @throws PerfException if no folder is named that could have some
     */
    public boolean resume() {
        if (resume && folder().isEmpty()) {
            throw new PerfException(
                    ExitCode.USAGE, "--resume needs --out: name the folder whose " + runs + " are to be kept.");
        }
        return resume;
    }
}
