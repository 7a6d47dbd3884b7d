package io.bookstore.perf.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.compare.SampleRun;
import io.bookstore.perf.results.ErrorKind;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.testing.RecordedResults;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkdownSummaryTest {

    @TempDir
    Path folder;

    @Test
    void verdictComesFirstThenLimitsLatenciesErrorsAndNotes() {
        RunResult result = RecordedResults.crossed(folder);

        String text = MarkdownSummary.of(result);

        assertThat(text)
                .startsWith("**Failed** ai-smoke on BookStore API, thresholds crossed (exit code 99), 3 of 4 thresholds"
                        + " held. Crosses a limit: p95 of summaries is 2.60 s, limit 1 s.\n")
                .containsSubsequence(
                        "\n| Limit of | Is | Actual | Margin | |\n|---|--:|--:|--:|---|\n",
                        "| llm_response_time p(95) | &lt; 1 s | 2.60 s | −160 % | ✗ crossed, indicative: 60 of 200 samples |",
                        "| Time | Count | Median | p95 | p99 | Max |",
                        "| llm_response_time | 60 | ",
                        " × rate limited in summary (HTTP 429)\n",
                        " × failed check summary answered 200\n",
                        "* A simulator stood in for the LLM provider");
    }

    @Test
    void thousandsHaveOneForm() {
        RunResult result = SampleRun.at(0)
                .result()
                .withErrors(List.of(ErrorKind.of("get", 503, 1503, "", "1,500 of 2,000 are waiting.", 1_234)));

        assertThat(MarkdownSummary.of(result))
                .contains("* 1,234 × service unavailable in get (HTTP 503): 1,500 of 2,000 are waiting.\n")
                .doesNotContain("\u2009");
    }

    @Test
    void textOfTheServiceCannotBecomeMarkup() {
        RunResult result = SampleRun.at(0)
                .result()
                .withErrors(List.of(ErrorKind.of("get", 500, 1500, "", "<img src=x> | [a](b)\n# no", 2)));

        assertThat(MarkdownSummary.of(result))
                .contains("* 2 × internal server error in get (HTTP 500): &lt;img src=x> \\| \\[a](b) # no\n");
    }

    @Test
    void runWithoutSamplesIsItsVerdictAlone() {
        assertThat(MarkdownSummary.of(RecordedResults.empty(folder, 107, "broken.js:3:1 Unexpected token.")))
                .startsWith("**Failed** ai-smoke on BookStore API, ")
                .contains("broken.js:3:1 Unexpected token.")
                .doesNotContain("| Limit of", "| Time |");
    }
}
