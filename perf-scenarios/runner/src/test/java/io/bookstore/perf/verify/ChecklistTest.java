package io.bookstore.perf.verify;

import static io.bookstore.perf.verify.SoundService.SOUND;
import static io.bookstore.perf.verify.SoundService.assertOnlyFailure;
import static io.bookstore.perf.verify.SoundService.checklist;
import static io.bookstore.perf.verify.SoundService.facts;
import static io.bookstore.perf.verify.SoundService.json;
import static io.bookstore.perf.verify.SoundService.named;
import static io.bookstore.perf.verify.SoundService.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.perf.verify.Item.State;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plants one defect at a time into the answers of a sound service: the item that is about it fails, and no other one. */
class ChecklistTest {

    /** Items that take a run of some summaries. */
    private static final List<String> OF_A_RUN = List.of("counted-once", "trace-context", "span-kind", "limits");

    @TempDir
    private Path folder;

    @Test
    void soundServiceFailsNowhereAndNothingUnseenPasses() throws Exception {
        List<Item> items = checklist(facts(folder, SOUND));

        assertThat(items).noneMatch(item -> item.state() == State.FAIL);
        assertThat(items)
                .filteredOn(item -> item.state() == State.UNKNOWN)
                .extracting(Item::name)
                .containsExactlyElementsOf(OF_A_RUN);
        assertThat(ChecklistFile.of(items).score())
                .isEqualTo(
                        "26 pass, 0 fail, 4 unknown: nothing that was seen tells of counted-once, trace-context, span-kind, limits.");
    }

