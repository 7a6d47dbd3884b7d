package io.bookstore.perf.record;

import static io.bookstore.perf.record.JoinedRequests.NO_USAGE;
import static io.bookstore.perf.record.JoinedRequests.TRACE;
import static io.bookstore.perf.record.JoinedRequests.failure;
import static io.bookstore.perf.record.JoinedRequests.model;
import static io.bookstore.perf.record.JoinedRequests.nanos;
import static io.bookstore.perf.record.JoinedRequests.server;
import static io.bookstore.perf.record.WrittenRecords.onlyLine;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.record.Parts.Part;
import io.bookstore.perf.record.RequestRecord.Attempt;
import io.bookstore.perf.record.TraceSpans.HttpRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attempts of a call by the spans of the service alone: those of its HTTP client, and the events of the call. */
class CallAttemptsTest {

    private static final String PROVIDER = "api.openai.com";

    private final JoinedRequests requests = new JoinedRequests();

    @TempDir
    private Path folder;

    /** A service without anything of this kit: its framework has the call, and its HTTP client each request. */
    @Test
    void attemptsOfAnyInstrumentedServiceHaveTheirTimesFromOtlp() throws Exception {
        String export = """
            {'resourceSpans':[{'resource':{'attributes':[]},'scopeSpans':[{'scope':{'name':'httpx'},'spans':[
             {'traceId':'%1$s','spanId':'b7ad6b7169203331','parentSpanId':'','name':'POST /',
              'kind':2,'startTimeUnixNano':'1795946400002000000','endTimeUnixNano':'1795946400998000000','attributes':[]},
             {'traceId':'%1$s','spanId':'b7ad6b7169203332','parentSpanId':'b7ad6b7169203331','kind':3,'name':'chat gpt-4o',
              'startTimeUnixNano':'1795946400010000000','endTimeUnixNano':'1795946400990000000','attributes':[
               {'key':'gen_ai.operation.name','value':{'stringValue':'chat'}}]},
             {'traceId':'%1$s','spanId':'b7ad6b7169203333','parentSpanId':'b7ad6b7169203332','kind':3,'name':'POST',
              'startTimeUnixNano':'1795946400020000000','endTimeUnixNano':'1795946400050000000','status':{'code':2},'attributes':[
               {'key':'http.request.method','value':{'stringValue':'POST'}},
               {'key':'server.address','value':{'stringValue':'api.openai.com'}},
               {'key':'error.type','value':{'stringValue':'429'}},
               {'key':'http.response.status_code','value':{'intValue':'429'}}]},
             {'traceId':'%1$s','spanId':'b7ad6b7169203334','parentSpanId':'b7ad6b7169203332','kind':3,'name':'POST',
              'startTimeUnixNano':'1795946400250000000','endTimeUnixNano':'1795946400400000000','attributes':[
               {'key':'http.request.method','value':{'stringValue':'POST'}},
               {'key':'server.address','value':{'stringValue':'api.openai.com'}},
               {'key':'http.response.status_code','value':{'intValue':'200'}}]}]}]}]}
            """.formatted(TRACE).replace('\'', '"');

        try (SpanReceiver receiver = SpanReceiver.start(0)) {
            RequestRecords records = RequestRecords.open(folder, receiver, null, request -> {});
            records.sample(new Sample(
                    "http_req_duration",
                    Instant.parse("2026-11-29T10:00:01Z"),
                    1000,
                    Map.of("operation_type", "llm", "status", "200"),
                    Map.of("trace_id", TRACE)));
            assertThat(post(receiver, export)).isEqualTo(200);
            records.finish();
        }

        JsonNode record = onlyLine(folder);
        assertThat(record.path("attempts"))
                .hasToString("[{\"startMs\":20.0,\"durationMs\":30.0,\"status\":429},"
                        + "{\"startMs\":250.0,\"durationMs\":740.0,\"waitMs\":200.0,\"status\":200}]");
        assertThat(record.path("parts"))
                .hasToString("{\"networkMs\":4.0,\"applicationMs\":26.0,\"backoffMs\":200.0,\"providerMs\":770.0,"
                        + "\"unknown\":[\"QUEUE\"]}");
    }

    @Test
    void errorIsTheServicesOwnWordAndElseThatOfItsClient() {
        call(model("a1", 10, 990, 3L, failure(50, 429, "rate_limited")));
        request("a1", 20, 50, 429, "429");
        request("a1", 100, 200, null, "java.net.ConnectException");
        request("a1", 300, 980, 503, "503");

        assertThat(requests.onlyRecord().attempts())
                .containsExactly(
                        new Attempt(20.0, 30.0, null, 429, "rate_limited"),
                        new Attempt(100.0, 100.0, 50.0, null, "java.net.ConnectException"),
                        new Attempt(300.0, 680.0, 100.0, 503, null));
    }

    @Test
    void requestOfACallWithinTheCallIsItsAttempt() {
        call(model("a1", 10, 990, null));
        requests.join().add(TRACE, new TraceSpans.Model("b2", "a1", nanos(15), nanos(985), null, List.of(), NO_USAGE));
        request("b2", 20, 400, 200, null);

        RequestRecord record = requests.onlyRecord();

        assertThat(record.attempts()).containsExactly(new Attempt(20.0, 970.0, null, 200, null));
        assertThat(record.parts()).isEqualTo(new Parts(4.0, null, 26.0, 0.0, 970.0, List.of(Part.QUEUE), null));
    }

    @Test
    void requestToAnotherAddressAndOneBesideTheCallAreNoAttempts() {
        call(model("a1", 10, 990, null));
        requests.join().add(TRACE, new HttpRequest("a1", nanos(12), nanos(60), 200, null, "login.example.com"));
        requests.join().add(TRACE, new HttpRequest("server", nanos(3), nanos(8), 200, null, PROVIDER));
        request("a1", 70, 400, 200, null);

        assertThat(requests.onlyRecord().attempts()).containsExactly(new Attempt(70.0, 920.0, null, 200, null));
    }

    @Test
    void pauseAfterAnAnswerIsNoBackoff() {
        call(model("a1", 10, 990, null));
        request("a1", 20, 40, 307, null);
        request("a1", 60, 400, 200, null);

        RequestRecord record = requests.onlyRecord();

        assertThat(record.attempts()).extracting(Attempt::waitMs).containsExactly(null, null);
        assertThat(record.parts().backoffMs()).isZero();
    }

    @Test
    void requestsThatTheServiceCountsOtherwiseOrThatRunSideBySideAreNotBelieved() {
        call(model("a1", 10, 490, 2L, failure(31, 503, "server_error")));
        request("a1", 40, 480, 200, null);
        requests.join().add(TRACE, model("a2", 500, 990, null));
        request("a2", 510, 600, 503, null);
        request("a2", 550, 700, 200, null);

        assertThat(requests.onlyRecord().attempts())
                .containsExactly(
                        new Attempt(10.0, 21.0, null, 503, "server_error"),
                        new Attempt(null, null, null, null, null),
                        new Attempt(500.0, 490.0, null, null, null));
    }

    private void call(TraceSpans.Model model) {
        requests.sent(TRACE, 1000, "llm", "200");
        requests.join().add(TRACE, server(2, 998, null));
        requests.join().add(TRACE, model);
    }

    private void request(String parent, double start, double end, @Nullable Integer status, @Nullable String error) {
        requests.join().add(TRACE, new HttpRequest(parent, nanos(start), nanos(end), status, error, PROVIDER));
    }

    private static int post(SpanReceiver receiver, String export) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        java.net.http.HttpRequest.newBuilder(URI.create(receiver.endpoint() + "/v1/traces"))
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(export))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
