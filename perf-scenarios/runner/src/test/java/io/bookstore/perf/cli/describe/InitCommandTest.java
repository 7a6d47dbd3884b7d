package io.bookstore.perf.cli.describe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.cli.PerfProcess;
import io.bookstore.perf.cli.terminal.ConsolePrompt;
import io.bookstore.perf.cli.terminal.Finding;
import io.bookstore.perf.describe.DescriptorDraft;
import io.bookstore.perf.describe.OpenApiDocument;
import io.bookstore.perf.describe.OpenApiDraft;
import io.bookstore.perf.engine.embedded.EmbeddedEngineOption;
import io.bookstore.perf.testing.DescriptorSchema;
import io.bookstore.perf.testing.HelpdeskService;
import io.bookstore.testing.Checkout;
import io.bookstore.testing.ClosedPort;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code llm-perf init} against a service that serves its own document. */
class InitCommandTest {

    /** The text is where it is; tokens are not told, and the model is elsewhere. */
    private static final String OPEN = """
            {"openapi": "3.1.0", "info": {"title": "Helpdesk"},
             "paths": {"/open/chat": {"post": {
              "requestBody": {"content": {"application/json": {"schema": {"type": "object", "required": ["question"],
               "properties": {"question": {"type": "string"}}}}}},
              "responses": {"200": {"content": {"application/json": {"schema": {"type": "object", "properties": {
               "reply": {"type": "object", "properties": {"text": {"type": "string"}}},
               "model": {"type": "string"}}}}}}}}}}}
            """;

    private static final String STREAM = """
            openapi: 3.0.0
            info: { title: Helpdesk }
            paths:
              /open/chat/stream:
                post: { operationId: chat, responses: { 200: { content: { text/event-stream: {} } } } }
            """;

    private static HelpdeskService helpdesk;
    private static String openApi;

    @TempDir
    private Path folder;

    private final PerfProcess perf = new PerfProcess();

    @BeforeAll
    static void startService() {
        helpdesk = HelpdeskService.start();
        openApi = helpdesk.serve("/openapi.json", OPEN);
    }

    @AfterAll
    static void stopService() {
        helpdesk.close();
    }

    @BeforeEach
    void forgetRequests() {
        helpdesk.forgetRequests();
    }

    @Test
    void descriptorIsCorrectedByItsFirstRequestAndRunsASmokeTest() throws IOException {
        int exitCode = init("--openapi", openApi, "--try", "--yes");

        assertThat(perf.out())
                .contains(
                        "POST /open/chat of Helpdesk: its path says \"chat\", its answer has a text, its body has a prompt")
                .contains(helpdesk.baseUrl() + " does not say whether it is simulated")
                .containsPattern("ok +summary +POST answers 200 in [\\d,]+ ms, application/json")
                .contains("ok    summary.text          reply.text = \"Have you restarted it?\"")
                .contains("ok    summary.outputTokens  meta.usage.out, found in the answer")
                .contains("ok    summary.model         meta.model, found in the answer")
                .contains(file() + " written; \"llm-perf doctor --target " + file() + "\" reads it again");
        assertThat(file()).content().contains("path: /openapi.json", "  outputTokens: meta.usage.out\n");
        assertThat(helpdesk.requests())
                .containsExactly("POST /open/chat {\"question\":\"Summarise Moby-Dick in two sentences.\"}");
        assertThat(exitCode).isZero();

        PerfProcess run = new PerfProcess();
        int passed = run.run(
                new EmbeddedEngineOption(),
                "run",
                "ai-smoke",
                "--once",
                "--yes",
                "--scripts",
                "k6",
                "-e",
                "TARGET=" + file(),
                "-e",
                "DURATION_SCALE=0.01",
                "--out",
                folder.resolve("run").toString());
        assertThat(passed).as(run.out() + run.err()).isZero();
    }

