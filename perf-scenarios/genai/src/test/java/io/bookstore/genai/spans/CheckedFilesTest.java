package io.bookstore.genai.spans;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.bookstore.genai.PerfLine;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as a collector or a service writes them, each with a fault of its own. */
class CheckedFilesTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";

    private static final String JSON_SPAN = """
            {"resourceSpans": [{
              "resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "shop"}}]},
              "scopeSpans": [{"spans": [{
                "traceId": "%s", "spanId": "%s", "name": "chat m", "kind": 3,
                "startTimeUnixNano": "1000000000", "endTimeUnixNano": "2000000000",
                "attributes": [
                  {"key": "gen_ai.operation.name", "value": {"stringValue": "chat"}},
                  {"key": "gen_ai.provider.name", "value": {"stringValue": "openai"}},
                  {"key": "gen_ai.request.model", "value": {"stringValue": "m"}},
                  {"key": "gen_ai.response.finish_reasons", "value": {"arrayValue": {"values": [{"stringValue": "stop"}]}}},
                  {"key": "gen_ai.usage.input_tokens", "value": {"stringValue": "12"}}]}]}]}]}
            """.formatted(TRACE, SPAN);

    private static final String JSON_METRIC = """
            {"resourceMetrics": [{"scopeMetrics": [{"metrics": [{
              "name": "gen_ai.client.token.usage", "unit": "1", "histogram": {"aggregationTemporality": 2, "dataPoints": [{
                "timeUnixNano": "3000000000", "count": "2", "sum": 12.5, "bucketCounts": ["2", "0"], "explicitBounds": [4],
                "attributes": [{"key": "gen_ai.token.type", "value": {"stringValue": "input"}}]}]}}]}]}]}
            """;

    private static final String JSON_EVENT = """
            {"resourceLogs": [{"scopeLogs": [{"logRecords": [{
              "timeUnixNano": "1500000000", "eventName": "gen_ai.evaluation.result", "traceId": "%s", "spanId": "%s"}]}]}]}
            """.formatted(TRACE, SPAN);

    @TempDir
    private Path folder;

    private final PerfLine perf = new PerfLine();

    @ParameterizedTest
    @ValueSource(strings = {"one after the other", "a line each", "one export with all signals"})
    void everySignalOfJsonIsJudged(String form) throws IOException {
        String together = JSON_SPAN + JSON_METRIC + JSON_EVENT;
        Path file = Files.writeString(
                folder.resolve("export.json"),
                switch (form) {
                    case "a line each" -> line(JSON_SPAN) + line(JSON_METRIC) + line(JSON_EVENT);
                    case "one export with all signals" -> together.replaceAll("}\\s*\\{\"resource", ", \"resource");
                    default -> together;
                });

        int exitCode = perf.run("check-spans", file.toString());

        assertThat(exitCode).as(perf.err()).isEqualTo(99);
        assertThat(perf.out())
                .contains(
                        "    1  wrong_type: chat m: gen_ai.usage.input_tokens must be int, is STRING (service shop, trace "
                                + TRACE + ", span " + SPAN + ")\n",
                        "wrong_unit: gen_ai.client.token.usage: must be \"{token}\", is \"1\"\n",
                        "wrong_buckets: gen_ai.client.token.usage: must be ",
                        "missing_required: gen_ai.client.token.usage: gen_ai.operation.name\n",
                        "missing_required: gen_ai.evaluation.result: gen_ai.evaluation.name (trace " + TRACE)
                .contains("judged      spans: 1, metrics: 1, log records: 1; calls: 1\n");
    }

    @ParameterizedTest
    @CsvSource({
        "spans, missing_required: chat: gen_ai.provider.name (trace " + TRACE
                + ", 'judged      spans: 1, metrics: 0, log records: 0;'",
        "metrics, 'unknown_metric: gen_ai.chats: is not in these conventions', 'judged      spans: 0, metrics: 1, log records: 0;'",
        "logs, unknown_event: gen_ai.chatted: is not in these conventions, 'judged      spans: 0, metrics: 0, log records: 1;'"
    })
    void protobufOfEachSignalIsKnownByItself(String signal, String departure, String judged) throws IOException {
        Message export = export(signal);
        Path body = Files.write(folder.resolve("body"), export.toByteArray());
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        DataOutputStream lengths = new DataOutputStream(messages);
        lengths.writeInt(export.getSerializedSize());
        export.writeTo(lengths);
        Path file = Files.write(folder.resolve("collector"), messages.toByteArray());

        assertThat(perf.run("check-spans", body.toString())).as(perf.err()).isEqualTo(99);
        assertThat(perf.out()).contains("    1  " + departure, judged);
        PerfLine ofCollector = new PerfLine();
        assertThat(ofCollector.run("check-spans", file.toString())).isEqualTo(99);
        assertThat(ofCollector.out()).isEqualTo(perf.out());
    }

    @Test
    void contentIsAllowedWhereTheServiceHasSwitchedItOn() throws IOException {
        Path file = Files.writeString(
                folder.resolve("content.json"),
                JSON_SPAN
                        .replace("gen_ai.usage.input_tokens", "gen_ai.input.messages")
                        .replace(
                                "{\"stringValue\": \"12\"}",
                                "{\"arrayValue\": {\"values\": [{\"kvlistValue\": {}}]}}"));

        assertThat(perf.run("check-spans", file.toString())).isEqualTo(99);
        assertThat(perf.out()).contains("opt_in_attribute_present: chat m: gen_ai.input.messages");
        assertThat(new PerfLine().run("check-spans", "--allow-content", file.toString()))
                .isZero();
    }

    @Test
    void namesOfEachChosenGenerationAreKnown() throws IOException {
        Path file = Files.writeString(
                folder.resolve("both.json"),
                JSON_SPAN
                        .replace("gen_ai.usage.input_tokens", "gen_ai.system")
                        .replace("{\"stringValue\": \"12\"}", "{\"stringValue\": \"openai\"}"));

        assertThat(perf.run("check-spans", file.toString())).isEqualTo(99);
        assertThat(new PerfLine().run("check-spans", file.toString(), "--conventions", "v1-36,v1-41"))
                .isZero();
    }

    @Test
    void callsByOtherNamesAreCountedAndDoNotPass() throws IOException {
        Path file = Files.writeString(
                folder.resolve("traceloop.json"),
                JSON_SPAN.replace("gen_ai.operation.name", "llm.request.type").replace("gen_ai.", "other."));

        assertThat(perf.run("check-spans", file.toString())).isEqualTo(65);
        assertThat(perf.out())
                .contains("            among them calls by the names of OpenInference or Traceloop: 1\n")
                .endsWith("Nothing was judged, which is no pass: no span, metric or log record has a gen_ai name.\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                   | FILE is empty:
            {"resourceSpans": []}~{"resource     | FILE:2 is no JSON (Unexpected end-of-input
            {"resourceSpans": []}~spans          | FILE:2 is no JSON (Unrecognized token 'spans'
            {"spans": []}                        | FILE:1 is JSON, but has none of resourceSpans, resourceLogs, resourceMetrics:
            {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"xyz"}]}]}]} | FILE:1 is no export of spans (
            {"resourceSpans":[{"scopeSpans":[{"spans":[{"kind":"SERVER"}]}]}]} | FILE:1 is no export of spans (SERVER is no SpanKind):
            {"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"histogram":{"dataPoints":[{"explicitBounds":[2,1]}]}}]}]}]} | FILE:1 is no export of metrics (
            some text                            | FILE is neither JSON nor protobuf of OTLP with anything in it:
            """)
    void otherFileIsOneSentenceThatNamesTheLine(String content, String sentence) throws IOException {
        Path file = Files.writeString(folder.resolve("other"), content.replace('~', '\n'));

        assertThat(perf.run("check-spans", file.toString())).isEqualTo(66);
        assertThat(perf.err())
                .startsWith(sentence.replace("FILE", file.toString()))
                .endsWith(": name a file of the collector's file exporter, or one with the body of an export.\n")
                .hasLineCount(1);
    }

    @Test
    void fileThatEndsWithinAMessageIsOneSentence() throws IOException {
        Path file = Files.write(folder.resolve("cut"), new byte[] {0, 0, 0, 9, 10});

        assertThat(perf.run("check-spans", file.toString())).isEqualTo(66);
        assertThat(perf.err()).startsWith(file + " ends within its message 1: ").hasLineCount(1);
    }

    @Test
    void fileThatIsNotThereOrAFolderIsOneSentence() {
        Path file = folder.resolve("missing");

        assertThat(perf.run("check-spans", file.toString())).isEqualTo(66);
        assertThat(perf.err()).isEqualTo("There is no file " + file + ": name one that holds an export of OTLP.\n");
        PerfLine ofFolder = new PerfLine();
        assertThat(ofFolder.run("check-spans", folder.toString())).isEqualTo(66);
        assertThat(ofFolder.err())
                .isEqualTo("Cannot read " + folder + " (Is a directory): name a file that holds an export of OTLP.\n");
    }

    private static String line(String json) {
        return json.replace("\n", "") + "\n";
    }

    private static Message export(String signal) {
        ByteString trace = ByteString.fromHex(TRACE);
        ByteString span = ByteString.fromHex(SPAN);
        return switch (signal) {
            case "metrics" -> {
                ExportMetricsServiceRequest.Builder export = ExportMetricsServiceRequest.newBuilder();
                Metric.Builder metric = Metric.newBuilder().setName("gen_ai.chats");
                metric.getSumBuilder().addDataPointsBuilder().setTimeUnixNano(3).setAsInt(1);
                export.addResourceMetricsBuilder().addScopeMetricsBuilder().addMetrics(metric);
                yield export.build();
            }
            case "logs" -> {
                ExportLogsServiceRequest.Builder export = ExportLogsServiceRequest.newBuilder();
                LogRecord.Builder record = LogRecord.newBuilder().setObservedTimeUnixNano(3);
                record.addAttributes(attribute("event.name", "gen_ai.chatted"));
                record.setTraceId(trace).setSpanId(span).getBodyBuilder().setStringValue("A chat has ended.");
                export.addResourceLogsBuilder().addScopeLogsBuilder().addLogRecords(record);
                yield export.build();
            }
            default -> {
                ExportTraceServiceRequest.Builder export = ExportTraceServiceRequest.newBuilder();
                Span.Builder chat = Span.newBuilder().setTraceId(trace).setSpanId(span);
                chat.setName("chat").setKind(Span.SpanKind.SPAN_KIND_CLIENT);
                chat.setStartTimeUnixNano(1).setEndTimeUnixNano(2);
                chat.addAttributes(attribute("gen_ai.operation.name", "chat"));
                export.addResourceSpansBuilder().addScopeSpansBuilder().addSpans(chat);
                yield export.build();
            }
        };
    }

    private static KeyValue attribute(String name, String value) {
        return KeyValue.newBuilder()
                .setKey(name)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }
}
