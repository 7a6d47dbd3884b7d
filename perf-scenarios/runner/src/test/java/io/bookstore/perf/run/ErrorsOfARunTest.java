package io.bookstore.perf.run;

import static io.bookstore.perf.testing.InOrder.inOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.results.ErrorKind;
import io.bookstore.perf.results.ErrorKind.Source;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.SummaryFile;
import io.bookstore.perf.testing.EmbeddedRun;
import io.bookstore.perf.testing.SimulatedBookStore;
import io.bookstore.perf.testing.UnreliableBookStore;
import io.bookstore.perf.testing.UnreliableBookStore.Defect;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failures that are no failed request: k6 passes them unless a limit is about them. */
class ErrorsOfARunTest {

    private static final String SCRIPT = """
            import http from 'k6/http';
            import exec from 'k6/execution';
            import { check, group } from 'k6';
            export const options = {
              scenarios: { six: { executor: 'shared-iterations', vus: 1, iterations: 6 } },
              thresholds: { iterations: ['count>0'] },
            };
            export default function () {
              group('shop', () => {
                const answer = http.get(`${__ENV.BASE_URL}/`, { tags: { name: 'front' } });
                check(answer, { 'has a book': (r) => r.body.includes('Emma'), 'is 200': (r) => r.status === 200 });
              });
              if (exec.scenario.iterationInTest % 3 === 0) throw new Error('out of stock');
            }
            """;

    @TempDir
    Path folder;

    @Test
    void failedChecksAndThrownExceptionsAreErrorsWithTheirKindAndCount() throws Exception {
        try (SimulatedBookStore service = SimulatedBookStore.ofProvider()) {
            // when
            RunResult result = EmbeddedRun.of(SCRIPT, service.baseUrl(), folder, Clock.systemUTC(), false);

            // then
            assertThat(result.errors())
                    .containsExactly(
                            new ErrorKind("shop", 0, 0, "has a book", 6, Source.CHECK),
                            new ErrorKind("", 0, 0, "Error: out of stock", 2, Source.EXCEPTION));
            assertThat(SummaryFile.read(folder.resolve("summary.json")).errors())
                    .isEqualTo(result.errors());
            assertThat(folder.resolve("summary.json")).content().contains("\"source\" : \"check\"");
            assertThat(folder.resolve("report.html"))
                    .content()
                    .satisfies(inOrder("Errors by kind", "check", "shop", "has a book", "exception", "out of stock"))
                    .doesNotContain("No request and no check failed");
        }
    }

    @Test
    void answerOfARefusedRequestIsQuotedByTheScriptsOfTheKit() throws Exception {
        try (UnreliableBookStore service = new UnreliableBookStore(Set.of(Defect.FAILING_SUMMARIES), 0)) {
            // when
            RunResult result = EmbeddedRun.ofSummaries(
                    "{ scenarios: { two: { executor: 'shared-iterations', vus: 1, iterations: 2 } } }",
                    service.baseUrl(),
                    folder);

            // then
            assertThat(result.errors())
                    .contains(new ErrorKind(
                            "summary", 500, 1500, "internal server error", 2, Source.REQUEST, "{\"status\":500}"));
        }
    }
}
