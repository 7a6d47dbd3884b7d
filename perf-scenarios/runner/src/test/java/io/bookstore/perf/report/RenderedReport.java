package io.bookstore.perf.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.testing.RecordedResults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page of a result as text, and the recorded run that most of these pages tell of. */
final class RenderedReport {

    /** The run that passed; read once, for a result never changes. */
    static final RunResult recorded = readRecorded();

    private RenderedReport() {}

    private static RunResult readRecorded() {
        try {
            return RecordedResults.passed(Files.createDirectories(Path.of("target/recorded-run")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Renders the page, whose contents link every section, whatever the run has. */
    static String render(RunResult result, Path folder) throws IOException {
        Path file = folder.resolve("report.html");
        HtmlReport.write(result, file);
        String html = Files.readString(file);
        assertThat(Pattern.compile("<h2 id=\"([^\"]+)\"").matcher(html).results())
                .isNotEmpty()
                .allSatisfy(section -> assertThat(html).contains("<li><a href=\"#" + section.group(1) + "\">"));
        return html;
    }

    /** Returns the bands of the page's charts. */
    static List<JsonNode> phases(String html) throws IOException {
        Matcher json = Pattern.compile("id=\"phases\">(.*?)</script>").matcher(html);
        assertThat(json.find()).isTrue();
        List<JsonNode> phases = new ArrayList<>();
        new ObjectMapper().readTree(json.group(1)).forEach(phases::add);
        return phases;
    }
}
