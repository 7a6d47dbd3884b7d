package io.bookstore.perf.run;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The folder of several runs, which a session begins with or goes on in. */
public final class SessionFolder {

    private SessionFolder() {}

    /**
     * Accepts a folder that has nothing in it, or is not there yet.
     *
     * @param runs the word for the runs in it
     * @throws PerfException if something is in it, or it is a file
     */
    public static void requireEmpty(Path folder, String runs) {
        if (Files.exists(folder) && !isEmptyFolder(folder)) {
            throw new PerfException(
                    ExitCode.USAGE,
                    folder + " is not empty: name another folder with --out, or keep the " + runs
                            + " in it with --resume.");
        }
    }

    /** @throws PerfException if there is no such folder to go on with */
    public static void requireThere(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new PerfException(
                    ExitCode.NO_INPUT, "There is no folder " + folder + " to go on with: leave out --resume to begin.");
        }
    }

    /**
     * Makes room for a run, where an earlier one may have left a part.
     *
     * @param own the folder of the run
     * @param run the word for it
     * @throws PerfException if the part cannot be removed
     */
    public static void clear(Path own, String run) {
        if (Files.notExists(own)) {
            return;
        }
        try (Stream<Path> files = Files.walk(own)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new PerfException(
                    ExitCode.NO_INPUT,
                    "Cannot remove the incomplete " + run + " in " + own + " (" + e.getMessage()
                            + "): name another folder with --out.");
        }
    }

    private static boolean isEmptyFolder(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        } catch (IOException notAFolder) {
            return false;
        }
    }
}
