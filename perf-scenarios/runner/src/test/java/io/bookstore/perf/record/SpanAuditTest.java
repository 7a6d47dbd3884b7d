package io.bookstore.perf.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.otlp.JsonExport;
import io.bookstore.perf.record.SpanFacts.Hop;
import io.bookstore.perf.record.SpanFacts.InternalSpans;
import io.bookstore.perf.record.SpanFacts.LostTraces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Spans that show a defect of the service's telemetry, and those that do not. Each request takes 1000 ms. */
class SpanAuditTest {

    private static final long MILLI = 1_000_000;
    private static final long APART = 10_000;

    private final SpanAudit audit = new SpanAudit();

    @Test
    void serviceThatSendsNothingHasNoDefect() {
        requests(100);

        assertThat(audit.facts()).isEqualTo(SpanFacts.NONE);
    }

    @Test
    void traceIsLostIfSpansOfOtherTracesFillTheTimeOfTheRequests() {
        requests(20);
        strayServerSpans(20, 5, 990);

        assertThat(audit.facts().lost()).isEqualTo(new LostTraces(Hop.SERVER, 20, 20));
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource({
        "10, 20, health checks",
        "-2000, 6000, background work that lasts for longer",
        "600, 900, requests of others that come in between",
    })
    void spanThatCannotBeThatOfTheRequestIsNoDefect(int start, int length, String of) {
        requests(20);
        strayServerSpans(20, start, length);

        assertThat(audit.facts().lost()).as(of).isNull();
    }

    @Test
    void oneTraceThatIsKeptIsEnough() {
        requests(20);
        strayServerSpans(20, 5, 990);
        audit.request(List.of("r20"), request(20), true, spans(20), List.of());

        assertThat(audit.facts().lost()).isNull();
    }

    @Test
    void answersOfAModelAreCountedByTheSpanOfTheirCallOrTheirAttempt() {
        JournalAttempt attempt = new JournalAttempt("r3", at(3, 5), 990, 200);
        requests(2);
        audit.request(List.of("r2"), request(2), true, spans(2), List.of());
        audit.request(List.of("r3"), request(3), true, null, List.of(attempt));
        audit.request(List.of("r4"), request(4), false, spans(4), List.of());

        assertThat(audit.facts().asked()).isEqualTo(2);
    }

    /** An exporter may wait for longer than a record does. */
    @Test
    void spanThatComesAfterItsRecordIsNoStray() {
        requests(20);
        for (int i = 0; i < 20; i++) {
            audit.stray("r" + i, spans(i));
            audit.stray(new JournalAttempt("r" + i, at(i, 5), 990, 200));
        }

        assertThat(audit.facts().lost()).isNull();
    }

    @Test
    void fewerThanTenRequestsSayNothing() {
        requests(9);
        strayServerSpans(9, 5, 990);

        assertThat(audit.facts().lost()).isNull();
    }

    @Test
    void spansForLessThanHalfOfTheRequestsSayNothing() {
        requests(20);
        strayServerSpans(9, 5, 990);

        assertThat(audit.facts().lost()).isNull();
    }

    @Test
    void requestThatAsksNoModelNeedsNoSpanOfACall() {
        for (int i = 0; i < 20; i++) {
            audit.request(List.of("r" + i), request(i), false, spans(i), List.of());
            audit.stray(new JournalAttempt("of another", at(i, 5), 990, 200));
        }

        assertThat(audit.facts().lost()).isNull();
    }

    @Test
    void attemptsUnderOtherIdsAreALossOnTheLastHop() {
        for (int i = 0; i < 20; i++) {
            audit.request(List.of("r" + i), request(i), true, spans(i), List.of());
            audit.stray(new JournalAttempt("a hash", at(i, 5), 990, 200));
        }

        assertThat(audit.facts().lost()).isEqualTo(new LostTraces(Hop.JOURNAL, 20, 20));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'key':'server.address','value':{'stringValue':'api.acme.example'}}",
                "{'key':'gen_ai.provider.name','value':{'stringValue':'aws.bedrock'}}",
                "{'key':'gen_ai.system','value':{'stringValue':'openai'}}",
            })
    void internalSpanOfARemoteCallIsCountedForItsService(String attribute) throws IOException {
        read(call("a", "", 1, attribute), call("b", "", 1, attribute), call("c", "", 3, attribute));

        assertThat(audit.facts().internal()).containsExactly(new InternalSpans("desk", 2));
    }

    @Test
    void modelInTheProcessOfTheServiceMayHaveAnInternalSpan() throws IOException {
        read(call("a", "", 1, "{'key':'gen_ai.provider.name','value':{'stringValue':'llama.cpp'}}"));

        assertThat(audit.facts().internal()).isEmpty();
    }

    /** A framework's span around that of the SDK, and a step of an SDK within its own. */
    @Test
    void internalSpanBesideOneOfTheKindClientIsRight() throws IOException {
        String openai = "{'key':'gen_ai.system','value':{'stringValue':'openai'}}";
        read(call("a", "", 1, openai), call("b", "a", 3, openai), call("c", "b", 1, openai));

        assertThat(audit.facts().internal()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1000, 0", "1001, 1"})
    void traceWithMoreSpansThanAreKeptIsCounted(int calls, int crowded) {
        TraceSpans models = modelCalls(calls);
        TraceSpans requests = new TraceSpans();
        for (int i = 0; i < calls; i++) {
            requests.add(new TraceSpans.HttpRequest("", at(0, i), at(0, i + 1), 200, null, null));
        }
        audit.request(List.of("r1"), request(1), true, models, List.of());
        audit.stray("of another", requests);

        assertThat(audit.facts().crowded()).isEqualTo(2 * crowded);
    }

    /** The loop is silent for longer than a record waits, and goes on. */
    @Test
    void traceWhoseSpansComeInTwoRecordsIsCountedOnce() {
        audit.request(List.of("r1"), request(1), true, modelCalls(1_500), List.of());
        audit.stray("r1", modelCalls(1_500));

        assertThat(audit.facts().crowded()).isEqualTo(1);
    }

    private static TraceSpans modelCalls(int number) {
        TraceSpans models = new TraceSpans();
        for (int i = 0; i < number; i++) {
            models.add(new TraceSpans.Model(
                    "m" + i, "", at(0, i), at(0, i + 1), 1L, List.of(), new TraceSpans.Usage(null, null, null, null)));
        }
        return models;
    }

    private void requests(int number) {
        for (int i = 0; i < number; i++) {
            audit.request(List.of("r" + i), request(i), true, null, List.of());
        }
    }

    private void strayServerSpans(int number, int startMs, int lengthMs) {
        for (int i = 0; i < number; i++) {
            TraceSpans spans = new TraceSpans();
            spans.add(new TraceSpans.Server(at(i, startMs), at(i, startMs + lengthMs), null));
            audit.stray("of another", spans);
        }
    }

    private static SpanAudit.Stretch request(int number) {
        return new SpanAudit.Stretch(at(number, 0), at(number, 1_000));
    }

    private static TraceSpans spans(int number) {
        TraceSpans spans = new TraceSpans();
        spans.add(new TraceSpans.Server(at(number, 5), at(number, 995), null));
        spans.add(new TraceSpans.Model(
                "a", "", at(number, 10), at(number, 990), 1L, List.of(), new TraceSpans.Usage(null, null, null, null)));
        return spans;
    }

    private static long at(int request, int millis) {
        return (request * APART + millis) * MILLI;
    }

    private static String call(String id, String parent, int kind, String attribute) {
        return """
                {'traceId':'0af7651916cd43dd8448eb211c80319c','spanId':'%s','parentSpanId':'%s','kind':%d,'attributes':[
                 {'key':'gen_ai.operation.name','value':{'stringValue':'chat'}},%s]}
                """.formatted(hex(id), hex(parent), kind, attribute);
    }

    private static String hex(String id) {
        return id.isEmpty() ? "" : id.repeat(16);
    }

    private void read(String... calls) throws IOException {
        String export = """
                {'resourceSpans':[{'resource':{'attributes':[{'key':'service.name','value':{'stringValue':'desk'}}]},
                 'scopeSpans':[{'spans':[%s]}]}]}
                """.formatted(String.join(",", calls)).replace('\'', '"');
        TraceSpans spans = new TraceSpans();
        SpanReader.read(JsonExport.read(export.getBytes(StandardCharsets.UTF_8)), new SpanReader.Sink() {
            @Override
            public void server(String traceId, TraceSpans.Server span) {
                spans.add(span);
            }

            @Override
            public void model(String traceId, TraceSpans.Model span) {
                spans.add(span);
            }

            @Override
            public void request(String traceId, TraceSpans.HttpRequest span) {}
        });
        audit.stray("of another", spans);
    }
}