    @Test
    void fileNamesTheSchemaAndIsValid() throws IOException {
        init("--openapi", openApi);

        String descriptor = Files.readString(file());
        Matcher line =
                Pattern.compile("# yaml-language-server: \\$schema=(\\S+)\n").matcher(descriptor);
        assertThat(line.lookingAt()).as(descriptor).isTrue();
        assertThat(Path.of(line.group(1))).isRelative();
        assertThat(file().resolveSibling(line.group(1))).hasSameBinaryContentAs(DescriptorSchema.file());
        assertThat(DescriptorSchema.published().findings(descriptor)).isEmpty();
    }

    @Test
    void schemaBehindABlankIsNamedByItsAddress() throws IOException {
        Path targets = Files.createDirectories(folder.resolve("my kit/targets"));
        Path schema = Files.writeString(targets.resolve("descriptor.schema.json"), "{}");

        init("--openapi", openApi, "--scripts", folder.resolve("my kit").toString());

        assertThat(file()).content().startsWith("# yaml-language-server: $schema=" + schema.toUri() + "\n");
    }

    @Test
    void scriptsWithoutASchemaGiveNoneToName() throws IOException {
        init("--openapi", openApi, "--scripts", folder.toString());

        assertThat(file()).content().startsWith("# Written by llm-perf init");
    }

    @Test
    void streamIsReadByItsRealEvents() throws Exception {
        FirstRequest.Outcome outcome = tried(STREAM, Map.of(), true);

        assertThat(outcome.draft().summary().stream())
                .isEqualTo(new DescriptorDraft.Stream("sse", "piece.text", "bye", Map.of()));
        assertThat(outcome.draft().answer()).containsEntry("inputTokens", "usage.in");
        assertThat(outcome.findings())
                .contains(
                        Finding.ok("summary.stream", "sse, end bye: read from the bytes of the answer"),
                        Finding.ok("summary.text", "piece.text, found in the answer"))
                .anySatisfy(finding -> assertThat(finding.text()).endsWith(", a stream of 4 events"));
        assertThat(Finding.allWell(outcome.findings())).isTrue();
    }

    @Test
    void tokenComesFromTheEnvironmentAndIsShownNowhere() throws Exception {
        String closed = OPEN.replace("/open/chat", "/api/chat")
                .replace(
                        "\"paths\"",
                        "\"security\": [{\"b\": []}], \"components\": {\"securitySchemes\": {\"b\": {\"type\": \"http\","
                                + " \"scheme\": \"bearer\"}}}, \"paths\"");

        assertThat(tried(closed, Map.of("HELPDESK_TOKEN", HelpdeskService.TOKEN), true)
                        .findings())
                .contains(Finding.ok("summary.text", "reply.text = \"Have you restarted it?\""));
        assertThat(tried(closed, Map.of("HELPDESK_TOKEN", "another-secret"), true)
                        .findings()
                        .toString())
                .contains("401", "no access with Bearer ***")
                .doesNotContain("another-secret");
        assertThatThrownBy(() -> tried(closed, Map.of(), true))
                .hasMessage("The first request needs HELPDESK_TOKEN: export it, or leave out --try.");
    }

    @Test
    void requestThatMayCostMoneyIsNotSentUnlessSomebodyAgrees() throws Exception {
        assertThatThrownBy(() -> tried(OPEN, Map.of(), false))
                .isInstanceOfSatisfying(
                        PerfException.class,
                        refusal -> assertThat(refusal.exitCode()).isEqualTo(ExitCode.NOT_AGREED))
                .hasMessage("Nobody is here to agree to a request that may cost money: say --yes.");
        assertThat(helpdesk.requests()).isEmpty();
    }

    @Test
    void serviceThatIsNotThereIsNamedAndNothingIsWritten() {
        try (ClosedPort nobody = new ClosedPort()) {
            assertThat(init("--openapi", openApi, "--base-url", nobody.url(), "--try"))
                    .isEqualTo(69);

            assertThat(perf.err())
                    .isEqualTo("Nothing answers at " + nobody.url()
                            + ": start the service, correct its address with --base-url, or leave out --try.\n");
            assertThat(file()).doesNotExist();
        }
    }

