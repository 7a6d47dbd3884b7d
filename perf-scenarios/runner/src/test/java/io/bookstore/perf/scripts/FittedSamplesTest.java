package io.bookstore.perf.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.k6.run.EngineRequest;
import io.bookstore.perf.run.RunOrder;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.fit.FitCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The samples of a run are what the simulator's {@code fit} reads. */
class FittedSamplesTest {

    private static final int CALLS = 40;

    private static final String DESCRIPTOR = """
            name: openai
            baseUrl: %1$s
            paid: false
            health: { method: GET, path: /admin/config }
            headers: { Authorization: "Bearer any" }
            items: { values: [{ title: Emma, author: Jane Austen }] }
            operations:
              summary:
                method: POST
                path: /v1/chat/completions
                body: { model: gpt-4o-mini, messages: [{ role: user, content: "Summarise {title} by {author}." }] }
              streamedSummary:
                method: POST
                path: /v1/chat/completions
                body:
                  model: gpt-4o-mini
                  stream: true
                  stream_options: { include_usage: true }
                  messages: [{ role: user, content: "Summarise {title} by {author}." }]
                stream: { format: sse, text: choices.0.delta.content, end: "[DONE]" }
            answer: { text: choices.0.message.content, inputTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens }
            """;

    @TempDir
    private Path folder;

    private final KitScriptRuns runs = new KitScriptRuns();
    private final StringWriter problems = new StringWriter();
    private final SimulatorServer provider =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("fixed"));

    @AfterEach
    void stop() {
        provider.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no | Fitted to 40 answers of 40 calls. | Too few calls have the time of their first token: ",
                "yes | Fitted to 40 streams of 40 calls. | Samples show the service that was under load: "
            })
    void samplesOfARunBecomeAProfile(String stream, String fitted, String untold) throws Exception {
        run(stream);
        StringWriter out = new StringWriter();
        Path profile = folder.resolve("profile.json");

        int exitCode = new CommandLine(new FitCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(problems, true))
                .execute(EngineRequest.samplesIn(folder).toString(), "--out", profile.toString());

        assertThat(exitCode).as(runs.log() + problems).isZero();
        assertThat(out.toString()).startsWith(fitted).contains(untold);
        // Every answer of this profile has a hundred tokens.
        assertThat(Files.readString(profile)).containsPattern("\"outputLength\" : \\{\\s*\"median\" : 100,");
    }

    private void run(String stream) throws Exception {
        Path descriptor = Files.writeString(folder.resolve("openai.yml"), DESCRIPTOR.formatted(provider.baseUrl()));
        runs.run(
                new RunOrder.Script(
                        KitScriptRuns.SUMMARIES,
                        Map.of("TARGET", descriptor.toString(), "SUMMARY_STREAM", stream, "DURATION_SCALE", "0.001")),
                provider.baseUrl(),
                folder,
                KitScriptRuns.iterations(CALLS, 8));
    }
}
