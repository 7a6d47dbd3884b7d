package io.bookstore.perf.verify;

import static io.bookstore.perf.testing.InOrder.inOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.perf.record.CallSpan;
import io.bookstore.perf.verify.Item.State;
import io.bookstore.perf.verify.ServiceTelemetry.CancelledCall;
import io.bookstore.testing.Checkout;
import io.bookstore.testing.Chromium;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One defect at a time, planted into the answers of a sound service: the item that is about it fails, and no other one. */
class ChecklistTest {

    private static final ObjectMapper json = new ObjectMapper();

    private static final String SOUND = """
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
                "described": ["inputTokens", "outputTokens"], "whole": true, "pieces": 90, "firstMs": 300, "lastMs": 890
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
    private static final ServiceTelemetry SOUND_TELEMETRY = new ServiceTelemetry(
            List.of(call("chat gpt-4o-mini", Map.of())),
            new CancelledCall(310, 330),
            "http://127.0.0.1:7002/metrics",
            metrics());

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 29);

    /** Items that take a run of some summaries. */
    private static final List<String> OF_A_RUN = List.of("counted-once", "trace-context", "span-kind", "limits");

    @TempDir
    private Path folder;

    @Test
    void soundServiceFailsNowhereAndNothingUnseenPasses() throws Exception {
        List<Item> items = checklist(facts(SOUND));

        assertThat(items).noneMatch(item -> item.state() == State.FAIL);
        assertThat(items)
                .filteredOn(item -> item.state() == State.UNKNOWN)
                .extracting(Item::name)
                .containsExactlyElementsOf(OF_A_RUN);
        assertThat(ChecklistFile.of(items).score()).isEqualTo("26 of 26 items pass, 0 fail, 4 unknown.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/health/status | 503 | health | HTTP 503",
                "/health/status | 0 | health | no answer",
                "/answers/1/status | 500 | status | 1 of 2 answers: HTTP 500: {...}",
                "/answers/0/json | false | json | 1 of 2 answers: no JSON: {...}",
                "/answers/0/contentType | \"text/plain\" | json | 1 of 2 answers: Content-Type text/plain",
                "/answers/0/contentType | \"\" | json | 1 of 2 answers: no Content-Type",
                "/answers/0/error | true | hidden-error | 1 of 2 answers: an error with HTTP 200: {...}",
                "/answers/1/textLength | 0 | text | 1 of 2 answers: no text in {...}",
                "/answers/0/told/inputTokens | null | usage | 1 of 2 answers: no inputTokens",
                "/answers/0/told/outputTokens | 0 | usage | 1 of 2 answers: no outputTokens",
                "/answers/0/told/outputTokens | 1000 | usage-plausible | 1 of 2 answers: 1,000 tokens for a text of 400 characters, 0.40 characters a token",
                "/answers/0/told/outputTokens | 3 | usage-plausible | 1 of 2 answers: 3 tokens for a text of 400 characters, 133.33 characters a token",
                "/answers/0/told/providerMs | 9000 | times | 1 of 2 answers: provider 9,000 ms of 900 ms",
                "/answers/1/told/timeToFirstTokenMs | 651000 | times | 1 of 2 answers: first token after 651,000 ms of 650 ms",
                "/answers/1/told/costUsd | 0.06 | cost-price | 1 of 1 answers: $0.060000 for gpt-4o-mini, by the list $0.000054 to $0.000063",
                "/answers/1/told/costUsd | 0.00000006 | cost-price | 1 of 1 answers: $0.000000 for gpt-4o-mini",
                "/idempotency/again/status | 409 | idempotency | create: HTTP 201, then 409",
                "/idempotency/sameBody | false | idempotency | create: HTTP 201, then 201 with another body",
                "/idempotency/other/status | 201 | idempotency-conflict | HTTP 201",
                "/unknownPath/status | 200 | unknown-path | HTTP 200",
                "/malformed/status | 500 | malformed-body | HTTP 500",
                "/malformed/status | 200 | malformed-body | HTTP 200",
                "/malformed/json | false | error-format | HTTP 400 with application/problem+json",
                "/limited/retryAfter | null | retry-after | no Retry-After",
                "/limited/retryAfter | \"soon\" | retry-after | Retry-After: soon",
                "/stream/answer/status | 404 | stream | HTTP 404: ",
                "/stream/whole | false | stream | 90 pieces, and no end",
                "/stream/firstMs | 880 | stream-pieces | the first of 90 pieces came after 880 ms of 900 ms",
                "/stream/firstMs | null | stream-pieces | no piece has a text",
                "/stream/answer/told/inputTokens | null | stream-usage | no inputTokens",
                "/stream/answer/told/outputTokens | 1000 | stream-usage | 1,000 tokens for a text of 400 characters, 0.40 characters a token"
            })
    void plantedDefectIsNamedByItsOwnItemAlone(String place, String value, String item, String evidence)
            throws Exception {
        assertOnlyFailure(checklist(facts(with(place, value))), item, evidence == null ? "" : evidence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "operation_duration_seconds | operation_seconds | metric-names | gen_ai_client_operation_seconds, gen_ai_client_token_usage in place of",
                "operation_duration_seconds | operation_duration_milliseconds | metric-units | gen_ai_client_operation_duration_milliseconds in place of",
                "_usage | _usage_tokens | metric-units | gen_ai_client_token_usage_tokens in place of gen_ai_client_token_usage",
                "9.5 | 9500000 | metric-units | gen_ai_client_operation_duration_seconds has a mean of 791,667 s, and no answer took longer than 1,000 ms",
                "le=\"0.64\" | le=\"0.75\" | metric-buckets | gen_ai_client_operation_duration_seconds has 0.01, 0.02, 0.04 … 81.92 in place of",
                "le= | quantile= | metric-buckets | gen_ai_client_operation_duration_seconds has none in place of 0.01, 0.02, 0.04 … 81.92",
                "gen_ai_provider_name | gen_ai_system | metric-labels | gen_ai_client_operation_duration_seconds has no label gen_ai_provider_name",
                "gen_ai_token_type=\"output\" | gen_ai_token_type=\"total\" | metric-labels | gen_ai_client_token_usage has gen_ai_token_type=\"total\""
            })
    void plantedDefectOfTheMetricsIsNamedByItsOwnItemAlone(String part, String defect, String item, String evidence)
            throws Exception {
        assertOnlyFailure(checklist(metrics().replace(part, defect)), item, evidence);
    }

    @Test
    void spansOfAnotherFormAreNamedByTheirOwnItems() throws Exception {
        assertOnlyFailure(
                checklist(call("completion gpt-4o-mini", Map.of())),
                "span-names",
                "1 of 1 spans: \"completion gpt-4o-mini\" in place of \"chat gpt-4o-mini\"");
        assertOnlyFailure(
                checklist(new CallSpan("chat", false, Map.of("gen_ai.operation.name", "chat"))),
                "span-attributes",
                "1 of 1 spans: no gen_ai.provider.name");
        assertOnlyFailure(
                checklist(call("chat gpt-4o-mini", Map.of("gen_ai.usage.input_tokens", "30"))),
                "span-attributes",
                "1 of 1 spans: gen_ai.usage.input_tokens is no whole number: 30");
        assertOnlyFailure(
                checklist(new CallSpan(
                        "chat gpt-4o-mini", true, call("", Map.of()).attributes())),
                "span-attributes",
                "1 of 1 spans: the status is an error, and there is no error.type");
    }

    @Test
    void callThatGoesOnAfterTheClientHasLeftIsNamed() throws Exception {
        ServiceTelemetry going = new ServiceTelemetry(
                SOUND_TELEMETRY.calls(), new CancelledCall(310, 890), SOUND_TELEMETRY.page(), metrics());

        assertOnlyFailure(
                Checklist.of(facts(SOUND), null, going, TODAY),
                "stream-cancel",
                "the client left after 310 ms, the call ended 580 ms later");
    }

    @Test
    void streamThatWasNearlyAtItsEndTellsNothingAboutItsCancellation() throws Exception {
        ServiceTelemetry late = new ServiceTelemetry(
                SOUND_TELEMETRY.calls(), new CancelledCall(880, 885), SOUND_TELEMETRY.page(), metrics());

        assertThat(named("stream-cancel", Checklist.of(facts(SOUND), null, late, TODAY)))
                .satisfies(item -> assertThat(item.state()).isEqualTo(State.UNKNOWN));
    }

    @Test
    void telemetryThatNobodySawIsUnknownWithItsReason() throws Exception {
        ServiceTelemetry none = new ServiceTelemetry(List.of(), null, "http://127.0.0.1:7002/metrics", null);

        List<Item> items = Checklist.of(facts(SOUND), null, none, TODAY);

        assertThat(items).noneMatch(item -> item.state() == State.FAIL);
        assertThat(named("span-names", items).evidence()).isEqualTo("no spans came");
        assertThat(named("metric-buckets", items).evidence())
                .isEqualTo("http://127.0.0.1:7002/metrics gave no metrics");
        assertThat(named("stream-cancel", items).evidence())
                .isEqualTo(
                        "neither a simulator's journal nor a span tells of the call behind the stream that was left");
    }

    @Test
    void pageOfAServiceWithoutMetricsOfCallsIsUnknownAndNoDefect() throws Exception {
        assertThat(named("metric-names", checklist("http_requests_total 12\n")))
                .isEqualTo(new Item(
                        "metric-names",
                        "The duration of calls is a metric by the name of the conventions",
                        State.UNKNOWN,
                        "http://127.0.0.1:7002/metrics has no metric gen_ai_*",
                        "Give the address of its metrics by --metrics."));
    }

    @Test
    void dateToComeBackIsAsGoodAsSeconds() throws Exception {
        String date = with("/limited/retryAfter", "\"Sun, 29 Nov 2026 10:00:00 GMT\"");

        assertThat(named("retry-after", checklist(facts(date))).state()).isEqualTo(State.PASS);
    }

    @Test
    void serviceThatLimitedNobodyTellsNothingAboutComingBack() throws Exception {
        assertThat(named("retry-after", checklist(facts(with("/limited/status", "404")))))
                .extracting(Item::state, Item::evidence)
                .containsExactly(State.UNKNOWN, "the request that expects 429 got HTTP 404");
        assertThat(named("retry-after", checklist(facts(with("/limited", "null")))))
                .extracting(Item::state, Item::evidence)
                .containsExactly(State.UNKNOWN, "no answer was 429");
    }

    @Test
    void idempotencyThatNothingPromisesIsUnknown() throws Exception {
        assertThat(named("idempotency", checklist(facts(with("/idempotency", "null")))))
                .satisfies(item -> assertThat(item.state()).isEqualTo(State.UNKNOWN));
        assertThat(named("idempotency-conflict", checklist(facts(with("/idempotency/first/status", "500")))))
                .satisfies(item -> assertThat(item.evidence()).isEqualTo("create was answered with HTTP 500"));
    }

    @Test
    void pageInPlaceOfAnAnswerIsCalledHtml() throws Exception {
        ObjectNode facts = (ObjectNode) json.readTree(with("/answers/0/json", "false"));
        ((ObjectNode) facts.at("/answers/0")).put("excerpt", "<!DOCTYPE html><title>Log in</title>");

        assertThat(checklist(facts(facts.toString())))
                .filteredOn(item -> item.name().equals("json"))
                .singleElement()
                .satisfies(item -> assertThat(item.evidence()).contains("HTML in place of JSON"));
    }

    @Test
    void figuresThatTheDescriptorDoesNotNameAreUnknownAndNotMissing() throws Exception {
        List<Item> items = checklist(facts(with("/described", "[\"text\"]")));

        assertThat(items)
                .filteredOn(item -> List.of("usage", "usage-plausible", "times").contains(item.name()))
                .allSatisfy(item -> assertThat(item.state()).isEqualTo(State.UNKNOWN));
        assertThat(items)
                .filteredOn(item -> item.name().equals("usage"))
                .singleElement()
                .satisfies(item -> assertThat(item.evidence())
                        .isEqualTo("the descriptor has no answer.inputTokens and no answer.outputTokens"));
    }

    @Test
    void figuresThatNoAnswerTellsDoNotPass() throws Exception {
        ObjectNode facts = (ObjectNode) json.readTree(SOUND);
        facts.path("answers").forEach(answer -> ((ObjectNode) answer).putObject("told"));

        List<Item> items = checklist(facts(facts.toString()));

        assertThat(List.of(named("usage-plausible", items), named("times", items)))
                .extracting(Item::state, Item::evidence)
                .containsOnly(tuple(State.UNKNOWN, "no good answer tells enough"));
        assertThat(named("usage", items).evidence()).isEqualTo("2 of 2 answers: no inputTokens and no outputTokens");
    }

    @Test
    void tokensOfAStreamAreUnknownWhereNothingPromisesThemOrItsEndIsMissing() throws Exception {
        assertThat(named("stream-usage", checklist(facts(with("/stream/described", "[\"model\"]")))))
                .extracting(Item::state, Item::evidence)
                .containsExactly(
                        State.UNKNOWN,
                        "the stream of the descriptor has no answer.inputTokens and no answer.outputTokens");
        assertThat(named("stream-usage", checklist(facts(with("/stream/whole", "false")))))
                .extracting(Item::state, Item::evidence)
                .containsExactly(State.UNKNOWN, "the last events tell them, and the stream has no end");
        assertThat(named("stream-usage", checklist(facts(with("/stream/answer/textLength", "7")))))
                .extracting(Item::state, Item::evidence)
                .containsExactly(State.UNKNOWN, "the text is too short to tell");
    }

    @Test
    void refusalIsNamedByItsStatusAndNotByTheTextThatItHasNot() throws Exception {
        ObjectNode facts = (ObjectNode) json.readTree(SOUND);
        facts.path("answers")
                .forEach(answer -> ((ObjectNode) answer).put("status", 401).put("textLength", 0));

        List<Item> items = checklist(facts(facts.toString()));

        assertOnlyFailure(items, "status", "2 of 2 answers: HTTP 401");
        assertThat(named("text", items).evidence()).isEqualTo("there is no good answer");
    }

    @Test
    void statusOfAGoodAnswerIsThatOfTheDescriptor() throws Exception {
        ObjectNode facts = (ObjectNode) json.readTree(SOUND);
        facts.path("answers")
                .forEach(answer -> ((ObjectNode) answer)
                        .put("status", 201)
                        .putArray("expected")
                        .add(201));

        assertThat(checklist(facts(facts.toString()))).noneMatch(item -> item.state() == State.FAIL);
    }

    @Test
    void filesSayTheSameAsTheScreen() throws Exception {
        List<Item> items = checklist(facts(with("/malformed/status", "500")));

        ChecklistFile.write(items, folder);

        JsonNode written = json.readTree(folder.resolve("checklist.json").toFile());
        assertThat(written.path("score").asText()).isEqualTo("25 of 26 items pass, 1 fail, 4 unknown.");
        assertThat(written.at("/items/0/name").asText()).isEqualTo("health");
        assertThat(Files.readString(folder.resolve("checklist.xml")))
                .contains("tests=\"30\" failures=\"1\" skipped=\"4\"")
                .contains("name=\"malformed-body\"><failure message=\"HTTP 500 Callers retry a 5xx");
    }

    @Test
    void pageShowsEveryItemWithoutANetworkAndNothingOfAServiceAsMarkup() throws Exception {
        List<Item> items = checklist(facts(with("/answers/0/contentType", "\"<img src=x>\"")));

        HtmlChecklist.write("<b>orders</b>", items, folder);

        String page = Files.readString(folder.resolve("checklist.html"));
        assertThat(page)
                .contains("<h1>&lt;b&gt;orders&lt;/b&gt;</h1>", "25 of 26 items pass, 1 fail, 4 unknown.")
                .containsOnlyOnce("<li><a href=\"#")
                .satisfies(inOrder(
                        "<tr id=\"json\">",
                        "<span class=\"tag bad\">fail</span>",
                        "<td>1 of 2 answers: Content-Type &lt;img src=x&gt;</td>",
                        "<td>An HTML page comes from a proxy or a login;"))
                .satisfies(inOrder("<tr id=\"limits\">", "<span class=\"tag warn\">unknown</span>"));
        assertThat(Pattern.compile("<(link|img|iframe|script)\\b|@import|url\\(")
                        .matcher(page)
                        .results())
                .isEmpty();
    }

    @Test
    void axeFindsNothingOnThePage() throws Exception {
        HtmlChecklist.write("orders", checklist(facts(with("/answers/0/contentType", "\"text/html\""))), folder);

        try (Chromium browser = Chromium.orSkip(folder)) {
            browser.look(400, 800, true);
            browser.open(folder.resolve(HtmlChecklist.NAME));
            assertThat(browser.accessibilityFindings()).isEmpty();
        }
    }

    @Test
    void pageListsEveryItem() throws Exception {
        String page = Files.readString(Checkout.root().resolve("perf-scenarios/docs/verify.md"));

        assertThat(checklist(facts(SOUND)))
                .allSatisfy(item -> assertThat(page).contains("| `" + item.name() + "` | " + item.rule() + " |"));
    }

    private static void assertOnlyFailure(List<Item> items, String name, String evidence) {
        assertThat(items)
                .filteredOn(each -> each.state() == State.FAIL)
                .singleElement()
                .satisfies(failed -> {
                    assertThat(failed.name()).isEqualTo(name);
                    assertThat(failed.evidence()).startsWith(evidence);
                    assertThat(failed.remedy()).isNotEmpty();
                });
    }

    private static Item named(String name, List<Item> items) {
        return items.stream()
                .filter(item -> item.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<Item> checklist(ServiceFacts facts) {
        return Checklist.of(facts, null, SOUND_TELEMETRY, TODAY);
    }

    private List<Item> checklist(String metrics) throws IOException {
        return Checklist.of(
                facts(SOUND),
                null,
                new ServiceTelemetry(
                        SOUND_TELEMETRY.calls(), SOUND_TELEMETRY.cancelled(), SOUND_TELEMETRY.page(), metrics),
                TODAY);
    }

    private List<Item> checklist(CallSpan call) throws IOException {
        return Checklist.of(
                facts(SOUND),
                null,
                new ServiceTelemetry(List.of(call), SOUND_TELEMETRY.cancelled(), SOUND_TELEMETRY.page(), metrics()),
                TODAY);
    }

    private static CallSpan call(String name, Map<String, Object> others) {
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
    private static String metrics() {
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

    private static String histogram(String name, String labels, String sum, double... bounds) {
        StringBuilder page = new StringBuilder("# TYPE " + name + " histogram\n");
        for (double bound : bounds) {
            page.append(name + "_bucket{" + labels + ",le=\"" + bound + "\"} 12\n");
        }
        return page.append(name + "_bucket{" + labels + ",le=\"+Inf\"} 12\n")
                .append(name + "_sum{" + labels + "} " + sum + "\n")
                .append(name + "_count{" + labels + "} 12\n")
                .toString();
    }

    private static String with(String place, String value) throws IOException {
        JsonNode facts = json.readTree(SOUND);
        int last = place.lastIndexOf('/');
        ((ObjectNode) facts.at(place.substring(0, last))).set(place.substring(last + 1), json.readTree(value));
        return facts.toString();
    }

    private ServiceFacts facts(String text) throws IOException {
        Files.writeString(folder.resolve(ServiceFacts.NAME), text);
        return ServiceFacts.read(folder);
    }
}
