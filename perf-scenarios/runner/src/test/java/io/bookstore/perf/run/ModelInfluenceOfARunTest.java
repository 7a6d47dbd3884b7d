package io.bookstore.perf.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.answer.Answer;
import io.bookstore.perf.answer.Section;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.SummaryFile;
import io.bookstore.perf.testing.EmbeddedRun;
import io.bookstore.perf.testing.UnreliableBookStore;
import io.bookstore.perf.testing.UnreliableBookStore.Defect;
import io.bookstore.testing.Checkout;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that sends both plain requests and summaries says what the one does to the other, or why it does not tell. */
class ModelInfluenceOfARunTest {

    private static final String TITLE = "Does the model's traffic slow plain requests?";

    @TempDir
    Path folder;

    @Test
    void answerOfARunOfBothHasASectionOnIt() throws Exception {
        String script = """
                import exec from 'k6/execution';
                import { act } from '%1$s/lib/crud.js';
                import { summarize } from '%1$s/lib/llm.js';
                const book = { bookId: '1', title: 'Emma', author: 'Jane' };
                export const options = {
                  scenarios: {
                    plain: { executor: 'shared-iterations', vus: 2, iterations: 30, exec: 'browse' },
                    summaries: { executor: 'shared-iterations', vus: 2, iterations: 4, exec: 'ask' },
                  },
                };
                export function browse() {
                  act('reader', exec.scenario.iterationInTest, book);
                }
                export function ask() {
                  summarize(book, { requestId: `r${exec.scenario.iterationInTest}` });
                }
                export const handleSummary = () => ({
                  'answer.json': JSON.stringify({ schemaVersion: 1, sentence: 'Serves both.' }),
                });
                """.formatted(Checkout.scripts());
        try (UnreliableBookStore service = new UnreliableBookStore(EnumSet.of(Defect.SLOW_SUMMARIES), 100)) {
            RunResult result = EmbeddedRun.of(script, service.baseUrl(), folder, Clock.systemUTC(), false);

            Answer answer = Objects.requireNonNull(result.answer());
            assertThat(answer.sections()).extracting(Section::title).contains(TITLE);
            assertThat(answer.sentence()).startsWith("Serves both");
            assertThat(SummaryFile.read(folder.resolve("summary.json")).answer())
                    .isEqualTo(answer);
            assertThat(folder.resolve("report.html")).content().contains("traffic slow plain requests?", "few or none");
        }
    }
}
