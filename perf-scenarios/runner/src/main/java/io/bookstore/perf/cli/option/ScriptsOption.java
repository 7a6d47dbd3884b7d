package io.bookstore.perf.cli.option;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.run.Installation;
import io.bookstore.perf.scenario.Scenarios;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The folder of the scripts that name the scenarios. */
public final class ScriptsOption {

    @Option(
            names = "--scripts",
            paramLabel = "FOLDER",
            defaultValue = "${env:PERF_SCRIPTS}",
            description = "Folder of the k6 scripts (PERF_SCRIPTS). Default: the one of this kit.")
    private @Nullable Path folder;

    private @Nullable Scenarios scenarios;

    /** The folder for a command line that is not parsed yet: help and completion. */
    public static ScriptsOption ofEnvironment() {
        ScriptsOption option = new ScriptsOption();
        String named = System.getenv("PERF_SCRIPTS");
        option.folder = named == null ? null : Path.of(named);
        return option;
    }

    /**
     * The folder that was named, or the one of this kit.
     *
     * @throws PerfException if a folder was named that is not there
     */
    public Path folder() {
        Path named = folder == null || folder.toString().isEmpty() ? null : folder;
        if (named != null && !Files.isDirectory(named)) {
            throw new PerfException(
                    ExitCode.NO_INPUT,
                    "There is no folder " + named
                            + ": name that of the scripts with --scripts or PERF_SCRIPTS, or neither"
                            + " for the one of this kit.");
        }
        return Installation.locate(named, null).scripts();
    }

    /** Reads the scripts when it is first called. */
    public Scenarios scenarios() {
        Scenarios known = scenarios;
        if (known == null) {
            known = Scenarios.in(folder());
            scenarios = known;
        }
        return known;
    }
}
