package io.bookstore.perf.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.perf.record.CallSpan;
import io.bookstore.perf.verify.Item.State;
import io.bookstore.perf.verify.ServiceTelemetry.CancelledCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A service without a defect, as its checks have seen it, and the checklist of it. */
final class SoundService {

    static final ObjectMapper json = new ObjectMapper();

    static final String SOUND = """
            {
              "target": "orders",
              "described": ["text", "inputTokens", "outputTokens", "costUsd", "providerMs", "timeToFirstTokenMs"],
              "health": {"status": 200, "contentType": "application/json", "durationMs": 3, "json": true, "excerpt": "{}"},
              "items": "",
              "answers": [
                {"status": 200, "contentType": "application/json", "durationMs": 900, "json": true, "error": false,
                 "excerpt": "{...}", "textLength": 400,
                 "told": {"inputTokens": 30, "outputTokens": 100, "costUsd": 0.00006, "providerMs": 850, "timeToFirstTokenMs": 300}},
                {"status": 200, "contentType": "application/json; charset=utf-8", "durationMs": 700, "json": true, "error": false,
                 "excerpt": "{...}", "textLength": 380,
                 "told": {"model": "gpt-4o-mini", "provider": "openai",
                          "inputTokens": 30, "outputTokens": 90, "costUsd": 0.00006, "providerMs": 650, "timeToFirstTokenMs": 300}}
              ],
              "unknownPath": {"status": 404, "contentType": "application/problem+json", "durationMs": 2, "json": true, "excerpt": "{}"},
              "malformed": {"status": 400, "contentType": "application/problem+json", "durationMs": 2, "json": true, "excerpt": "{}"},
              "limited": {"status": 429, "contentType": "application/problem+json", "retryAfter": "2", "durationMs": 2, "json": true,
                          "excerpt": "{}"},
              "stream": {
                "answer": {"status": 200, "contentType": "text/event-stream", "durationMs": 900, "json": false, "error": false,
                           "excerpt": "", "textLength": 400, "told": {"inputTokens": 30, "outputTokens": 100}},
                "described": ["inputTokens", "outputTokens"], "whole": true, "pieces": 90, "firstMs": 300, "lastMs": 890, "gapMs": 6.6
              },
              "idempotency": {
                "operation": "create",
                "first": {"status": 201, "contentType": "application/json", "durationMs": 9, "json": true, "excerpt": "{}"},
                "again": {"status": 201, "contentType": "application/json", "durationMs": 2, "json": true, "excerpt": "{}"},
                "sameBody": true,
                "other": {"status": 422, "contentType": "application/problem+json", "durationMs": 2, "json": true, "excerpt": "{}"}
              }
            }
            """;

    /** Spans and metrics of a sound service, which ends the call when the client leaves. */
    static final ServiceTelemetry SOUND_TELEMETRY = new ServiceTelemetry(
            List.of(call("chat gpt-4o-mini", Map.of())),
            new CancelledCall(310, 330),
            "http://127.0.0.1:7002/metrics",
            metrics());

    static final LocalDate TODAY = LocalDate.of(2026, 11, 29);

    private SoundService() {}

    static void assertOnlyFailure(List<Item> items, String name, String evidence) {
        assertThat(items)
                .filteredOn(each -> each.state() == State.FAIL)
                .singleElement()
                .satisfies(failed -> {
                    assertThat(failed.name()).isEqualTo(name);
                    assertThat(failed.evidence()).startsWith(evidence);
                    assertThat(failed.remedy()).isNotEmpty();
                });
    }

    static Item named(String name, List<Item> items) {
        return items.stream()
                .filter(item -> item.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static List<Item> checklist(ServiceFacts facts) {
        return Checklist.of(facts, null, SOUND_TELEMETRY, TODAY);
    }

    static List<Item> checklist(Path folder, String metrics) throws IOException {
        return Checklist.of(
                facts(folder, SOUND),
                null,
                new ServiceTelemetry(
                        SOUND_TELEMETRY.calls(), SOUND_TELEMETRY.cancelled(), SOUND_TELEMETRY.page(), metrics),
                TODAY);
    }

    static List<Item> checklist(Path folder, CallSpan call) throws IOException {
        return Checklist.of(
                facts(folder, SOUND),
                null,
                new ServiceTelemetry(List.of(call), SOUND_TELEMETRY.cancelled(), SOUND_TELEMETRY.page(), metrics()),
                TODAY);
    }

    static CallSpan call(String name, Map<String, Object> others) {
        Map<String, Object> attributes = new HashMap<>(Map.of(
                "gen_ai.operation.name",
                "chat",
                "gen_ai.provider.name",
                "openai",
                "gen_ai.request.model",
                "gpt-4o-mini",
                "gen_ai.usage.input_tokens",
                30L,
                "gen_ai.response.finish_reasons",
                List.of("stop")));
        attributes.putAll(others);
        return new CallSpan(name, false, attributes);
    }

    /** A page as Prometheus' client writes it. */
    static String metrics() {
        String labels = "gen_ai_operation_name=\"chat\",gen_ai_provider_name=\"openai\"";
        return histogram(
                        "gen_ai_client_operation_duration_seconds",
                        labels,
                        "9.5",
                        0.01,
                        0.02,
                        0.04,
                        0.08,
                        0.16,
                        0.32,
                        0.64,
                        1.28,
                        2.56,
                        5.12,
                        10.24,
                        20.48,
                        40.96,
                        81.92)
                + histogram(
                        "gen_ai_client_token_usage",
                        labels + ",gen_ai_token_type=\"output\"",
                        "1100",
                        1,
                        4,
                        16,
                        64,
                        256,
                        1024,
                        4096,
                        16384,
                        65536,
                        262144,
                        1048576,
                        4194304,
                        16777216,
                        67108864);
    }

    static String histogram(String name, String labels, String sum, double... bounds) {
        StringBuilder page = new StringBuilder("# TYPE " + name + " histogram\n");
        for (double bound : bounds) {
            page.append(name + "_bucket{" + labels + ",le=\"" + bound + "\"} 12\n");
        }
        return page.append(name + "_bucket{" + labels + ",le=\"+Inf\"} 12\n")
                .append(name + "_sum{" + labels + "} " + sum + "\n")
                .append(name + "_count{" + labels + "} 12\n")
                .toString();
    }

    static String with(String place, String value) throws IOException {
        JsonNode facts = json.readTree(SOUND);
        int last = place.lastIndexOf('/');
        ((ObjectNode) facts.at(place.substring(0, last))).set(place.substring(last + 1), json.readTree(value));
        return facts.toString();
    }

    static ServiceFacts facts(Path folder, String text) throws IOException {
        Files.writeString(folder.resolve(ServiceFacts.NAME), text);
        return ServiceFacts.read(folder);
    }
}
