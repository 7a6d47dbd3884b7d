package io.bookstore.perf.history;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.WriterOutput;
import io.bookstore.perf.compare.ComparedRun;
import io.bookstore.perf.report.Assets;
import io.bookstore.perf.results.WholeFile;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
        HistoryPage page = new HistoryPage(folder, runs, unreadable);
        WholeFile.write(folder.resolve(NAME), beside -> writeTo(beside, page));
    }

    private static void writeTo(Path file, HistoryPage page) throws IOException {
        TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);
        try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            engine.render("history.jte", Map.of("page", page, "assets", Assets.load()), new WriterOutput(writer));
        }
    }
}
