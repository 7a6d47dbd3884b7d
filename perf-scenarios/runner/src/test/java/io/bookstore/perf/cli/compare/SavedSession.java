package io.bookstore.perf.cli.compare;

import io.bookstore.perf.cli.PerfProcess;
import io.bookstore.perf.compare.SampleRun;
import io.bookstore.perf.results.SummaryFile;
import io.bookstore.perf.testing.RecordedEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Folders of runs as {@code llm-perf run --out} leaves them, in pairs one after the other. */
final class SavedSession {

    private static final double[] NOISE = {0.1, -0.3, 0.2, 0.4, -0.2, -0.1, 0.3, -0.4};

    private final Path folder;

    SavedSession(Path folder) {
        this.folder = folder;
    }

    /** @param factor response time of the candidate, as a multiple of the baseline's */
    SavedSession withPairs(int pairs, double factor) {
        for (int pair = 0; pair < pairs; pair++) {
            double noise = 1 + NOISE[pair] / 100;
            write("before/" + pair, SampleRun.at(2 * pair).summaries(600, 2000 * noise, 4000 * noise));
            write("after/" + pair, SampleRun.at(2 * pair + 1).summaries(600, 2000 * factor, 4000 * factor));
        }
        return this;
    }

    Path write(String run, SampleRun result) {
        try {
            Path into = Files.createDirectories(folder.resolve(run));
            SummaryFile.write(result.result(), into.resolve("summary.json"));
            return into;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compares both sides and returns the exit code. */
    int compare(PerfProcess perf, String... options) {
        return perf.run(
                RecordedEngine.passing(),
                Stream.concat(Stream.of("compare", before(), after()), Stream.of(options))
                        .toArray(String[]::new));
    }

    String before() {
        return folder.resolve("before").toString();
    }

    String after() {
        return folder.resolve("after").toString();
    }
}
