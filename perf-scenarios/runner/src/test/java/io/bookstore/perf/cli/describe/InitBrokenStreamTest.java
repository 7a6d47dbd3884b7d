package io.bookstore.perf.cli.describe;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.cli.terminal.Finding;
import io.bookstore.perf.describe.CheckedDraft;
import io.bookstore.perf.describe.DescriptorDraft;
import io.bookstore.perf.describe.DescriptorYaml;
import io.bookstore.perf.describe.OpenApiDocument;
import io.bookstore.perf.describe.OpenApiDraft;
import io.bookstore.perf.probe.ProbedOperation;
import io.bookstore.perf.probe.TargetProbe;
import io.bookstore.perf.probe.TargetProbe.Operations;
import io.bookstore.perf.run.TargetDescriptor;
import io.bookstore.perf.testing.HelpdeskService;
import io.bookstore.perf.testing.WireService;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code llm-perf init --try} takes nothing from a stream that broke off, told an error, or is a page. */
class InitBrokenStreamTest {

    private static final String EVENTS = "text/event-stream";
    private static final String JSON = "application/json";
    private static final String HELLO = "data: {\"delta\": \"Hello\"}\n\ndata: {\"delta\": \" world.\"}\n\n";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {EVENTS, JSON})
    void streamWithoutItsLastChunkIsBad(String documented) throws Exception {
        try (WireService service = WireService.breakingOffAfter(EVENTS, HELLO)) {
            TriedDraft draft = tried(documented, service.address());

            assertThat(onSummary(draft)).singleElement().satisfies(finding -> {
                assertThat(finding.state()).isEqualTo(Finding.State.BAD);
                assertThat(finding.text()).matches("POST answers 200 in .* ms, but its answer broke off: .+");
            });
            assertThat(draft.written()).isEqualTo(proposed(documented, service.address()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {EVENTS, JSON})
    void streamThatTheTimeoutCutsIsBad(String documented) throws Exception {
        try (WireService service = WireService.silentAfter(EVENTS, HELLO)) {
            DescriptorDraft draft = draft(documented, service.address());

            ProbedOperation answered = probed(draft, service.address(), 500);

            assertThat(answered.wasAnswered()).isFalse();
            assertThat(answered.readings()).isEmpty();
            assertThat(answered.sentence()).matches("POST answers 200 in .* ms, but its answer broke off: .*timeout.*");
            assertThat(CheckedDraft.of(draft, answered)).isEqualTo(new CheckedDraft(draft, Map.of(), Optional.empty()));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            text/event-stream | event: error~data: {"error":"boom"}   | {"error":"boom"}
            application/json  | event: error~data: {"error":"boom"}   | {"error":"boom"}
            application/json  | event: error~data: quota exceeded     | quota exceeded
            application/json  | data: {"error":{"code":5}}            | {"error":{"code":5}}
            """)
    void streamThatTellsAnErrorIsBad(String documented, String event, String told) throws Exception {
        try (HelpdeskService helpdesk = HelpdeskService.start()) {
            helpdesk.serve("/chat", EVENTS, HELLO + event.replace('~', '\n') + "\n\ndata: [DONE]\n\n");

            TriedDraft draft = tried(documented, URI.create(helpdesk.baseUrl()));

            assertThat(onSummary(draft)).singleElement().satisfies(finding -> {
                assertThat(finding.state()).isEqualTo(Finding.State.BAD);
                assertThat(finding.text()).endsWith(" ms, but its stream tells an error: " + told);
            });
            assertThat(draft.written())
                    .isEqualTo(DescriptorYaml.of(
                            draft(documented, URI.create(helpdesk.baseUrl())).withHealth("/healthz")));
        }
    }

    @ParameterizedTest
    @CsvSource({"text/event-stream, text/html", "application/json, text/html", "application/json, text/event-stream"})
    void pageIsBadWhateverItsContentType(String documented, String type) throws Exception {
        try (HelpdeskService helpdesk = HelpdeskService.start()) {
            helpdesk.serve("/chat", type, "<html>\n<body>Please sign in</body>\ndata: none\n\n</html>");

            TriedDraft draft = tried(documented, URI.create(helpdesk.baseUrl()));

            assertThat(onSummary(draft)).singleElement().satisfies(finding -> {
                assertThat(finding.state()).isEqualTo(Finding.State.BAD);
                assertThat(finding.text()).endsWith(" ms, but it is HTML in place of JSON");
            });
        }
    }

    @Test
    void wordsOfAServiceAreOneLineWithoutControlCharacters() throws Exception {
        try (HelpdeskService helpdesk = HelpdeskService.start()) {
            helpdesk.serve(
                    "/chat", EVENTS, "event: error\ndata: quota \u001b[31mexceeded\ndata: by\u009b2J \u202eyou\n\n");
            StringWriter shown = new StringWriter();

            Finding.print(onSummary(tried(JSON, URI.create(helpdesk.baseUrl()))), new PrintWriter(shown, true));

            assertThat(shown.toString().strip())
                    .endsWith("tells an error: quota \\u001b[31mexceeded\\u000aby\\u009b2J \\u202eyou");
        }
    }

    /** Waits for twice as long each time that not even the head of the answer came in time, as on a busy machine. */
    private ProbedOperation probed(DescriptorDraft draft, URI service, long timeoutMs) throws Exception {
        Path impatient = Files.writeString(
                folder.resolve("impatient.yml"),
                DescriptorYaml.of(draft).replaceFirst("timeout: .*", "timeout: " + timeoutMs + "ms"));
        ProbedOperation probed = new TargetProbe(Path.of("k6"), Map.of())
                .ask(TargetDescriptor.read(impatient.toString(), Path.of("k6")), service, Operations.SUMMARY)
                .operations()
                .get(0);
        boolean tooSoon = probed.sentence().equals("POST is not answered") && timeoutMs < 60_000;
        return tooSoon ? probed(draft, service, 2 * timeoutMs) : probed;
    }

    private TriedDraft tried(String documented, URI service) throws Exception {
        return TriedDraft.of(TriedDraft.document("/chat", documented, "", "question"), service, Map.of(), folder);
    }

    private static List<Finding> onSummary(TriedDraft draft) {
        return draft.findings().stream()
                .filter(finding -> finding.what().startsWith("summary"))
                .toList();
    }

    private String proposed(String documented, URI service) throws Exception {
        return DescriptorYaml.of(draft(documented, service));
    }

    private DescriptorDraft draft(String documented, URI service) throws Exception {
        Path document = Files.writeString(
                folder.resolve("openapi.json"), TriedDraft.document("/chat", documented, "", "question"));
        return OpenApiDraft.of(OpenApiDocument.read(document.toString()), service.toString(), null)
                .descriptor();
    }
}
