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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void scriptWithoutLimitsWhoseEveryIterationThrowsMeasuresNothing() throws Exception {
        RunResult result = thrown("{}", "(n) => { throw new Error(`no book ${n}`); }");

        assertThat(result.verdict().exitCode()).isEqualTo(65);
        assertThat(result.verdict().problem())
                .isEqualTo("Nothing was measured: an exception ended every iteration, and no limit judges a request"
                        + " (Error: no book 0); correct the script.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                      | (n) => { if (n > 0) throw new Error('no book'); }
            { http_req_duration: ['p(95)<60000'] } | () => { throw new Error('no book'); }
            """)
    void iterationThatCameToItsEndOrALimitOnItsRequestsIsAMeasurement(String thresholds, String then) throws Exception {
        RunResult result = thrown(thresholds, then);

        assertThat(result.verdict().problem()).isNull();
        assertThat(result.verdict().passed()).isTrue();
    }

    @Test
    void limitOnACountJudgesNoRequest() throws Exception {
        RunResult result = thrown("{ iterations: ['count>0'] }", "() => { throw new Error('no book'); }");

        assertThat(result.verdict().exitCode()).isEqualTo(65);
    }

    /** Two iterations with a request each, and what comes after it. */
    private RunResult thrown(String thresholds, String then) throws Exception {
        try (SimulatedBookStore service = SimulatedBookStore.ofProvider()) {
            return EmbeddedRun.of("""
                    import http from 'k6/http';
                    import exec from 'k6/execution';
                    export const options = { vus: 1, iterations: 2, thresholds: %s };
                    const then = %s;
                    export default function () {
                      http.get(`${__ENV.BASE_URL}/`);
                      then(exec.scenario.iterationInTest);
                    }
                    """.formatted(thresholds, then), service.baseUrl(), folder, Clock.systemUTC(), false);
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