    @Test
    void answerThatIsNoGoodOneIsShownAndTheFileIsThereToBeCorrected() throws IOException {
        Path login = Files.writeString(folder.resolve("login.json"), OPEN.replace("/open/chat", "/login"));

        int exitCode = init(
                "--openapi",
                login.toString(),
                "--base-url",
                helpdesk.baseUrl(),
                "--operation",
                "POST /login",
                "--try",
                "--yes");

        assertThat(exitCode).isEqualTo(69);
        assertThat(perf.out())
                .containsPattern("bad +summary +POST answers 200 in [\\d,]+ ms, but it is HTML in place of JSON");
        assertThat(file()).content().contains("path: /login");
    }

    @Test
    void outcomeForProgramsIsJson() throws IOException {
        int exitCode = init("--openapi", openApi, "--base-url", "http://localhost:9", "--json");

        JsonNode outcome = new ObjectMapper().readTree(perf.out());
        assertThat(outcome.at("/operation").asText()).isEqualTo("POST /open/chat of Helpdesk");
        assertThat(outcome.at("/answer/text").asText()).isEqualTo("reply.text");
        assertThat(outcome.has("findings")).isFalse();
        assertThat(file()).content().contains("baseUrl: \"http://localhost:9\"");
        assertThat(exitCode).isZero();
    }

    @Test
    void existingFileIsReplacedByForceAlone() throws IOException {
        Files.writeString(file(), "mine");

        assertThat(init("--openapi", openApi)).isEqualTo(64);
        assertThat(perf.err())
                .isEqualTo(file() + " is there already: replace it with --force, or name another with -o.\n");
        assertThat(file()).hasContent("mine");

        assertThat(init("--openapi", openApi, "--force")).isZero();
        assertThat(file()).content().contains("# Written by llm-perf init from POST /open/chat of Helpdesk;");
    }

    @Test
    void withoutATerminalADocumentIsNeeded() {
        assertThat(init()).isEqualTo(64);
        assertThat(init("--operation", "chat")).isEqualTo(64);

        assertThat(perf.err())
                .isEqualTo("Nobody is here to answer questions: give --openapi, or call init at a terminal.\n"
                        + "--operation names one of a document: give it with --openapi.\n");
    }

    @Test
    void fileThatCannotBeWrittenExits66() {
        assertThat(perf.run(new EmbeddedEngineOption(), "init", "--openapi", openApi, "-o", "/no/such/folder/a.yml"))
                .isEqualTo(66);
        assertThat(perf.err()).startsWith("Cannot write /no/such/folder/a.yml (");
    }

    @Test
    void pageHasTheOptionsOfTheCommand() throws IOException {
        perf.run(new EmbeddedEngineOption(), "init", "--help");
        String page = Files.readString(Checkout.root().resolve("perf-scenarios/docs/init.md"));

        assertThat(options("(--[a-z-]+)[= ]?", perf.out()))
                .containsAll(options("(?m)^\\| .*`(--[a-z-]+)` \\|", page))
                .contains("--openapi");
        assertThat(page).contains(options("(?m)^ +(?:-\\w, )?(--(?!help|version|scripts)[a-z-]+)", perf.out()));
    }

    private static Set<String> options(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult option) -> option.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private FirstRequest.Outcome tried(String document, Map<String, String> environment, boolean yes)
            throws InterruptedException {
        OpenApiDocument openApi = OpenApiDocument.read(helpdesk.serve("/tried", document));
        ConsolePrompt prompt = new ConsolePrompt(yes, null, new PrintWriter(new StringWriter()), Optional.empty());
        return new FirstRequest(Path.of("k6"), environment, prompt)
                .of(OpenApiDraft.of(openApi, null, null).descriptor());
    }

    private int init(String... more) {
        List<String> arguments = new ArrayList<>(List.of("init", "-o", file().toString()));
        arguments.addAll(List.of(more));
        if (!arguments.contains("--scripts")) {
            arguments.addAll(List.of("--scripts", "k6"));
        }
        return perf.run(new EmbeddedEngineOption(), arguments.toArray(String[]::new));
    }

    private Path file() {
        return folder.resolve("helpdesk.yml");
    }
}
