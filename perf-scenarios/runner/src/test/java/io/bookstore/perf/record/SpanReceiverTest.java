package io.bookstore.perf.record;

import static io.bookstore.perf.record.WrittenRecords.onlyLine;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.perf.metrics.Sample;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Spans, metrics and logs over OTLP as HTTP, in the forms that are taken and those that are not. */
class SpanReceiverTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    @Test
    void spansMayComeAsJson() throws Exception {
        String export = """
            {"resourceSpans":[{"resource":{"attributes":[]},"scopeSpans":[{"scope":{"name":"node"},"spans":[
             {"traceId":"0AF7651916CD43DD8448EB211C80319C","spanId":"b7ad6b7169203331","parentSpanId":"","name":"POST /",
              "kind":2,"startTimeUnixNano":"1795946400002000000","endTimeUnixNano":"1795946400998000000","attributes":[]},
             {"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203332","parentSpanId":"b7ad6b7169203331","kind":3,
              "startTimeUnixNano":"1795946400010000000","endTimeUnixNano":"1795946400990000000","attributes":[
               {"key":"gen_ai.operation.name","value":{"stringValue":"chat"}},
               {"key":"gen_ai.usage.input_tokens","value":{"intValue":"45"}},
               {"key":"llm.attempts","value":{"intValue":2}},
               {"key":"llm.cost.usd","value":{"doubleValue":0.002}}],
              "events":[{"name":"llm.attempt","timeUnixNano":"1795946400031000000","attributes":[
               {"key":"http.response.status_code","value":{"intValue":"429"}}]}]}]}]}]}
            """;
        try (SpanReceiver receiver = SpanReceiver.start(0)) {
            RequestRecords records = RequestRecords.open(folder, receiver, null, request -> {});
            records.sample(new Sample(
                    "http_req_duration",
                    Instant.parse("2026-11-29T10:00:01Z"),
                    1000,
                    Map.of("operation_type", "llm", "status", "200"),
                    Map.of("trace_id", TRACE)));

            HttpResponse<String> taken =
                    post(receiver, "/v1/traces", "application/json", export.getBytes(StandardCharsets.UTF_8));
            records.finish();

            assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
        }
        JsonNode record = onlyLine(folder);
        assertThat(record.at("/parts/networkMs").asDouble()).isEqualTo(4);
        assertThat(record.at("/parts/applicationMs").asDouble()).isEqualTo(16);
        assertThat(record.at("/attempts/0/status").asInt()).isEqualTo(429);
        assertThat(record.at("/answer/inputTokens").asInt()).isEqualTo(45);
        assertThat(record.at("/answer/costUsd").asDouble()).isEqualTo(0.002);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/grpc   | {}                                                    | 415 | Spans are taken as application/x-protobuf or application/json, not as application/grpc.",
                "application/json   | no JSON                                               | 400 | The body is no export of spans: Unrecognized token",
                "application/json   | {'resourceSpans':[{'scopeSpans':[{'spans':[{'traceId':'xyz'}]}]}]} | 400 | The body is no export of spans: ",
                "application/x-protobuf | no protobuf                                       | 400 | The body is no export of spans: "
            })
    void otherFormsOfSpansAreRefusedInWords(String type, String body, int status, String sentence) throws Exception {
        try (SpanReceiver receiver = SpanReceiver.start(0)) {
            HttpResponse<String> refused =
                    post(receiver, "/v1/traces", type, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));

            assertThat(refused.statusCode()).isEqualTo(status);
            assertThat(refused.body()).contains(sentence);
        }
    }

    @Test
    void metricsAndLogsAreTakenAndDropped() throws Exception {
        try (SpanReceiver receiver = SpanReceiver.start(0)) {
            for (String path : List.of("/v1/metrics", "/v1/logs")) {
                assertThat(post(receiver, path, "application/x-protobuf", new byte[100])
                                .statusCode())
                        .isEqualTo(200);
            }
        }
    }

    private HttpResponse<String> post(SpanReceiver receiver, String path, String type, byte[] body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(receiver.endpoint() + path))
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
