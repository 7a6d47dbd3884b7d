package io.bookstore.perf.report;

import io.bookstore.perf.compare.Comparison;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.slo.Rejudged;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code report.html}: one self-contained file. */
public final class HtmlReport {

    public static final String NAME = "report.html";

    private HtmlReport() {}

    public static void write(RunResult result, Path file) throws IOException {
        write(result, null, null, file);
    }

    /**
     * @param compared the run, or the runs beside it, with a baseline; null for a report without a comparison
     * @param rejudged its requests by other limits than it ran with; null for a report by its own
     */
    public static void write(RunResult result, @Nullable Comparison compared, @Nullable Rejudged rejudged, Path file)
            throws IOException {
        HtmlPage.write(file, "report.jte", Map.of("page", new ReportPage(result, compared, rejudged)));
    }
}
