package io.bookstore.perf.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.perf.verify.Item.State;
import io.bookstore.testing.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
                 "told": {"inputTokens": 30, "outputTokens": 100, "costUsd": 0.001, "providerMs": 850, "timeToFirstTokenMs": 300}},
                {"status": 200, "contentType": "application/json; charset=utf-8", "durationMs": 700, "json": true, "error": false,
                 "excerpt": "{...}", "textLength": 380,
                 "told": {"inputTokens": 30, "outputTokens": 90, "costUsd": 0.001, "providerMs": 650, "timeToFirstTokenMs": 300}}
              ],
              "unknownPath": {"status": 404, "contentType": "application/problem+json", "durationMs": 2, "json": true, "excerpt": "{}"},
              "malformed": {"status": 400, "contentType": "application/problem+json", "durationMs": 2, "json": true, "excerpt": "{}"},
              "stream": {"status": 200, "contentType": "text/event-stream", "whole": true, "pieces": 90, "firstMs": 300,
                         "lastMs": 890, "durationMs": 900, "excerpt": ""}
            }
            """;

    /** Items that no answer can tell, for they take a run, spans or metrics. */
    private static final List<String> OF_A_RUN = List.of("counted-once", "trace-context", "span-kind", "limits");

    @TempDir
    private Path folder;

    @Test
    void soundServiceFailsNowhereAndNothingUnseenPasses() throws Exception {
        List<Item> items = Checklist.of(facts(SOUND), null);

        assertThat(items).noneMatch(item -> item.state() == State.FAIL);
        assertThat(items)
                .filteredOn(item -> item.state() == State.UNKNOWN)
                .extracting(Item::name)
                .containsExactlyElementsOf(OF_A_RUN);
        assertThat(ChecklistFile.of(items).score()).isEqualTo("14 of 14 items pass, 0 fail, 4 unknown.");
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
                "/answers/0/error | true | hidden-error | 1 of 2 answers: an error with HTTP 200: {...}",
                "/answers/1/textLength | 0 | text | 1 of 2 answers: no text in {...}",
                "/answers/0/told/inputTokens | null | usage | 1 of 2 answers: no inputTokens",
                "/answers/0/told/outputTokens | 0 | usage | 1 of 2 answers: no outputTokens",
                "/answers/0/told/outputTokens | 1000 | usage-plausible | 1 of 2 answers: 1,000 tokens for a text of 400 characters, 0.40 characters a token",
                "/answers/0/told/outputTokens | 3 | usage-plausible | 1 of 2 answers: 3 tokens for a text of 400 characters, 133.33 characters a token",
                "/answers/0/told/providerMs | 9000 | times | 1 of 2 answers: provider 9,000 ms of 900 ms",
                "/answers/1/told/timeToFirstTokenMs | 651000 | times | 1 of 2 answers: first token after 651,000 ms of 650 ms",
                "/unknownPath/status | 200 | unknown-path | HTTP 200",
                "/malformed/status | 500 | malformed-body | HTTP 500",
                "/malformed/status | 200 | malformed-body | HTTP 200",
                "/malformed/json | false | error-format | HTTP 400 with application/problem+json",
                "/stream/status | 404 | stream | HTTP 404: ",
                "/stream/whole | false | stream | 90 pieces, and no end",
                "/stream/firstMs | 880 | stream-pieces | the first of 90 pieces came after 880 ms of 900 ms",
                "/stream/firstMs | null | stream-pieces | no piece has a text"
            })
    void plantedDefectIsNamedByItsOwnItemAlone(String place, String value, String item, String evidence)
            throws Exception {
        List<Item> items = Checklist.of(facts(with(place, value)), null);

        assertThat(items)
                .filteredOn(each -> each.state() == State.FAIL)
                .singleElement()
                .satisfies(failed -> {
                    assertThat(failed.name()).isEqualTo(item);
                    assertThat(failed.evidence()).startsWith(evidence == null ? "" : evidence);
                    assertThat(failed.remedy()).isNotEmpty();
                });
    }

    @Test
    void pageInPlaceOfAnAnswerIsCalledHtml() throws Exception {
        ObjectNode facts = (ObjectNode) json.readTree(with("/answers/0/json", "false"));
        ((ObjectNode) facts.at("/answers/0")).put("excerpt", "<!DOCTYPE html><title>Log in</title>");

        assertThat(Checklist.of(facts(facts.toString()), null))
                .filteredOn(item -> item.name().equals("json"))
                .singleElement()
                .satisfies(item -> assertThat(item.evidence()).contains("HTML in place of JSON"));
    }

    @Test
    void figuresThatTheDescriptorDoesNotNameAreUnknownAndNotMissing() throws Exception {
        List<Item> items = Checklist.of(facts(with("/described", "[\"text\"]")), null);

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
    void filesSayTheSameAsTheScreen() throws Exception {
        List<Item> items = Checklist.of(facts(with("/malformed/status", "500")), null);

        ChecklistFile.write(items, folder);

        JsonNode written = json.readTree(folder.resolve("checklist.json").toFile());
        assertThat(written.path("score").asText()).isEqualTo("13 of 14 items pass, 1 fail, 4 unknown.");
        assertThat(written.at("/items/0/name").asText()).isEqualTo("health");
        assertThat(Files.readString(folder.resolve("checklist.xml")))
                .contains("tests=\"18\" failures=\"1\" skipped=\"4\"")
                .contains("name=\"malformed-body\"><failure message=\"HTTP 500 Callers retry a 5xx");
    }

    @Test
    void pageListsEveryItem() throws Exception {
        String page = Files.readString(Checkout.root().resolve("perf-scenarios/docs/verify.md"));

        assertThat(Checklist.of(facts(SOUND), null))
                .allSatisfy(item -> assertThat(page).contains("| `" + item.name() + "` | " + item.rule() + " |"));
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
