package io.bookstore.perf.cli.describe;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.cli.terminal.Finding;
import io.bookstore.perf.testing.HelpdeskService;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code llm-perf init --try} takes the format of a stream from its bytes, whatever the document says of it. */
class InitStreamTest {

    private static final String EVENTS = "text/event-stream";
    private static final String LINES = "application/x-ndjson";
    private static final String JSON = "application/json";

    private static HelpdeskService helpdesk;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startService() {
        helpdesk = HelpdeskService.start();
    }

    @AfterAll
    static void stopService() {
        helpdesk.close();
    }

    @Test
    void bareTextIsReadAsItIs() throws Exception {
        TriedDraft draft = tried(EVENTS, EVENTS, "data: Hello\n\ndata:  world.\n\ndata: [DONE]\n\n");

        assertThat(draft.written()).contains("""
                    stream:
                      format: sse-text
                      end: "[DONE]"
                """);
        assertThat(draft.findings())
                .contains(
                        Finding.ok("summary.stream", "sse-text, end [DONE]: read from the bytes of the answer"),
                        Finding.ok("summary.text", "data, found in the answer"))
                .filteredOn(finding -> finding.what().startsWith("summary"))
                .extracting(Finding::state)
                .containsOnly(Finding.State.OK);
    }

    @Test
    void bareTextThatNoEventEndsIsEndedByItsConnection() throws Exception {
        TriedDraft draft = tried(EVENTS, EVENTS, "data: Hello\n\ndata:  world.\n\n");

        assertThat(draft.written()).contains("      end: connection\n");
    }

    @Test
    void namesOfEventsTellBareTextFromOtherData() throws Exception {
        TriedDraft draft = tried(EVENTS, EVENTS, """
                event: state
                data: thinking

                event: token
                data: Hello

                event: token
                data:  world.

                event: done
                data: {"usage": {"in": 12, "out": 5}}

                """);

        assertThat(draft.written()).contains("""
                    stream:
                      format: sse-text
                      only:
                        event: token
                      end:
                        event: done
                      answer:
                        inputTokens: usage.in
                        outputTokens: usage.out
                """);
    }

    @Test
    void thoughtsUnderAnotherNameAreNoTextThoughTheyAreMore() throws Exception {
        TriedDraft draft = tried(
                EVENTS,
                EVENTS,
                "event: reasoning\ndata: Who?\n\nevent: reasoning\ndata: Emma.\n\nevent: answer\ndata: Hello.\n\nevent: end\ndata:\n\n");

        assertThat(draft.written()).contains("      only:\n        event: answer\n      end:\n        event: end\n");
    }

    @Test
    void streamInPlaceOfTheAnswerOfTheDocumentIsDescribedAsOne() throws Exception {
        TriedDraft draft = tried(JSON, EVENTS, "data: Hello\n\ndata: world.\n\nevent: end\ndata:\n\n");

        assertThat(draft.written())
                .contains("      format: sse-text\n      end:\n        event: end\n")
                .contains("# The stream is read from one answer: another may end otherwise, so look at end.")
                .doesNotContain("\nanswer:");
        assertThat(draft.findings()).extracting(Finding::what).doesNotContain("summary.model");
    }

    @Test
    void linesOfJsonAreSeenWhereTheDocumentSaysEvents() throws Exception {
        TriedDraft draft = tried(EVENTS, LINES, """
                {"response": "Hello", "done": false}
                {"response": " world.", "done": false}
                {"response": "", "done": true, "eval_count": 5}
                """);

        assertThat(draft.written())
                .contains("      format: ndjson\n      text: response\n      end: done\n")
                .contains("\nanswer:\n  outputTokens: eval_count\n");
    }

    @Test
    void linesOfJsonAreSeenWhereTheDocumentSaysOneAnswer() throws Exception {
        TriedDraft draft = tried(JSON, JSON, """
                {"type": "thought", "delta": "Which book?"}
                {"type": "thought", "delta": "Emma."}
                {"type": "answer", "delta": "Hello world."}
                {"type": "end"}
                """);

        assertThat(draft.written()).contains("""
                      format: ndjson
                      text: delta
                      only:
                        type: answer
                      end:
                        type: end
                """);
    }

    @Test
    void eventsOfJsonAreSeenWhereTheDocumentSaysLines() throws Exception {
        TriedDraft draft = tried(LINES, EVENTS, """
                data: {"choices": [{"delta": {"role": "assistant", "content": ""}}], "error": null}

                data: {"choices": [{"delta": {"content": "Hello"}}], "error": null}

                data: [DONE]

                """);

        assertThat(draft.written())
                .contains("      format: sse\n      text: choices.0.delta.content\n      end: \"[DONE]\"\n");
    }

    @Test
    void textsInJsonAreTheJsonItself() throws Exception {
        TriedDraft draft = tried(EVENTS, EVENTS, "data: \"Hello\"\n\ndata: \" world.\"\n\nevent: end\n\n");

        assertThat(draft.written()).contains("      format: sse\n      text: \"$\"\n      end: end\n");
    }

