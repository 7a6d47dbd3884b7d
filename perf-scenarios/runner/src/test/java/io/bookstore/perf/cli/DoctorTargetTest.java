package io.bookstore.perf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.perf.testing.HelpdeskService;
import io.bookstore.perf.testing.RecordedEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code llm-perf doctor --target} asks a described service, and says how its answers are read. */
class DoctorTargetTest {

    private static final String SUMMARY = """
            name: helpdesk
            baseUrl: http://localhost:9
            health: { method: GET, path: /healthz }
            headers: { Authorization: "Bearer %s" }
            operations:
              summary: { method: POST, path: /api/chat, body: { question: "Why?" } }
            """.formatted(HelpdeskService.TOKEN);

    @RegisterExtension
    static final HelpdeskService helpdesk = HelpdeskService.start();

    @TempDir
    private Path folder;

    private final PerfProcess perf = new PerfProcess();

    @Test
    void eachFieldIsShownWithItsValueOrThePlaceWhereItsPathEnded() throws Exception {
        int exitCode = doctor(SUMMARY + """
                answer:
                  text: reply.text
                  model: meta.llm
                  inputTokens: meta.usage.in
                  outputTokens: usage.out
                  finishReason: meta.finish_reason
                """, "--yes");

        assertThat(lines())
                .anySatisfy(line ->
                        assertThat(line).matches("ok +summary +POST answers 200 in [\\d,]+ ms, application/json"))
                .contains(
                        "ok    summary.text          reply.text = \"Have you restarted it?\"",
                        "none  summary.model         meta.llm: meta has no \"llm\", but model, usage, finish_reason",
                        "ok    summary.inputTokens   meta.usage.in = 12",
                        "none  summary.outputTokens  usage.out: the answer has no \"usage\", but reply, meta",
                        "none  summary.finishReason  meta.finish_reason = null");
        assertThat(helpdesk.requests()).containsExactly("POST /api/chat {\"question\":\"Why?\"}");
        assertThat(exitCode).isZero();
    }

    @Test
    void streamIsToldByItsPiecesAndByTheEventThatEndedIt() throws Exception {
        String operations = SUMMARY + """
                  streamedSummary:
                    method: POST
                    path: /api/chat/stream
                    stream: { format: sse, text: piece.text, end: %s, answer: { outputTokens: usage.out } }
                answer: { text: reply.text }
                """;

        int exitCode = doctor(operations.formatted("bye"), "--yes");
        assertThat(perf.out())
                .containsPattern("ok +streamedSummary +POST answers 200 in [\\d,]+ ms, 2 pieces of text, the first"
                        + " after [\\d,]+ ms, and its end")
                .contains("piece.text = \"Have you restarted it?\"", "usage.out = 5");
        assertThat(exitCode).isZero();

        assertThat(doctor(operations.formatted("done"), "--yes")).isEqualTo(69);
        assertThat(perf.out()).contains("and no end: the last event is \"bye\" with {\"usage\":{\"in\":12,\"out\":5}}");
    }

    @Test
    void bareTextHasTheSpacesAndLineBreaksOfTheStandard() throws Exception {
        int exitCode = doctorOfStream("{ format: sse-text, end: \"[DONE]\" }", """
                : connected

                data: Have you

                data:  restarted
                data: it?

                data: [DONE]

                """);

        assertThat(perf.out()).contains("2 pieces of text", "and its end", "data = \"Have you restarted\\nit?\"");
        assertThat(exitCode).isZero();
    }

    @Test
    void errorInAStreamOfBareTextIsNoTextAndNoEnd() throws Exception {
        int exitCode = doctorOfStream("{ format: sse-text, end: connection }", """
                data: Have you

                event: error
                data: The model is gone.

                """);

        assertThat(perf.out())
                .containsPattern("bad +streamedSummary +POST answers 200 in [\\d,]+ ms, "
                        + "but its stream tells an error: The model is gone\\.")
                .doesNotContain("streamedSummary.text");
        assertThat(exitCode).isEqualTo(69);
    }

    @Test
    void streamOfBareTextWithoutTextIsBad() throws Exception {
        int exitCode =
                doctorOfStream("{ format: sse-text, only: { event: token }, end: connection }", "data: Have you\n\n");

        assertThat(lines()).contains("bad   streamedSummary.text  data = \"\"");
        assertThat(exitCode).isEqualTo(69);
    }

    @Test
    void textInJsonIsAtTheRoot() throws Exception {
        int exitCode = doctorOfStream("{ format: sse, text: $, end: end }", """
                event: metadata
                data: {"run_id": "7"}

                event: data
                data: "Have you "

                event: data
                data: "restarted it?"

                event: end

                """);

        assertThat(perf.out()).contains("2 pieces of text", "and its end", "$ = \"Have you restarted it?\"");
        assertThat(exitCode).isZero();
    }

    @Test
    void lineMayBeATextInJson() throws Exception {
        int exitCode = doctorOfStream("{ format: ndjson, text: $, end: \"[DONE]\" }", """
                "Have you "
                "restarted it?"
                "[DONE]"
                """);

        assertThat(perf.out()).contains("2 pieces of text", "and its end", "$ = \"Have you restarted it?\"");
        assertThat(exitCode).isZero();
    }

