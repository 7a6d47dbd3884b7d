package io.bookstore.perf.record;

import static io.bookstore.perf.record.JoinedRequests.ID;
import static io.bookstore.perf.record.JoinedRequests.NO_USAGE;
import static io.bookstore.perf.record.JoinedRequests.START;
import static io.bookstore.perf.record.JoinedRequests.TRACE;
import static io.bookstore.perf.record.JoinedRequests.attempt;
import static io.bookstore.perf.record.JoinedRequests.failure;
import static io.bookstore.perf.record.JoinedRequests.model;
import static io.bookstore.perf.record.JoinedRequests.nanos;
import static io.bookstore.perf.record.JoinedRequests.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bookstore.perf.record.Parts.Part;
import io.bookstore.perf.record.RequestRecord.Attempt;
import io.bookstore.perf.record.RequestRecord.Kind;
import io.bookstore.perf.record.RequestRecord.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The parts of a request as samples, spans and journal tell them. All times are milliseconds after its start. */
class DecompositionTest {

    private final JoinedRequests requests = new JoinedRequests();
    private final RequestJoin join = requests.join();

    @Test
    void partsOfARetriedCallComeFromAllThreeSources() {
        // given a request of 1000 ms: 4 in the network, the server span from 2 to 998
        requests.sent(TRACE, 1000, "llm", "200");
        requests.told("llm_input_tokens", 45);
        requests.told("llm_output_tokens", 123);
        requests.told("llm_cost_usd", 0.00198);
        requests.told("llm_cache_hits", 0);
        requests.told("llm_ttft", 310);
        join.add(TRACE, server(2, 998, 5.0));
        // the first attempt is refused at 30, which the service knows at 31; the second arrives at 240
        join.add(TRACE, model("a1", 10, 990, 2L, failure(31, 429, "rate_limited")));
        join.add(attempt(ID, 12, 18, 429));
        join.add(attempt(ID, 240, 748, 200));

        RequestRecord record = requests.onlyRecord();

        assertThat(record.traceId()).isEqualTo(TRACE);
        assertThat(record.requestId()).isEqualTo(ID);
        assertThat(record.scenario()).isEqualTo("load");
        assertThat(record.kind()).isEqualTo(Kind.LLM);
        assertThat(record.operation()).isEqualTo("summary");
        assertThat(record.start()).isEqualTo(START);
        assertThat(record.timing()).isEqualTo(new RequestRecord.Timing(1000, 990.0));
        assertThat(record.result()).isEqualTo(new RequestRecord.Result(Outcome.OK, 200));
        assertThat(record.answer()).isEqualTo(new RequestRecord.Answer(45L, 123L, 0.00198, false, 310.0));
        assertThat(record.attempts())
                .containsExactly(
                        new Attempt(12.0, 18.0, null, 429, "rate_limited"),
                        new Attempt(240.0, 748.0, 209.0, 200, null));
        // application: 996 of the server span less queue, backoff and provider
        assertThat(record.parts()).isEqualTo(new Parts(4.0, 5.0, 16.0, 209.0, 766.0, List.of(), null));
        assertThat(record.parts().sumMs()).isEqualTo(1000, within(1e-6));
        assertThat(record.parts().complete()).isTrue();
    }

    @Test
    void withoutASpanOfTheServiceOnlyTheJournalSpeaks() {
        requests.sent(TRACE, 1000, "llm", "200");
        join.add(attempt(ID, 12, 18, 429));
        join.add(attempt(ID, 240, 748, 200));

        Parts parts = requests.onlyRecord().parts();

        assertThat(parts)
                .isEqualTo(new Parts(
                        null, null, null, 210.0, 766.0, List.of(Part.NETWORK, Part.QUEUE, Part.APPLICATION), null));
        assertThat(parts.complete()).isFalse();
    }

    @Test
    void withoutASimulatorASingleAttemptHasTheTimeOfItsSpan() {
        requests.sent(TRACE, 1000, "llm", "200");
        join.add(TRACE, server(2, 998, null));
        join.add(TRACE, model("a1", 10, 990, 1L));

        RequestRecord record = requests.onlyRecord();

        assertThat(record.parts()).isEqualTo(new Parts(4.0, null, 16.0, 0.0, 980.0, List.of(Part.QUEUE), null));
        assertThat(record.parts().sumMs()).isEqualTo(1000);
        assertThat(record.attempts()).containsExactly(new Attempt(10.0, 980.0, null, null, null));
    }

    @Test
    void withoutASimulatorTheServiceTellsTheTimeInRetriedAttempts() {
        requests.sent(TRACE, 1000, "llm", "200");
        requests.told("llm_provider_time", 700);
        join.add(TRACE, server(2, 998, null));
        join.add(TRACE, model("a1", 10, 990, 2L, failure(31, 503, "server_error")));

        RequestRecord record = requests.onlyRecord();

        assertThat(record.parts()).isEqualTo(new Parts(4.0, null, 16.0, 280.0, 700.0, List.of(Part.QUEUE), null));
        assertThat(record.attempts())
                .containsExactly(
                        new Attempt(10.0, 21.0, null, 503, "server_error"), new Attempt(null, null, null, null, null));
    }

