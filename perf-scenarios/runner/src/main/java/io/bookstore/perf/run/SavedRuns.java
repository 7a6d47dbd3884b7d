package io.bookstore.perf.run;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.compare.ComparedRun;
import io.bookstore.perf.results.SummaryFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
        return folders(folder).stream().map(SavedRuns::read).toList();
    }

    /**
     * The folder itself if it has a result, or those inside it that have: the folder of a suite has none of its own.
     *
     * @throws PerfException if there is none
     */
    public static List<Path> folders(Path folder) {
        List<Path> folders = hasResult(folder) ? List.of(folder) : inside(folder);
        if (folders.isEmpty()) {
            throw noRuns(folder);
        }
        return folders;
    }

    /** The folders with a result inside this one; empty if there are none, or no such folder. */
    public static List<Path> inside(Path folder) {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(SavedRuns::hasResult).sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /**
     * Every folder with a result, this one and all below it.
     *
     * @throws PerfException if there is none
     */
    public static List<Path> below(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> folders = all.filter(SavedRuns::hasResult).sorted().toList();
            if (!folders.isEmpty()) {
                return folders;
            }
        } catch (IOException | UncheckedIOException e) {
            throw noRuns(folder);
        }
        throw noRuns(folder);
    }

    /**
     * The run whose folder this is; empty if it has no result.
     *
     * @throws PerfException if it cannot be read
     */
    public static Optional<ComparedRun> at(Path folder) {
        return hasResult(folder) ? Optional.of(read(folder)) : Optional.empty();
    }

    private static boolean hasResult(Path folder) {
        return Files.isRegularFile(folder.resolve(SummaryFile.NAME));
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
            return new ComparedRun(folder.toString(), SummaryFile.read(file));
        } catch (IOException e) {
            throw new PerfException(
                    ExitCode.NO_INPUT,
                    "Cannot read " + file + " (" + firstLine(e)
                            + "): it must be as \"llm-perf run\" wrote it; run it again, or remove its folder.");
        }
    }

    private static String firstLine(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("empty");
    }
}
