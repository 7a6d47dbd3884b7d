package io.bookstore.perf.cli.baseline;

import io.bookstore.perf.baseline.Baselines;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The folder that baselines are kept in. */
final class BaselinesOption {

    @Option(
            names = "--baselines",
            paramLabel = "FOLDER",
            defaultValue = "${env:PERF_BASELINES:-baselines}",
            description = "Folder of the baselines (PERF_BASELINES). Default: baselines.")
    private Path folder = Path.of("baselines");

    Baselines baselines() {
        return new Baselines(folder);
    }
}