    @Test
    void retriesThatNobodyTimedLeaveBackoffAndProviderUnknown() {
        requests.sent(TRACE, 1000, "llm", "503");
        join.add(TRACE, server(2, 998, null));
        join.add(TRACE, model("a1", 10, 990, 2L, failure(31, 503, "server_error"), failure(989, 503, "server_error")));

        Parts parts = requests.onlyRecord().parts();

        assertThat(parts)
                .isEqualTo(
                        new Parts(4.0, null, 16.0, null, null, List.of(Part.QUEUE, Part.BACKOFF, Part.PROVIDER), null));
        assertThat(parts.complete()).isFalse();
    }

    @Test
    void journalWithFewerAttemptsThanTheServiceMadeIsNotBelieved() {
        requests.sent(TRACE, 1000, "llm", "200");
        join.add(TRACE, server(2, 998, null));
        join.add(TRACE, model("a1", 10, 990, 2L, failure(31, null, "network")));
        join.add(attempt(ID, 240, 748, 200));

        assertThat(requests.onlyRecord().parts().unknown()).contains(Part.BACKOFF, Part.PROVIDER);
    }

    @Test
    void answersAloneTellNetworkAndProvider() {
        requests.sent(TRACE, 1000, "llm", "200");
        requests.told("llm_transport_time", 6);
        requests.told("llm_provider_time", 900);
        requests.told("llm_retries", 0);

        assertThat(requests.onlyRecord().parts())
                .isEqualTo(new Parts(6.0, null, 94.0, 0.0, 900.0, List.of(Part.QUEUE), null));
    }

    @Test
    void cachedAnswerHasNoTimeOfAProvider() {
        requests.sent(TRACE, 20, "llm", "200");
        requests.told("llm_cache_hits", 1);
        join.add(TRACE, server(2, 18, null));

        RequestRecord record = requests.onlyRecord();

        assertThat(record.parts()).isEqualTo(new Parts(4.0, null, 16.0, 0.0, 0.0, List.of(Part.QUEUE), null));
        assertThat(record.attempts()).isEmpty();
    }

    @Test
    void plainRequestIsNetworkAndApplication() {
        requests.sent(TRACE, 20, "crud", "404");
        requests.failed();
        join.add(TRACE, server(3, 15, null));

        RequestRecord record = requests.onlyRecord();

        assertThat(record.kind()).isEqualTo(Kind.CRUD);
        assertThat(record.result()).isEqualTo(new RequestRecord.Result(Outcome.FAILED, 404));
        assertThat(record.answer()).isNull();
        assertThat(record.parts()).isEqualTo(new Parts(8.0, null, 12.0, null, null, List.of(), null));
    }

    @Test
    void requestWithoutAnAnswerHasNoStatusAndNoPart() {
        requests.sent(TRACE, 20, "crud", "0");

        RequestRecord record = requests.onlyRecord();

        assertThat(record.result()).isEqualTo(new RequestRecord.Result(Outcome.NO_ANSWER, null));
        assertThat(record.parts().unknown()).containsExactly(Part.NETWORK, Part.APPLICATION);
    }

    @Test
    void clocksThatDisagreeAreSaidAndNothingIsClamped() {
        requests.sent(TRACE, 1000, "llm", "200");
        // 3 ms longer than the client waited, and a journal that is 500 ms ahead
        join.add(TRACE, server(0, 1003, null));
        join.add(TRACE, model("a1", 10, 990, 2L, failure(31, 429, "rate_limited")));
        join.add(attempt(ID, 512, 18, 429));
        join.add(attempt(ID, 740, 748, 200));

        Parts parts = requests.onlyRecord().parts();

        assertThat(parts.networkMs()).isEqualTo(-3.0);
        // The wait is then taken from the journal alone, whose clock agrees with itself.
        assertThat(parts.backoffMs()).isEqualTo(210.0);
        assertThat(parts.providerMs()).isEqualTo(766.0);
        assertThat(parts.disagreeMs()).isEqualTo(498.0);
        assertThat(parts.sumMs()).isEqualTo(1000);
    }

    @Test
    void fallbackToAnotherProviderIsASecondCallAndNoBackoff() {
        requests.sent(TRACE, 1000, "llm", "200");
        join.add(TRACE, server(2, 998, null));
        join.add(TRACE, model("b2", 110, 990, 1L));
        join.add(TRACE, model("a1", 10, 100, 1L, failure(99, 500, "server_error")));
        join.add(attempt(ID, 12, 86, 500));
        join.add(attempt(ID, 112, 876, 200));

        RequestRecord record = requests.onlyRecord();

        assertThat(record.parts()).isEqualTo(new Parts(4.0, null, 34.0, 0.0, 962.0, List.of(Part.QUEUE), null));
        assertThat(record.attempts()).extracting(Attempt::waitMs).containsExactly(null, null);
    }

    @Test
    void callWithinACallAndCallsSideBySideCountOnce() {
        requests.sent(TRACE, 1000, "llm", "200");
        join.add(TRACE, server(0, 1000, null));
        join.add(TRACE, model("a1", 100, 600, 1L));
        join.add(TRACE, new TraceSpans.Model("a2", "a1", nanos(110), nanos(590), 1L, List.of(), NO_USAGE));
        join.add(TRACE, model("b1", 400, 800, 1L));

        assertThat(requests.onlyRecord().parts().providerMs()).isEqualTo(700.0);
    }
}