    @Test
    void scoreWithNothingUnknownNamesNothing() {
        List<Item> items = List.of(new Item("health", "It answers", State.PASS, "HTTP 200", ""));

        assertThat(ChecklistFile.of(items).score()).isEqualTo("1 pass, 0 fail, 0 unknown.");
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
                "/answers/1/told/costUsd | 0.06 | cost-price | 1 of 1 answer: $0.060000 for gpt-4o-mini, by the list $0.000054 to $0.000063",
                "/answers/1/told/costUsd | 0.00000006 | cost-price | 1 of 1 answer: $0.000000 for gpt-4o-mini",
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
                "/stream/firstMs | null | stream-pieces | no piece has a text",
                "/stream/answer/told/inputTokens | null | stream-usage | no inputTokens",
                "/stream/answer/told/outputTokens | 1000 | stream-usage | 1,000 tokens for a text of 400 characters, 0.40 characters a token"
            })
    void plantedDefectIsNamedByItsOwnItemAlone(String place, String value, String item, String evidence)
            throws Exception {
        assertOnlyFailure(checklist(facts(folder, with(place, value))), item, evidence == null ? "" : evidence);
    }

    /** In the second row the client had to wait for a processor while it read what had come at once. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            880  | 890  | 900  | the first of 90 pieces came after 880 ms of 900 ms
            6000 | 7990 | 8000 | the first of 90 pieces came after 6,000 ms of 8,000 ms
            """)
    void streamThatWasCollectedOnItsWayIsNamed(int first, int last, int duration, String evidence) throws Exception {
        String facts = stream(first, last, 0.1, duration);

        assertOnlyFailure(checklist(facts(folder, facts)), "stream-pieces", evidence);
    }

    private String stream(int first, int last, double gap, int duration) throws Exception {
        ObjectNode facts = (ObjectNode) json.readTree(SOUND);
        ((ObjectNode) facts.at("/stream/answer")).put("durationMs", duration);
        ((ObjectNode) facts.at("/stream"))
                .put("firstMs", first)
                .put("lastMs", last)
                .put("gapMs", gap);
        return facts.toString();
    }

    @Test
    void streamOfAModelThatThinksForLongAndWritesLittleComesInPieces() throws Exception {
        String facts = stream(20_000, 20_890, 10, 20_900);

        assertThat(named("stream-pieces", checklist(facts(folder, facts))))
                .extracting(Item::state, Item::evidence)
                .containsExactly(State.PASS, "the first after 20,000 ms, the last after 20,890 ms");
    }

    @Test
    void dateToComeBackIsAsGoodAsSeconds() throws Exception {
        String date = with("/limited/retryAfter", "\"Sun, 29 Nov 2026 10:00:00 GMT\"");

        assertThat(named("retry-after", checklist(facts(folder, date))).state()).isEqualTo(State.PASS);
    }

    @Test
    void serviceThatLimitedNobodyTellsNothingAboutComingBack() throws Exception {
        assertThat(named("retry-after", checklist(facts(folder, with("/limited/status", "404")))))
                .extracting(Item::state, Item::evidence)
                .containsExactly(State.UNKNOWN, "the request that expects 429 got HTTP 404");
        assertThat(named("retry-after", checklist(facts(folder, with("/limited", "null")))))
                .extracting(Item::state, Item::evidence)
                .containsExactly(State.UNKNOWN, "no answer was 429");
    }

    @Test
    void idempotencyThatNothingPromisesIsUnknown() throws Exception {
        assertThat(named("idempotency", checklist(facts(folder, with("/idempotency", "null")))))
                .satisfies(item -> assertThat(item.state()).isEqualTo(State.UNKNOWN));
        assertThat(named("idempotency-conflict", checklist(facts(folder, with("/idempotency/first/status", "500")))))
                .satisfies(item -> assertThat(item.evidence()).isEqualTo("create was answered with HTTP 500"));
    }

    @Test
    void pageInPlaceOfAnAnswerIsCalledHtml() throws Exception {
        ObjectNode facts = (ObjectNode) json.readTree(with("/answers/0/json", "false"));
        ((ObjectNode) facts.at("/answers/0")).put("excerpt", "<!DOCTYPE html><title>Log in</title>");

        assertThat(checklist(facts(folder, facts.toString())))
                .filteredOn(item -> item.name().equals("json"))
                .singleElement()
                .satisfies(item -> assertThat(item.evidence()).contains("HTML in place of JSON"));
    }

    @Test
    void figuresThatTheDescriptorDoesNotNameAreUnknownAndNotMissing() throws Exception {
        List<Item> items = checklist(facts(folder, with("/described", "[\"text\"]")));

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

        List<Item> items = checklist(facts(folder, facts.toString()));

        assertThat(List.of(named("usage-plausible", items), named("times", items)))
                .extracting(Item::state, Item::evidence)
                .containsOnly(tuple(State.UNKNOWN, "no good answer tells enough"));
        assertThat(named("usage", items).evidence()).isEqualTo("2 of 2 answers: no inputTokens and no outputTokens");
    }

    @Test
    void tokensOfAStreamAreUnknownWhereNothingPromisesThemOrItsEndIsMissing() throws Exception {
        assertThat(named("stream-usage", checklist(facts(folder, with("/stream/described", "[\"model\"]")))))
                .extracting(Item::state, Item::evidence)
                .containsExactly(
                        State.UNKNOWN,
                        "the stream of the descriptor has no answer.inputTokens and no answer.outputTokens");
        assertThat(named("stream-usage", checklist(facts(folder, with("/stream/whole", "false")))))
                .extracting(Item::state, Item::evidence)
                .containsExactly(State.UNKNOWN, "the last events tell them, and the stream has no end");
        assertThat(named("stream-usage", checklist(facts(folder, with("/stream/answer/textLength", "7")))))
                .extracting(Item::state, Item::evidence)
                .containsExactly(State.UNKNOWN, "the text is too short to tell");
    }

    @Test
    void refusalIsNamedByItsStatusAndNotByTheTextThatItHasNot() throws Exception {
        ObjectNode facts = (ObjectNode) json.readTree(SOUND);
        facts.path("answers")
                .forEach(answer -> ((ObjectNode) answer).put("status", 401).put("textLength", 0));

        List<Item> items = checklist(facts(folder, facts.toString()));

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

        assertThat(checklist(facts(folder, facts.toString()))).noneMatch(item -> item.state() == State.FAIL);
    }
}
