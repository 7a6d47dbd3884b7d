package io.bookstore.perf.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.otlp.JsonExport;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Spans of calls out of an export, as an exporter of JavaScript writes it and as protobuf. */
class CallSpanTest {

    @Test
    void callHasItsNameItsStatusAndItsAttributesInTheirForms() throws IOException {
        assertThat(calls("""
                {"name": "chat gpt-4o", "kind": 3, "status": {"code": 2}, "attributes": [
                  {"key": "gen_ai.operation.name", "value": {"stringValue": "chat"}},
                  {"key": "gen_ai.usage.input_tokens", "value": {"intValue": "30"}},
                  {"key": "gen_ai.request.temperature", "value": {"doubleValue": 0.5}},
                  {"key": "gen_ai.request.stream", "value": {"boolValue": true}},
                  {"key": "gen_ai.response.finish_reasons", "value": {"arrayValue": {"values": [{"stringValue": "stop"}]}}},
                  {"key": "gen_ai.input.messages", "value": {"kvlistValue": {"values": []}}}]}"""))
                .containsExactly(new CallSpan(
                        "chat gpt-4o",
                        true,
                        Map.of(
                                "gen_ai.operation.name",
                                "chat",
                                "gen_ai.usage.input_tokens",
                                30L,
                                "gen_ai.request.temperature",
                                0.5,
                                "gen_ai.request.stream",
                                true,
                                "gen_ai.response.finish_reasons",
                                List.of("stop"))));
    }

    @Test
    void callWithoutTheNameOfItsOperationIsOneToo() throws IOException {
        assertThat(calls(span("3", "gen_ai.system", "openai"))).hasSize(1);
    }

    @Test
    void spanOfTheRequestOfAnAgentAndOfADatabaseIsNone() throws IOException {
        assertThat(calls(span("2", "gen_ai.request.model", "gpt-4o"))).isEmpty();
        assertThat(calls(span("1", "gen_ai.operation.name", "invoke_agent"))).isEmpty();
        assertThat(calls(span("3", "db.system.name", "mongodb"))).isEmpty();
    }

    private static String span(String kind, String attribute, String value) {
        return """
                {"name": "any", "kind": %s, "attributes": [{"key": "%s", "value": {"stringValue": "%s"}}]}""".formatted(kind, attribute, value);
    }

    /** The calls of an export, which must be the same when it came as protobuf. */
    private static List<CallSpan> calls(String span) throws IOException {
        ExportTraceServiceRequest export = JsonExport.read("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[%s]}]}]}"
                .formatted(span)
                .getBytes(StandardCharsets.UTF_8));
        List<CallSpan> calls = new ArrayList<>();
        CallSpan.read(ExportTraceServiceRequest.parseFrom(export.toByteArray()), calls::add);
        return calls;
    }
}
