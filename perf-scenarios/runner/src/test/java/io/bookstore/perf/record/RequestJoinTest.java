package io.bookstore.perf.record;

import static io.bookstore.perf.record.JoinedRequests.ID;
import static io.bookstore.perf.record.JoinedRequests.START;
import static io.bookstore.perf.record.JoinedRequests.TRACE;
import static io.bookstore.perf.record.JoinedRequests.at;
import static io.bookstore.perf.record.JoinedRequests.attempt;
import static io.bookstore.perf.record.JoinedRequests.model;
import static io.bookstore.perf.record.JoinedRequests.nanos;
import static io.bookstore.perf.record.JoinedRequests.server;
import static io.bookstore.perf.record.JoinedRequests.tags;
import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.record.RequestRecord.Attempt;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The join of samples, spans and journal lines: the sources of a record, and the time at which it goes out. */
class RequestJoinTest {

    private final JoinedRequests requests = new JoinedRequests();
    private final RequestJoin join = requests.join();

    @Test
    void latenessOfAnArrivalAndBilledTokensAreKept() {
        Map<String, String> metadata = Map.of("trace_id", TRACE, "request_id", ID, "late_ms", "12.5");
        join.add(new Sample("http_req_duration", at(1000), 1000, tags("llm", "200"), metadata));
        join.add(new JournalAttempt(ID, nanos(12), 18, 500, 45L, 20L));
        join.add(new JournalAttempt(ID, nanos(240), 748, 200, 45L, 123L));

        RequestRecord record = requests.onlyRecord();

        assertThat(record.start()).isEqualTo(START);
        assertThat(record.timing()).isEqualTo(new RequestRecord.Timing(1000, null, 12.5));
        assertThat(record.attempts()).extracting(Attempt::inputTokens).containsExactly(45L, 45L);
        assertThat(record.attempts()).extracting(Attempt::outputTokens).containsExactly(20L, 123L);
    }

    /** A retry without a limit, which would fill the memory. */
    @ParameterizedTest
    @CsvSource({"1000, 0", "1001, 1"})
    void requestWithMoreAttemptsThanItsRecordKeepsIsCounted(int attempts, int crowded) {
        requests.sent(TRACE, 1000, "llm", "200");
        for (int i = 0; i < attempts; i++) {
            join.add(attempt(TRACE, i, 1, 429));
        }

        assertThat(requests.onlyRecord().attempts()).hasSize(1_000);
        assertThat(join.facts().crowded()).isEqualTo(crowded);
    }

    @Test
    void attemptsBeyondThoseKeptAreCountedWithoutTheirRequest() {
        for (int i = 0; i < 1_001; i++) {
            join.add(attempt("of another", i, 1, 429));
        }
        join.end();

        assertThat(join.facts().crowded()).isEqualTo(1);
    }

    @Test
    void simulatorThatKnowsOnlyTheTraceIsJoinedByIt() {
        requests.sent(TRACE, 1000, "llm", "200");
        join.add(attempt(RequestJoin.key(TRACE + "-93ab01cc"), 12, 700, 200));

        assertThat(requests.onlyRecord().parts().providerMs()).isEqualTo(700.0);
        assertThat(RequestJoin.key("a request id of somebody that is longer than 32 characters-x"))
                .isEqualTo("a request id of somebody that is longer than 32 characters-x");
    }

    @Test
    void redirectIsOneRequestToItsLastAnswer() {
        requests.sample("http_req_duration", 5, 5, tags("crud", "302"));
        requests.sample("http_req_receiving", 1, 5, tags("crud", "302"));
        requests.sample("http_req_duration", 25, 30, tags("crud", "200"));
        requests.sample("http_req_receiving", 10, 30, tags("crud", "200"));

        RequestRecord record = requests.onlyRecord();

        assertThat(record.start()).isEqualTo(START);
        assertThat(record.timing()).isEqualTo(new RequestRecord.Timing(30, 20.0));
        assertThat(record.result().status()).isEqualTo(200);
    }

    @Test
    void requestsOfSetupAndSamplesWithoutARequestHaveNoRecord() {
        Map<String, String> inSetup = new HashMap<>(tags("crud", "200"));
        inSetup.put("group", "::setup");
        requests.sample("http_req_duration", 5, 5, inSetup);
        requests.sample("iteration_duration", 5, 5, Map.of("group", ""));
        join.add(TRACE, server(0, 1, null));

        join.end();

        assertThat(requests.records()).isEmpty();
    }

    @Test
    void recordGoesOutWhenNothingMoreIsExpectedForIt() {
        requests.sent(TRACE, 1000, "llm", "200");
        requests.pass(Duration.ofSeconds(14));
        join.add(TRACE, server(2, 998, null));
        requests.pass(Duration.ofSeconds(14));
        join.sweep();
        assertThat(requests.records()).isEmpty();

        requests.pass(Duration.ofSeconds(2));
        join.sweep();

        assertThat(requests.records()).hasSize(1);
        // Its iteration ends later, and must not open it again.
        requests.sample("iteration_duration", 1500, 1500, Map.of());
        join.end();
        assertThat(requests.records()).hasSize(1);
    }

    @Test
    void plainRequestGoesOutSoonAfterItsSpan() {
        requests.sent(TRACE, 20, "crud", "200");
        requests.pass(Duration.ofSeconds(3));
        join.sweep();
        assertThat(requests.records()).isEmpty();

        join.add(TRACE, server(2, 18, null));
        requests.pass(Duration.ofSeconds(3));
        join.sweep();

        assertThat(requests.records()).hasSize(1);
    }

    @Test
    void requestOfWhichOnlySamplesTellGoesOutSoon() {
        JoinedRequests samplesAlone = new JoinedRequests(false);
        samplesAlone
                .join()
                .add(new Sample("http_req_duration", at(1000), 1000, tags("llm", "200"), Map.of("trace_id", TRACE)));
        samplesAlone.pass(Duration.ofSeconds(3));

        samplesAlone.join().sweep();

        assertThat(samplesAlone.records()).hasSize(1);
    }

    @Test
    void attemptOfALongRequestIsStillThereWhenTheRequestEnds() {
        join.add(attempt(ID, 12, 18, 429));
        join.add(TRACE, model("a1", 10, 90_000, 1L));
        requests.pass(Duration.ofSeconds(90));
        join.sweep();

        requests.sent(TRACE, 90_000, "llm", "200");

        assertThat(requests.onlyRecord().attempts()).hasSize(1);
    }

    @Test
    void memoryIsBoundedByLettingTheOldestGo() {
        for (int i = 0; i < RequestJoin.MOST_OPEN + 10; i++) {
            requests.sent(String.format("%032x", i), 5, "crud", "200");
        }

        assertThat(requests.records()).hasSize(10);
        assertThat(requests.records().get(0).traceId()).isEqualTo("00000000000000000000000000000000");
    }

    @Test
    void spansAreWaitedForOnlyIfAnyCome() {
        requests.sent(TRACE, 1000, "llm", "200");
        assertThat(join.awaitsSpans()).isFalse();

        requests.sent("1" + TRACE.substring(1), 5, "crud", "200");
        join.add("1" + TRACE.substring(1), server(1, 2, null));
        assertThat(join.awaitsSpans()).isTrue();

        join.add(TRACE, server(2, 998, null));
        assertThat(join.awaitsSpans()).isFalse();
    }
}
