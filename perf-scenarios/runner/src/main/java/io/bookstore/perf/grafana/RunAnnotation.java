package io.bookstore.perf.grafana;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.bookstore.perf.report.HtmlReport;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.Verdict;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The region of a run on a chart, in the words of Grafana's API.
 *
 * <p>It belongs to no dashboard: each one shows it that asks for the tag {@value #TAG}.
 *
 * @param time    start of the run, in milliseconds since 1970
 * @param timeEnd its end
 * @param tags    {@value #TAG}, the scenario and the verdict
 * @param text    HTML, as Grafana shows it
 */
@JsonPropertyOrder({"time", "timeEnd", "tags", "text"})
public record RunAnnotation(long time, long timeEnd, List<String> tags, String text) {

    /** The tag that all runs have. */
    public static final String TAG = "llm-perf";

    private static final Path DEFAULT_FOLDER = Path.of("reports");

    public RunAnnotation {
        tags = List.copyOf(tags);
    }

    /**
     * The annotation of a run.
     *
     * @param folder  the folder of its report
     * @param reports the address below which such folders are published; null to link the file itself
     */
    public static RunAnnotation of(RunResult result, Path folder, @Nullable String reports) {
        String scenario = result.run().scenario();
        Verdict verdict = result.verdict();
        long start = result.run().startedAt().toEpochMilli();
        String text = "%s: %s (exit code %d), %s. <a href=\"%s\">Report</a>"
                .formatted(
                        escaped(scenario),
                        escaped(verdict.reason()),
                        verdict.exitCode(),
                        escaped(result.thresholdsInWords()),
                        escaped(address(folder, reports)));
        return new RunAnnotation(
                start,
                start + result.run().duration().toMillis(),
                List.of(TAG, scenario, verdict.passed() ? "passed" : verdict.invalid() ? "invalid" : "failed"),
                text);
    }

    private static String address(Path folder, @Nullable String reports) {
        Path absolute = folder.toAbsolutePath().normalize();
        if (reports == null) {
            URI file = absolute.resolve(HtmlReport.NAME).toUri();
            return file.toASCIIString();
        }
        Path root = DEFAULT_FOLDER.toAbsolutePath();
        Path below = absolute.startsWith(root) && !absolute.equals(root)
                ? root.relativize(absolute)
                : absolute.getFileName();
        return StreamSupport.stream(below.resolve(HtmlReport.NAME).spliterator(), false)
                .map(part -> URLEncoder.encode(part.toString(), StandardCharsets.UTF_8)
                        .replace("+", "%20"))
                .collect(Collectors.joining("/", reports + "/", ""));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
