package io.bookstore.perf.history;

import io.bookstore.perf.compare.ComparedRun;
import io.bookstore.perf.report.HtmlPage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code index.html} of a folder of runs: one file without a script, the same each time for the same runs. */
public final class HtmlHistory {

    public static final String NAME = "index.html";

    private HtmlHistory() {}

    /**
     * Writes the page into the folder, from which its links go to the reports.
     *
     * @param runs       named by their folders
     * @param unreadable a sentence for each run that cannot be read
     */
    public static void write(Path folder, List<ComparedRun> runs, List<String> unreadable) throws IOException {
        HtmlPage.write(folder.resolve(NAME), "history.jte", Map.of("page", new HistoryPage(folder, runs, unreadable)));
    }
}
