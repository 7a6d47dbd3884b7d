package io.bookstore.perf.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.record.Parts.Part;
import io.bookstore.perf.record.RequestRecord.Attempt;
import io.bookstore.perf.record.RequestRecord.Kind;
import io.bookstore.perf.record.RequestRecord.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The join of samples, spans and journal lines, and the arithmetic of the parts. All times are milliseconds after START. */
class RequestJoinTest {

    private static final Instant START = Instant.parse("2026-11-29T10:00:00Z");
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String ID = "llm_smoke-7";

    private final List<RequestRecord> records = new ArrayList<>();
    private long nowNanos;
    private final RequestJoin join = new RequestJoin(() -> nowNanos, true, records::add);

    @Test
    void partsOfARetriedCallComeFromAllThreeSources() {
        // given a request of 1000 ms: 4 in the network, the server span from 2 to 998
        sent(TRACE, 1000, "llm", "200");
        told("llm_input_tokens", 45);
        told("llm_output_tokens", 123);
        told("llm_cost_usd", 0.00198);
        told("llm_cache_hits", 0);
        told("llm_ttft", 310);
        join.add(TRACE, server(2, 998, 5.0));
        // the first attempt is refused at 30, which the service knows at 31; the second arrives at 240
        join.add(TRACE, model("a1", 10, 990, 2L, failure(31, 429, "rate_limited")));
        join.add(attempt(ID, 12, 18, 429));
        join.add(attempt(ID, 240, 748, 200));

        RequestRecord record = onlyRecord();

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
    void latenessOfAnArrivalAndBilledTokensAreKept() {
        Map<String, String> metadata = Map.of("trace_id", TRACE, "request_id", ID, "late_ms", "12.5");
        join.add(new Sample("http_req_duration", at(1000), 1000, tags("llm", "200"), metadata));
        join.add(new JournalAttempt(ID, nanos(12), 18, 500, 45L, 20L));
        join.add(new JournalAttempt(ID, nanos(240), 748, 200, 45L, 123L));

        RequestRecord record = onlyRecord();

        assertThat(record.start()).isEqualTo(START);
        assertThat(record.timing()).isEqualTo(new RequestRecord.Timing(1000, null, 12.5));
        assertThat(record.attempts()).extracting(Attempt::inputTokens).containsExactly(45L, 45L);
        assertThat(record.attempts()).extracting(Attempt::outputTokens).containsExactly(20L, 123L);
    }

    @Test
    void withoutASpanOfTheServiceOnlyTheJournalSpeaks() {
        sent(TRACE, 1000, "llm", "200");
        join.add(attempt(ID, 12, 18, 429));
        join.add(attempt(ID, 240, 748, 200));

        Parts parts = onlyRecord().parts();

        assertThat(parts)
                .isEqualTo(new Parts(
                        null, null, null, 210.0, 766.0, List.of(Part.NETWORK, Part.QUEUE, Part.APPLICATION), null));
        assertThat(parts.complete()).isFalse();
    }

    @Test
    void withoutASimulatorASingleAttemptHasTheTimeOfItsSpan() {
        sent(TRACE, 1000, "llm", "200");
        join.add(TRACE, server(2, 998, null));
        join.add(TRACE, model("a1", 10, 990, 1L));

        RequestRecord record = onlyRecord();

        assertThat(record.parts()).isEqualTo(new Parts(4.0, null, 16.0, 0.0, 980.0, List.of(Part.QUEUE), null));
        assertThat(record.parts().sumMs()).isEqualTo(1000);
        assertThat(record.attempts()).containsExactly(new Attempt(10.0, 980.0, null, null, null));
    }

    @Test
    void withoutASimulatorTheServiceTellsTheTimeInRetriedAttempts() {
        sent(TRACE, 1000, "llm", "200");
        told("llm_provider_time", 700);
        join.add(TRACE, server(2, 998, null));
        join.add(TRACE, model("a1", 10, 990, 2L, failure(31, 503, "server_error")));

        RequestRecord record = onlyRecord();

        assertThat(record.parts()).isEqualTo(new Parts(4.0, null, 16.0, 280.0, 700.0, List.of(Part.QUEUE), null));
        assertThat(record.attempts())
                .containsExactly(
                        new Attempt(null, null, null, 503, "server_error"), new Attempt(null, null, null, null, null));
    }

    @Test
    void retriesThatNobodyTimedLeaveBackoffAndProviderUnknown() {
        sent(TRACE, 1000, "llm", "503");
        join.add(TRACE, server(2, 998, null));
        join.add(TRACE, model("a1", 10, 990, 2L, failure(31, 503, "server_error"), failure(989, 503, "server_error")));

        Parts parts = onlyRecord().parts();

        assertThat(parts)
                .isEqualTo(
                        new Parts(4.0, null, 16.0, null, null, List.of(Part.QUEUE, Part.BACKOFF, Part.PROVIDER), null));
        assertThat(parts.complete()).isFalse();
    }

    @Test
    void journalWithFewerAttemptsThanTheServiceMadeIsNotBelieved() {
        sent(TRACE, 1000, "llm", "200");
        join.add(TRACE, server(2, 998, null));
        join.add(TRACE, model("a1", 10, 990, 2L, failure(31, null, "network")));
        join.add(attempt(ID, 240, 748, 200));

        assertThat(onlyRecord().parts().unknown()).contains(Part.BACKOFF, Part.PROVIDER);
    }

    @Test
    void answersAloneTellNetworkAndProvider() {
        sent(TRACE, 1000, "llm", "200");
        told("llm_transport_time", 6);
        told("llm_provider_time", 900);
        told("llm_retries", 0);

        assertThat(onlyRecord().parts()).isEqualTo(new Parts(6.0, null, 94.0, 0.0, 900.0, List.of(Part.QUEUE), null));
    }

    @Test
    void cachedAnswerHasNoTimeOfAProvider() {
        sent(TRACE, 20, "llm", "200");
        told("llm_cache_hits", 1);
        join.add(TRACE, server(2, 18, null));

        RequestRecord record = onlyRecord();

        assertThat(record.parts()).isEqualTo(new Parts(4.0, null, 16.0, 0.0, 0.0, List.of(Part.QUEUE), null));
        assertThat(record.attempts()).isEmpty();
    }

    @Test
    void plainRequestIsNetworkAndApplication() {
        sent(TRACE, 20, "crud", "404");
        failed();
        join.add(TRACE, server(3, 15, null));

        RequestRecord record = onlyRecord();

        assertThat(record.kind()).isEqualTo(Kind.CRUD);
        assertThat(record.result()).isEqualTo(new RequestRecord.Result(Outcome.FAILED, 404));
        assertThat(record.answer()).isNull();
        assertThat(record.parts()).isEqualTo(new Parts(8.0, null, 12.0, null, null, List.of(), null));
    }

    @Test
    void requestWithoutAnAnswerHasNoStatusAndNoPart() {
        sent(TRACE, 20, "crud", "0");

        RequestRecord record = onlyRecord();

        assertThat(record.result()).isEqualTo(new RequestRecord.Result(Outcome.NO_ANSWER, null));
        assertThat(record.parts().unknown()).containsExactly(Part.NETWORK, Part.APPLICATION);
    }

    @Test
    void clocksThatDisagreeAreSaidAndNothingIsClamped() {
        sent(TRACE, 1000, "llm", "200");
        // 3 ms longer than the client waited, and a journal that is 500 ms ahead
        join.add(TRACE, server(0, 1003, null));
        join.add(TRACE, model("a1", 10, 990, 2L, failure(31, 429, "rate_limited")));
        join.add(attempt(ID, 512, 18, 429));
        join.add(attempt(ID, 740, 748, 200));

        Parts parts = onlyRecord().parts();

        assertThat(parts.networkMs()).isEqualTo(-3.0);
        // The wait is then taken from the journal alone, whose clock agrees with itself.
        assertThat(parts.backoffMs()).isEqualTo(210.0);
        assertThat(parts.providerMs()).isEqualTo(766.0);
        assertThat(parts.disagreeMs()).isEqualTo(498.0);
        assertThat(parts.sumMs()).isEqualTo(1000);
    }

    @Test
    void fallbackToAnotherProviderIsASecondCallAndNoBackoff() {
        sent(TRACE, 1000, "llm", "200");
        join.add(TRACE, server(2, 998, null));
        join.add(TRACE, model("b2", 110, 990, 1L));
        join.add(TRACE, model("a1", 10, 100, 1L, failure(99, 500, "server_error")));
        join.add(attempt(ID, 12, 86, 500));
        join.add(attempt(ID, 112, 876, 200));

        RequestRecord record = onlyRecord();

        assertThat(record.parts()).isEqualTo(new Parts(4.0, null, 34.0, 0.0, 962.0, List.of(Part.QUEUE), null));
        assertThat(record.attempts()).extracting(Attempt::waitMs).containsExactly(null, null);
    }

    @Test
    void callWithinACallAndCallsSideBySideCountOnce() {
        sent(TRACE, 1000, "llm", "200");
        join.add(TRACE, server(0, 1000, null));
        join.add(TRACE, model("a1", 100, 600, 1L));
        join.add(TRACE, new TraceSpans.Model("a2", "a1", nanos(110), nanos(590), 1L, List.of(), NO_USAGE));
        join.add(TRACE, model("b1", 400, 800, 1L));

        assertThat(onlyRecord().parts().providerMs()).isEqualTo(700.0);
    }

    @Test
    void simulatorThatKnowsOnlyTheTraceIsJoinedByIt() {
        sent(TRACE, 1000, "llm", "200");
        join.add(attempt(RequestJoin.key(TRACE + "-93ab01cc"), 12, 700, 200));

        assertThat(onlyRecord().parts().providerMs()).isEqualTo(700.0);
        assertThat(RequestJoin.key("a request id of somebody that is longer than 32 characters-x"))
                .isEqualTo("a request id of somebody that is longer than 32 characters-x");
    }

    @Test
    void redirectIsOneRequestToItsLastAnswer() {
        sample("http_req_duration", 5, 5, tags("crud", "302"));
        sample("http_req_receiving", 1, 5, tags("crud", "302"));
        sample("http_req_duration", 25, 30, tags("crud", "200"));
        sample("http_req_receiving", 10, 30, tags("crud", "200"));

        RequestRecord record = onlyRecord();

        assertThat(record.start()).isEqualTo(START);
        assertThat(record.timing()).isEqualTo(new RequestRecord.Timing(30, 20.0));
        assertThat(record.result().status()).isEqualTo(200);
    }

    @Test
    void requestsOfSetupAndSamplesWithoutARequestHaveNoRecord() {
        Map<String, String> inSetup = new HashMap<>(tags("crud", "200"));
        inSetup.put("group", "::setup");
        sample("http_req_duration", 5, 5, inSetup);
        sample("iteration_duration", 5, 5, Map.of("group", ""));
        join.add(TRACE, server(0, 1, null));

        join.end();

        assertThat(records).isEmpty();
    }

    @Test
    void recordGoesOutWhenNothingMoreIsExpectedForIt() {
        sent(TRACE, 1000, "llm", "200");
        pass(Duration.ofSeconds(14));
        join.add(TRACE, server(2, 998, null));
        pass(Duration.ofSeconds(14));
        join.sweep();
        assertThat(records).isEmpty();

        pass(Duration.ofSeconds(2));
        join.sweep();

        assertThat(records).hasSize(1);
        // Its iteration ends later, and must not open it again.
        sample("iteration_duration", 1500, 1500, Map.of());
        join.end();
        assertThat(records).hasSize(1);
    }

    @Test
    void plainRequestGoesOutSoonAfterItsSpan() {
        sent(TRACE, 20, "crud", "200");
        pass(Duration.ofSeconds(3));
        join.sweep();
        assertThat(records).isEmpty();

        join.add(TRACE, server(2, 18, null));
        pass(Duration.ofSeconds(3));
        join.sweep();

        assertThat(records).hasSize(1);
    }

    @Test
    void requestOfWhichOnlySamplesTellGoesOutSoon() {
        RequestJoin samplesAlone = new RequestJoin(() -> nowNanos, false, records::add);
        samplesAlone.add(
                new Sample("http_req_duration", at(1000), 1000, tags("llm", "200"), Map.of("trace_id", TRACE)));
        pass(Duration.ofSeconds(3));

        samplesAlone.sweep();

        assertThat(records).hasSize(1);
    }

    @Test
    void attemptOfALongRequestIsStillThereWhenTheRequestEnds() {
        join.add(attempt(ID, 12, 18, 429));
        join.add(TRACE, model("a1", 10, 90_000, 1L));
        pass(Duration.ofSeconds(90));
        join.sweep();

        sent(TRACE, 90_000, "llm", "200");

        assertThat(onlyRecord().attempts()).hasSize(1);
    }

    @Test
    void memoryIsBoundedByLettingTheOldestGo() {
        for (int i = 0; i < RequestJoin.MOST_OPEN + 10; i++) {
            sent(String.format("%032x", i), 5, "crud", "200");
        }

        assertThat(records).hasSize(10);
        assertThat(records.get(0).traceId()).isEqualTo("00000000000000000000000000000000");
    }

    @Test
    void spansAreWaitedForOnlyIfAnyCome() {
        sent(TRACE, 1000, "llm", "200");
        assertThat(join.awaitsSpans()).isFalse();

        sent("1" + TRACE.substring(1), 5, "crud", "200");
        join.add("1" + TRACE.substring(1), server(1, 2, null));
        assertThat(join.awaitsSpans()).isTrue();

        join.add(TRACE, server(2, 998, null));
        assertThat(join.awaitsSpans()).isFalse();
    }

    private static final TraceSpans.Usage NO_USAGE = new TraceSpans.Usage(null, null, null, null);

    private RequestRecord onlyRecord() {
        join.end();
        assertThat(records).hasSize(1);
        return records.get(0);
    }

    private void sent(String traceId, double millis, String type, String status) {
        Map<String, String> tags = tags(type, status);
        Map<String, String> metadata = Map.of("trace_id", traceId, "request_id", ID);
        join.add(new Sample("http_reqs", at(millis), 1, tags, metadata));
        join.add(new Sample("http_req_duration", at(millis), millis, tags, metadata));
        join.add(new Sample("http_req_receiving", at(millis), 10, tags, metadata));
    }

    private void told(String metric, double value) {
        sample(metric, value, 0, Map.of("scenario", "load"));
    }

    private void failed() {
        sample("http_req_failed", 1, 0, Map.of());
    }

    private void sample(String metric, double value, double millis, Map<String, String> tags) {
        join.add(new Sample(metric, at(millis), value, tags, Map.of("trace_id", TRACE, "request_id", ID)));
    }

    private static Map<String, String> tags(String type, String status) {
        return Map.of("scenario", "load", "name", "summary", "operation_type", type, "status", status, "group", "");
    }

    private static TraceSpans.Server server(double start, double end, @Nullable Double queueMs) {
        return new TraceSpans.Server(nanos(start), nanos(end), queueMs);
    }

    private static TraceSpans.Model model(
            String id, double start, double end, @Nullable Long attempts, TraceSpans.Failure... failures) {
        return new TraceSpans.Model(id, "", nanos(start), nanos(end), attempts, List.of(failures), NO_USAGE);
    }

    private static TraceSpans.Failure failure(double time, @Nullable Integer status, String error) {
        return new TraceSpans.Failure(nanos(time), status, error);
    }

    private static JournalAttempt attempt(String key, double start, double millis, int status) {
        return new JournalAttempt(key, nanos(start), millis, status);
    }

    private static Instant at(double millis) {
        return START.plusNanos(Math.round(millis * 1e6));
    }

    private static long nanos(double millis) {
        Instant time = at(millis);
        return time.getEpochSecond() * 1_000_000_000 + time.getNano();
    }

    private void pass(Duration time) {
        nowNanos += time.toNanos();
    }
}
