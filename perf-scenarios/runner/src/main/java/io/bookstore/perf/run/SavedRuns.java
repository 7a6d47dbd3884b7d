package io.bookstore.perf.run;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.compare.ComparedRun;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.SummaryFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The runs that a folder holds. */
public final class SavedRuns {

    private SavedRuns() {}

    /**
     * Reads a folder that {@code llm-perf run} wrote, or each such folder in it.
     *
     * @throws PerfException if there is none, or if one cannot be read
     */
    public static List<ComparedRun> in(Path folder) {
        if (Files.isRegularFile(folder.resolve(SummaryFile.NAME))) {
            return List.of(read(folder));
        }
        try (Stream<Path> inside = Files.list(folder)) {
            List<ComparedRun> runs = inside.filter(each -> Files.isRegularFile(each.resolve(SummaryFile.NAME)))
                    .sorted()
                    .map(SavedRuns::read)
                    .toList();
            if (!runs.isEmpty()) {
                return runs;
            }
        } catch (IOException e) {
            throw noRuns(folder);
        }
        throw noRuns(folder);
    }

    private static PerfException noRuns(Path folder) {
        return new PerfException(
                ExitCode.NO_INPUT,
                "No " + SummaryFile.NAME + " in " + folder + " or in a folder inside it: name a folder that"
                        + " \"llm-perf run\" wrote, or one that holds several.");
    }

    private static ComparedRun read(Path folder) {
        Path file = folder.resolve(SummaryFile.NAME);
        try {
            return new ComparedRun(folder.toString(), whole(SummaryFile.read(file)));
        } catch (IOException e) {
            throw new PerfException(
                    ExitCode.NO_INPUT,
                    "Cannot read " + file + " (" + firstLine(e)
                            + "): it must be as \"llm-perf run\" wrote it; run it again, or remove its folder.");
        }
    }

    /** Refuses what has the version of a summary and not its content: JSON knows no fields that must be there. */
    private static RunResult whole(RunResult result) throws IOException {
        if (result.run() == null
                || result.verdict() == null
                || result.run().scenario() == null
                || result.run().script() == null
                || result.run().engine() == null
                || result.run().startedAt() == null
                || result.run().target() == null
                || result.run().target().baseUrl() == null
                || result.run().machine() == null
                || result.run().machine().os() == null
                || result.run().machine().jdk() == null
                || result.run().machine().kitVersion() == null
                || result.run().loads().stream().anyMatch(load -> load.duration() == null)
                || result.metrics().stream().anyMatch(metric -> metric.name() == null || metric.contains() == null)) {
            throw new IOException("facts of the run are missing");
        }
        return result;
    }

    private static String firstLine(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("empty");
    }
}