    @Test
    void plainOperationsChangeNothingButWhatTheyHaveCreated() throws Exception {
        String reading = SUMMARY + """
                  browse: { method: GET, path: /api/tickets }
                  delete: { method: DELETE, path: "/api/tickets/{bookId}", expect: 204 }
                  escalate: { method: POST, path: /api/tickets }
                answer: { text: reply.text }
                """;

        doctor(reading, "--yes");
        assertThat(helpdesk.requests()).contains("GET /api/tickets").noneMatch(request -> request.startsWith("DELETE"));
        assertThat(perf.out())
                .contains("delete        not asked: \"create\" gave nothing that it may change")
                .contains("escalate      not asked: no scenario asks an operation of that name");

        doctor(
                reading.replace("  browse", "  create: { method: POST, path: /api/tickets, expect: 201 }\n  browse"),
                "--yes");
        assertThat(helpdesk.requests()).endsWith("POST /api/tickets", "DELETE /api/tickets/t-9");
    }

    @Test
    void dataOfAnItemIsNeitherChangedNorDeleted() throws Exception {
        int exitCode = doctor(SUMMARY + """
                  delete: { method: DELETE, path: "/api/tickets/{ticketId}", expect: 204 }
                items: { values: [{ ticketId: 4711 }] }
                """, "--yes");

        assertThat(helpdesk.requests()).isEmpty();
        assertThat(perf.out() + perf.err())
                .contains("line 7: operations.delete would delete what the run has not created:"
                        + " write {createdId}, the id of what it has, in path, headers or body.");
        assertThat(exitCode).isNotZero();
    }

    @Test
    void modelIsNotAskedUnlessSomebodyAgrees() throws Exception {
        int exitCode =
                doctor(SUMMARY + "  browse: { method: GET, path: /api/tickets }\nanswer: { text: reply.text }\n");

        assertThat(helpdesk.requests()).containsExactly("GET /api/tickets");
        assertThat(perf.out())
                .contains(helpdesk.baseUrl() + " does not say whether it is simulated (paid: false in its descriptor"
                        + " if it is): a request to its model may cost money.")
                .containsPattern(
                        "none +model +not asked: Nobody is here to agree to a request that may cost money: say --yes.");
        assertThat(exitCode).isZero();
    }

    @Test
    void refusalIsQuotedAndItsFieldsAreNotRead() throws Exception {
        int exitCode =
                doctor(SUMMARY.replace(HelpdeskService.TOKEN, "other") + "paid: false\nanswer: { text: reply.text }\n");

        assertThat(perf.out())
                .containsPattern("bad +summary +POST answers 401 in [\\d,]+ ms, expected 200:"
                        + " \\{\"detail\":\"no access with Bearer other\"}")
                .doesNotContain("reply.text");
        assertThat(exitCode).isEqualTo(69);
    }

    @Test
    void answerWithoutTextAndAPageInPlaceOfJsonAreBad() throws Exception {
        String free = SUMMARY + "paid: false\nanswer: { text: answer }\n";

        assertThat(doctor(free)).isEqualTo(69);
        assertThat(lines()).contains("bad   summary.text  answer: the answer has no \"answer\", but reply, meta");

        assertThat(doctor(free.replace("/api/chat", "/login"))).isEqualTo(69);
        assertThat(perf.out())
                .containsPattern("bad +summary +POST answers 200 in [\\d,]+ ms, but it is HTML in place of JSON");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /marked  | it begins with a byte order mark, which JSON must not have (RFC 8259, section 8.1): {
            /numbers | it has NaN in line 1, a number that JSON does not have: {
            """)
    void answerThatIsAlmostJsonHasItsFaultNamed(String path, String fault) throws Exception {
        String free = SUMMARY + "paid: false\nanswer: { text: answer }\n";

        int exitCode = doctor(free.replace("/api/chat", path));

        assertThat(perf.out())
                .containsPattern("summary +POST answers 200 in [\\d,]+ ms, no JSON: " + Pattern.quote(fault))
                .contains("bad   summary.text  answer: the answer is no JSON");
        assertThat(exitCode).isEqualTo(69);
    }

    @Test
    void descriptorThatTheScriptsRefuseIsBadInOneSentence() throws Exception {
        int exitCode = doctor(SUMMARY + "answr: { text: reply.text }\n", "--yes", "--json");

        JsonNode findings = new ObjectMapper().readTree(perf.out());
        JsonNode last = findings.get(findings.size() - 1);
        assertThat(last.at("/what").asText()).isEqualTo("descriptor");
        assertThat(last.at("/text").asText())
                .contains("has an unknown key \"answr\"; known are name, baseUrl,")
                .doesNotContain("\n");
        assertThat(exitCode).isEqualTo(69);
        assertThat(helpdesk.requests()).isEmpty();
    }

    @Test
    void tokenThatIsNotExportedIsNamed() throws Exception {
        doctor(SUMMARY.replace(HelpdeskService.TOKEN, "${HELPDESK_TOKEN_OF_NOBODY}"), "--yes");

        assertThat(perf.out()).contains("uses ${HELPDESK_TOKEN_OF_NOBODY}, which is not set: export");
    }

    /** Looks at a service that answers with these events. */
    private int doctorOfStream(String stream, String events) throws IOException {
        helpdesk.serve("/chat/events", events);
        return doctor("""
                name: helpdesk
                baseUrl: http://localhost:9
                paid: false
                health: { method: GET, path: /healthz }
                operations:
                  streamedSummary: { method: POST, path: /chat/events, stream: %s }
                """.formatted(stream));
    }

    private int doctor(String descriptor, String... more) throws IOException {
        Path target = Files.writeString(folder.resolve("helpdesk.yml"), descriptor);
        List<String> arguments = new ArrayList<>(List.of(
                "doctor",
                "--engine",
                "auto",
                "--scripts",
                "k6",
                "--target",
                target.toString(),
                "--base-url",
                helpdesk.baseUrl()));
        arguments.addAll(List.of(more));
        return perf.run(RecordedEngine.passing(), arguments.toArray(String[]::new));
    }

    private List<String> lines() {
        return perf.out().lines().toList();
    }
}
