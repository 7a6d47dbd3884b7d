package io.bookstore.perf.run;

import io.bookstore.k6.run.EngineRequest;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.answer.AnswerFile;
import io.bookstore.perf.compare.Comparison;
import io.bookstore.perf.record.RequestRecords;
import io.bookstore.perf.report.HtmlReport;
import io.bookstore.perf.report.MarkdownSummary;
import io.bookstore.perf.results.CsvFile;
import io.bookstore.perf.results.JUnitFile;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.SummaryFile;
import io.bookstore.perf.slo.Rejudged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The folder with the files of a run. */
public final class ResultFolder {

    private ResultFolder() {}

    /**
     * Creates the folder and those above it.
     *
     * @return those that were not there, the innermost first
     * @throws PerfException if it cannot be created
     */
    static List<Path> create(Path folder) {
        List<Path> created = new ArrayList<>();
        for (Path each = folder.toAbsolutePath(); each != null && Files.notExists(each); each = each.getParent()) {
            created.add(each);
        }
        try {
            Files.createDirectories(folder);
            return created;
        } catch (IOException e) {
            throw cannotWrite(folder, e);
        }
    }

    /** Removes files and empty folders one after the other, up to the first that holds something. */
    static void remove(List<Path> unused) {
        try {
            for (Path each : unused) {
                Files.deleteIfExists(each);
            }
        } catch (IOException somethingIsInIt) {
            // The folders above hold it too.
        }
    }

    /** Removes what another run has measured into the same folder: its engine, or its script, may have other files. */
    static void removeSamples(Path folder) {
        try {
            Files.deleteIfExists(folder.resolve(EngineRequest.SAMPLES));
            Files.deleteIfExists(folder.resolve(EngineRequest.COMPRESSED_SAMPLES));
            Files.deleteIfExists(folder.resolve(AnswerFile.NAME));
            Files.deleteIfExists(folder.resolve(RequestRecords.NAME));
        } catch (IOException e) {
            throw cannotWrite(folder, e);
        }
    }

    /**
     * Writes {@code summary.json}, {@code junit.xml}, and what {@link #draw} does.
     *
     * @throws PerfException if they cannot be written
     */
    public static void write(RunResult result, Path folder) {
        create(folder);
        try {
            SummaryFile.write(result, folder.resolve(SummaryFile.NAME));
            JUnitFile.write(result, folder.resolve(JUnitFile.NAME));
            draw(result, folder);
        } catch (IOException e) {
            throw cannotWrite(folder, e);
        }
    }

    /** Writes {@code report.html}, {@code summary.md} and {@code metrics.csv}, all of which {@code summary.json} is enough for. */
    public static void draw(RunResult result, Path folder) throws IOException {
        draw(result, null, null, folder);
    }

    /** The same, with a comparison in the report, and goodput and money by other limits than the run's; null for none. */
    public static void draw(RunResult result, @Nullable Comparison compared, @Nullable Rejudged rejudged, Path folder)
            throws IOException {
        HtmlReport.write(result, compared, rejudged, folder.resolve(HtmlReport.NAME));
        MarkdownSummary.write(result, folder.resolve(MarkdownSummary.NAME));
        CsvFile.write(result, folder.resolve(CsvFile.NAME));
    }

    static PerfException cannotWrite(Path folder, IOException e) {
        return new PerfException(
                ExitCode.NO_INPUT,
                "Cannot write to " + folder + " (" + e.getMessage() + "): choose another folder with --out.");
    }
}