    /** Generators of documents describe a stream as the list of its events. */
    @Test
    void eventsOfAListAreReadOneByOne() throws Exception {
        helpdesk.serve("/chat", EVENTS, "data: {\"delta\": \"Hello\"}\n\ndata: [DONE]\n\n");
        String document = TriedDraft.document("/chat", EVENTS, "", "question")
                .replace(
                        "{\"type\": \"object\", \"properties\": {\n   \"model\"",
                        "{\"type\": \"array\", \"items\": {\"properties\": {\n   \"delta\"")
                .replace("}}}}}}}}}}}", "}}}}}}}}}}}}");

        TriedDraft draft = TriedDraft.of(document, URI.create(helpdesk.baseUrl()), Map.of(), folder)
                .proven(folder);

        assertThat(draft.written()).contains("      format: sse\n      text: delta\n");
        assertThat(draft.findings()).extracting(Finding::what).doesNotContain("summary.stream");
    }

    /** The first count of tokens is that of a text which is not written yet. */
    @ParameterizedTest
    @ValueSource(strings = {EVENTS, JSON})
    void figureThatIsToldAgainIsTakenFromTheLastEventThatHasIt(String documented) throws Exception {
        TriedDraft draft = tried(documented, EVENTS, """
                event: message_start
                data: {"type": "message_start", "message": {"usage": {"input_tokens": 9, "output_tokens": 1}}}

                event: content_block_delta
                data: {"type": "content_block_delta", "delta": {"type": "text_delta", "text": "Hello"}}

                event: content_block_delta
                data: {"type": "content_block_delta", "delta": {"type": "text_delta", "text": " world."}}

                event: message_delta
                data: {"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 7}}

                event: message_stop
                data: {"type": "message_stop"}

                """);

        assertThat(draft.written())
                .contains("      format: sse\n      text: delta.text\n      end: message_stop\n")
                .contains("  inputTokens: message.usage.input_tokens\n", "  outputTokens: usage.output_tokens\n");
    }

    /** The document names the first place alone. */
    @Test
    void figureOfTheDocumentThatIsToldAgainElsewhereIsTakenFromThere() throws Exception {
        helpdesk.serve("/chat", EVENTS, """
                data: {"start": {"usage": {"input_tokens": 9, "output_tokens": 1}}}

                data: {"delta": "Hello"}

                data: {"usage": {"output_tokens": 7}}

                data: [DONE]

                """);
        String document = TriedDraft.document("/chat", EVENTS, "", "question")
                .replace(
                        "\"model\": {\"type\": \"string\"}",
                        "\"delta\": {\"type\": \"string\"}, \"start\": {\"type\": \"object\", \"properties\": {\"usage\": "
                                + "{\"type\": \"object\", \"properties\": {\"input_tokens\": {\"type\": \"integer\"}, "
                                + "\"output_tokens\": {\"type\": \"integer\"}}}}}");

        TriedDraft draft = TriedDraft.of(document, URI.create(helpdesk.baseUrl()), Map.of(), folder)
                .proven(folder);

        assertThat(draft.written())
                .contains("  inputTokens: start.usage.input_tokens\n", "  outputTokens: usage.output_tokens\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {19_000, 21_000, 70_000, 200_000})
    void eventsOfAnySizeAreReadAlike(int size) throws Exception {
        String event = "data: {\"delta\": \"" + "x".repeat(size) + "\"}\n\n";

        TriedDraft draft = tried(JSON, EVENTS, event.repeat(3) + "data: [DONE]\n\n");

        assertThat(draft.written()).contains("      format: sse\n      text: delta\n      end: \"[DONE]\"\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {EVENTS, JSON})
    void usageIsFoundAfterAnyNumberOfEvents(String documented) throws Exception {
        TriedDraft draft = tried(
                documented,
                EVENTS,
                "data: {\"delta\": \"word \"}\n\n".repeat(5_000)
                        + "data: {\"usage\": {\"output_tokens\": 7}}\n\ndata: {\"type\": \"end\"}\n\n");

        assertThat(draft.written()).contains("outputTokens: usage.output_tokens\n");
    }

    @Test
    void framesOfBedrockAreReadFromTheirBytes() throws Exception {
        try (SimulatorServer bedrock =
                SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"))) {
            TriedDraft draft = TriedDraft.of("""
                    {"openapi": "3.1.0", "info": {"title": "Gateway"},
                     "components": {"securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}}, "security": [{"key": []}],
                     "paths": {"/model/anthropic.claude-sonnet-4-20250514-v1:0/converse-stream": {"post": {
                      "requestBody": {"content": {"application/json": {"example":
                       {"messages": [{"role": "user", "content": [{"text": "Summarise Emma."}]}]}}}},
                      "responses": {"200": {"content": {"application/vnd.amazon.eventstream": {}}}}}}}}
                    """, bedrock.baseUrl(), Map.of("GATEWAY_TOKEN", "none"), folder);

            assertThat(draft.proven(folder).written())
                    .contains("      format: aws-eventstream\n      text: delta.text\n")
                    .contains("outputTokens: usage.outputTokens\n");
        }
    }

    /** Tries a service whose document has one content type, and whose answer is that text as another. */
    private TriedDraft tried(String documented, String type, String answer) throws Exception {
        return asked(documented, type, answer).proven(folder);
    }

    private TriedDraft asked(String documented, String type, String answer) throws Exception {
        helpdesk.serve("/chat", type, answer);
        URI service = URI.create(helpdesk.baseUrl());
        return TriedDraft.of(TriedDraft.document("/chat", documented, "", "question"), service, Map.of(), folder);
    }
}
