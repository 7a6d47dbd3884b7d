package io.bookstore.simulator.fit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.simulator.RawHttp;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.latency.Profiles;
import io.bookstore.simulator.simulation.Behaviour;
import io.bookstore.simulator.simulation.BehaviourJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class FitCommandTest {

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void journalOfASimulatorBecomesTheConfigurationOfAnother() throws Exception {
        Path journal = folder.resolve("journal.jsonl");
        try (SimulatorServer simulator =
                SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("fixed"))) {
            RawHttp http = new RawHttp(simulator.baseUrl());
            List<Thread> clients = new ArrayList<>();
            for (int client = 0; client < 8; client++) {
                Thread thread = new Thread(() -> ask(http, 5));
                thread.start();
                clients.add(thread);
            }
            for (Thread client : clients) {
                client.join();
            }
            Files.writeString(journal, RawHttp.body(http.get("/admin/journal")));
        }
        Path configuration = folder.resolve("gateway.json");
        Path report = folder.resolve("gateway.html");

        int exitCode = fit(
                journal.toString(),
                "--name",
                "gateway",
                "--out",
                configuration.toString(),
                "--report",
                report.toString());

        assertThat(exitCode).as(err.toString()).isZero();
        assertThat(out.toString()).contains("Fitted to 40 streams of 40 calls.", "prefill.medianMs", "Wrote ");
        assertThat(Files.readString(report))
                .contains("<h1>gateway</h1>", "<polyline class=\"measured\"", "What the data cannot tell")
                .doesNotContain("http");
        Behaviour behaviour = BehaviourJson.read(Files.readString(configuration), Behaviour.defaults());
        assertThat(behaviour.profile().name()).isEqualTo("gateway");
        // A busy machine sends some chunks later, which may look like load, so the numbers are not those planned;
        // that a fit recovers what was planted is the matter of FitTest.
        assertThat(behaviour.profile().latency().prefill().medianMs()).isPositive();
        assertThat(behaviour.profile().latency().decode().tokenMs()).isPositive();
        assertThat(behaviour.profile().outputLength().median()).isEqualTo(100);
        try (SimulatorServer again =
                SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withBehaviour(behaviour))) {
            assertThat(new RawHttp(again.baseUrl()).get("/health")).contains("\"gateway\"");
        }
    }

    private static void ask(RawHttp http, int times) {
        for (int i = 0; i < times; i++) {
            try {
                http.post(
                        "/v1/chat/completions",
                        "{\"model\":\"gpt-4o\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Emma\"}]}");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void linesThatAreNoCallsAreLeftOutAndNamed() throws Exception {
        List<String> lines = lines("gpt-4o", 40);
        lines.add(3, "not JSON");
        lines.add(7, "{\"operation\":\"embeddings\"}");
        lines.add(8, "{\"operation\":\"embeddings\"}");
        lines.add("{\"time\":\"yesterday\",\"status\":200,\"actualDurationMs\":5}");
        lines.add("{\"time\":\"2026-01-01T00:00:00Z\",\"status\":200,\"actualDurationMs\":-5}");
        lines.add("{\"operation\":\"chat\",\"batch\":\"batch_1\"}");

        int exitCode = fit(file(lines), "--out", folder.resolve("out.json").toString());

        assertThat(exitCode).isZero();
        assertThat(err.toString().lines())
                .containsExactly(
                        "Line 4 is no JSON: left out",
                        "Line 8 is no chat, and so are 1 more: left out",
                        "Line 44 has no time such as 2026-01-01T00:00:00Z: left out",
                        "Line 45 has no actualDurationMs of at least 0: left out",
                        "Line 46 is of a batch, which has its own times: left out");
        assertThat(out.toString()).startsWith("Fitted to 40 streams of 40 calls.");
    }

    @Test
    void callsOfSeveralModelsNeedAChoice() throws Exception {
        List<String> lines = lines("large", 40);
        lines.addAll(lines("small", 31));
        String file = file(lines);

        assertRefused(file + " has calls of 2 models, large (40), small (31): choose one with --model", file);
        assertRefused(
                "--model medium has no call in " + file + "; it has large (40), small (31)", file, "--model", "medium");
        assertThat(fit(
                        file,
                        "--model",
                        "small",
                        "--out",
                        folder.resolve("small.json").toString()))
                .isZero();
        assertThat(out.toString()).startsWith("Fitted to 31 streams of 31 calls.");
    }

    @Test
    void callsOfSeveralProvidersNeedAChoice() throws Exception {
        List<SpanText> spans = new ArrayList<>();
        List<Call> calls = PlantedCalls.of(Profiles.named("sonnet-class"), 70, 0, 1);
        for (int i = 0; i < calls.size(); i++) {
            spans.add(SpanText.streamed(calls.get(i))
                    .text("gen_ai.provider.name", i < 30 ? "azure.ai.openai" : "openai"));
        }
        String file = file(SpanText.exports(spans));

        assertRefused(
                file + " has calls of 2 providers, azure.ai.openai (30), openai (40): choose one with --provider",
                file);
        assertRefused(
                "--provider anthropic has no call in " + file + "; it has azure.ai.openai (30), openai (40)",
                file,
                "--provider",
                "anthropic");
        assertThat(fit(
                        file,
                        "--provider",
                        "azure.ai.openai",
                        "--out",
                        folder.resolve("azure.json").toString()))
                .isZero();
        assertThat(out.toString())
                .startsWith("Fitted to 30 answers of 30 calls.")
                .contains("The data cannot tell:", "Too few calls have the times of their chunks: ");
    }

    @Test
    void fileWithoutACallIsRefused() throws Exception {
        String file = file(List.of(
                SpanText.export(SpanText.of(PlantedCalls.START, 5).text("db.system", "redis")),
                "{\"level\":\"INFO\"}"));

        assertRefused(
                file
                        + " has no call of a model: name a journal, as GET /admin/journal writes it, a recording, spans with"
                        + " gen_ai attributes as OTLP JSON or the samples of a run",
                file);
        assertThat(err.toString().lines())
                .contains(
                        "Line 1 has no span of a call to a model, with gen_ai.operation.name: left out",
                        "Line 2 is no call of a journal or recording, no export of spans and no sample: left out");
    }

    @Test
    void badInputIsRefusedAndNothingIsWritten() throws Exception {
        String file = file(lines("gpt-4o", 40));
        Path there = Files.writeString(folder.resolve("there.json"), "mine");

        assertRefused(
                "There is no file " + folder.resolve("gone")
                        + ": name a journal, as GET /admin/journal writes it, a recording, spans as OTLP JSON or"
                        + " the samples of a run",
                folder.resolve("gone").toString());
        assertRefused(
                "--out must be a new file, was " + there + ", which is there: move it away, or name another",
                file,
                "--out",
                there.toString());
        assertRefused(
                "--report must be a new file, was " + there + ", which is there: move it away, or name another",
                file,
                "--out",
                folder.resolve("new.json").toString(),
                "--report",
                there.toString());
        assertRefused("--name must be a new one, was \"zero\", which comes with the simulator", file, "--name", "zero");
        Path unreadable = folder.resolve("picture.jsonl");
        Files.write(unreadable, new byte[] {(byte) 0x89, 'P', 'N', 'G', (byte) 0xff});
        assertRefused(
                unreadable
                        + " is not a text of JSON lines: name a journal, as GET /admin/journal writes it, a recording, spans as"
                        + " OTLP JSON or the samples of a run",
                unreadable.toString());
        Path nowhere = folder.resolve("no/such/folder/out.json");
        assertThat(fit(file, "--out", nowhere.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("Cannot write " + nowhere);
        assertThat(Files.readString(there)).isEqualTo("mine");
        assertThat(folder.resolve("new.json")).doesNotExist();
    }

    @Test
    void missingInputIsNamedBeforeAnOutputThatIsThere() throws Exception {
        String name = folder.resolve("mine").toString();
        Files.writeString(folder.resolve("mine.json"), "mine");

        assertRefused(
                "There is no file nosuch.jsonl: name a journal, as GET /admin/journal writes it, a recording, spans as"
                        + " OTLP JSON or the samples of a run",
                "nosuch.jsonl",
                "--name",
                name);
        assertRefused(
                name + ".json exists: move it away, or name another with --out or --name",
                file(lines("gpt-4o", 40)),
                "--name",
                name);
    }

    @Test
    void providerIsChosenInAnyCase() throws Exception {
        List<SpanText> spans = PlantedCalls.of(Profiles.named("sonnet-class"), 40, 0, 1).stream()
                .map(SpanText::streamed)
                .toList();
        String configuration = folder.resolve("openai.json").toString();

        assertThat(fit(file(SpanText.exports(spans)), "--provider", "OpenAI", "--out", configuration))
                .isZero();
    }

    private void assertRefused(String sentence, String... arguments) {
        assertThat(fit(arguments)).isEqualTo(2);
        assertThat(err.toString().lines()).contains(sentence);
    }

    private int fit(String... arguments) {
        return new CommandLine(new FitCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((exception, command, parsed) -> {
                    command.getErr().println(exception.getMessage());
                    return 2;
                })
                .execute(arguments);
    }

    private String file(List<String> lines) throws Exception {
        return Files.write(Files.createTempFile(folder, "journal", ".jsonl"), lines)
                .toString();
    }

    private static List<String> lines(String model, int count) {
        ObjectMapper json = new ObjectMapper();
        return PlantedCalls.of(Profiles.named("sonnet-class"), count, 0, 1).stream()
                .map(call -> {
                    ObjectNode line = json.createObjectNode()
                            .put("time", call.time().toString())
                            .put("model", model)
                            .put("status", call.status())
                            .put("outcome", "completed")
                            .put("inputTokens", call.uncachedTokens())
                            .put("outputTokens", call.outputTokens())
                            .put("actualTtftMs", call.ttftMs())
                            .put("actualDurationMs", call.durationMs());
                    ArrayNode chunks = line.putArray("actualChunksMs");
                    for (double at : call.chunkMs()) {
                        chunks.add(at);
                    }
                    return line.toString();
                })
                .collect(Collectors.toCollection(ArrayList::new));
    }
}
