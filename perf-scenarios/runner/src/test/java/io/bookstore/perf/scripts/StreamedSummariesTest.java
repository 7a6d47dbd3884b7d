package io.bookstore.perf.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.ThresholdResult;
import io.bookstore.perf.run.RunOrder;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.fault.FaultRule;
import io.bookstore.simulator.journal.Attempt;
import io.bookstore.simulator.latency.Profiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Summaries as a stream, from the wire of real formats: what a caller sees of them, and what counts as an error. */
class StreamedSummariesTest {

    private static final int CALLS = 4;

    private static final String TOKEN = "planted-token";

    private static final String OLLAMA = """
            name: ollama
            baseUrl: http://localhost:11434
            paid: false
            health: { method: GET, path: /admin/config }
            items: { values: [{ title: Emma, author: Jane Austen }] }
            operations:
              streamedSummary:
                method: POST
                path: /api/chat
                headers: { X-Request-Id: "{requestId}" }
                body: { model: "llama3.1:8b", messages: [{ role: user, content: "Summarise {title} by {author}." }] }
                stream: { format: ndjson, text: message.content, end: done }
            answer: { text: message.content, inputTokens: prompt_eval_count, outputTokens: eval_count, finishReason: done_reason }
            """;

    private static final String OPENAI = """
            name: openai
            baseUrl: http://localhost:9
            paid: false
            health: { method: GET, path: /admin/config }
            headers: { Authorization: "Bearer ${file:token}" }
            items: { values: [{ title: Emma, author: Jane Austen }] }
            operations:
              streamedSummary:
                method: POST
                path: /v1/chat/completions
                headers: { X-Request-Id: "{requestId}" }
                body:
                  model: gpt-4o-mini
                  stream: true
                  stream_options: { include_usage: true }
                  messages: [{ role: user, content: "Summarise {title} by {author}." }]
                stream:
                  format: sse
                  text: choices.0.delta.content
                  end: "[DONE]"
                  answer: { inputTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens }
            """;

    private static final Map<String, String> DESCRIPTORS = Map.of(
            "openai", OPENAI, "ollama", OLLAMA, "connection", OPENAI.replace("end: \"[DONE]\"", "end: connection"));

    @TempDir
    private Path folder;

    private final KitScriptRuns runs = new KitScriptRuns();
    private final SimulatorServer provider =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));

    @AfterEach
    void stop() {
        provider.close();
    }

    @ParameterizedTest
    @CsvSource({"openai", "ollama", "connection"})
    void eachPieceIsTimedAndTheFiguresOfTheEndAreRead(String target) throws Exception {
        RunResult result = run(target, Map.of());

        assertThat(result.crossed()).as(runs.log()).isEmpty();
        assertThat(result.count("llm_operations")).hasValue((double) CALLS);
        assertThat(result.count("llm_output_tokens")).hasValue((double) outputTokens());
        List<Double> first = values("llm_ttft");
        List<Double> whole = values("llm_response_time");
        assertThat(first).hasSize(CALLS);
        for (int i = 0; i < CALLS; i++) {
            assertThat(first.get(i)).isBetween(0.0, whole.get(i));
        }
        assertThat(values("llm_chunk_gap")).hasSizeGreaterThan(CALLS).allMatch(gap -> gap >= 0);
        assertThat(values("llm_inter_token_latency")).hasSize(CALLS);
        assertThat(values("llm_cancelled")).isEmpty();
        assertThat(result.checks()).anySatisfy(check -> {
            assertThat(check.name()).isEqualTo("summary tells its tokens");
            assertThat(check.passes()).isEqualTo(CALLS);
        });
    }

    @Test
    void secretOfAFileIsSentAndStandsNowhere() throws Exception {
        RunResult result = run("openai", Map.of());

        // The provider refuses a call without a key, and a header must not end with a line break.
        assertThat(result.count("llm_operations")).hasValue((double) CALLS);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.filter(file -> !file.endsWith("token")))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(content(file)).doesNotContain(TOKEN));
        }
        assertThat(runs.log()).doesNotContain(TOKEN);
    }

    private static String content(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (file.toString().endsWith(".gz")) {
            bytes = new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private long outputTokens() {
        return provider.journal().attempts().stream()
                .mapToLong(attempt ->
                        Objects.requireNonNull(attempt.result().tokens()).output())
                .sum();
    }

    @ParameterizedTest
    @CsvSource({"openai", "ollama", "connection"})
    void streamThatBreaksOffIsAnErrorThoughItsStatusIs200(String target) throws Exception {
        fail("reset-after-chunks:3");

        RunResult result = run(target, Map.of());

        assertThat(result.crossed())
                .as(runs.log())
                .extracting(ThresholdResult::metric)
                .contains("llm_errors", "llm_operations");
        assertThat(result.rate("llm_errors").orElseThrow().nonZero()).isEqualTo(CALLS);
        assertThat(result.checks()).anySatisfy(check -> {
            assertThat(check.name()).isEqualTo("stream came to its end");
            assertThat(check.fails()).isEqualTo(CALLS);
        });
        assertThat(values("http_req_failed"))
                .as("that of the health and those of the summaries")
                .containsExactly(0.0, 1.0, 1.0, 1.0, 1.0);
    }

    @Test
    void refusalInPlaceOfAStreamIsToldInItsOwnWords() throws Exception {
        fail("429:7");

        RunResult result = run("openai", Map.of());

        assertThat(result.rate("llm_errors").orElseThrow().nonZero()).isEqualTo(CALLS);
        assertThat(result.checks()).anySatisfy(check -> {
            assertThat(check.name()).isEqualTo("refusal (429) has Retry-After");
            assertThat(check.fails()).isZero();
        });
        assertThat(KitScriptRuns.samples(folder, "checks"))
                .extracting(sample -> sample.metadata().getOrDefault("error_message", ""))
                .anyMatch(message -> message.equals("Injected fault 429:7"));
    }

    @Test
    void clientThatGoesAwayIsNoErrorAndTheProviderSeesItGo() throws Exception {
        provider.behave(provider.behaviour().withProfile(Profiles.named("sonnet-class")));

        RunResult result = run("openai", Map.of("CANCEL_AFTER", "2"));

        assertThat(result.crossed()).as(runs.log()).isEmpty();
        assertThat(result.count("llm_cancelled")).hasValue((double) CALLS);
        assertThat(values("llm_chunk_gap")).hasSize(CALLS);
        assertThat(provider.journal().attempts())
                .extracting(attempt -> attempt.result().outcome())
                .containsOnly(Attempt.Outcome.ABANDONED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bookstore | CANCEL_AFTER=3 | CANCEL_AFTER is for a stream: set SUMMARY_STREAM=yes too.",
                "nothing | SUMMARY_STREAM=yes | Target \"nothing\" has no operation \"streamedSummary\" with \"stream\", so SUMMARY_STREAM=yes has nothing to ask: describe it, or leave the variable out.",
                "format | SUMMARY_STREAM=yes | has the format \"xml\"; known are sse, sse-text, ndjson, aws-eventstream.",
                "end | SUMMARY_STREAM=yes | needs the key \"end\", a text, or fields and their values, such as { type: end }; write connection if no event ends the stream.",
                "only | SUMMARY_STREAM=yes | has a wrong \"only\": write fields and their values, such as { type: answer }.",
                "bare | SUMMARY_STREAM=yes | has the key \"text\", but with the format sse-text the data of an event is the text: leave it out, or write format: sse.",
                "fields | SUMMARY_STREAM=yes | has a wrong \"only\": bare text has no fields, so write the name of its events alone, such as { event: token }.",
                "key | SUMMARY_STREAM=yes | has an unknown key \"txt\"; known are format, text, only, end, answer."
            })
    void mistakesAreNamedBeforeAnyLoadStarts(String target, String variable, String sentence) throws Exception {
        String stream = Map.of(
                        "format", "{ format: xml, text: text, end: summary }",
                        "end", "{ format: sse, text: text }",
                        "only", "{ format: sse, text: text, only: [answer], end: summary }",
                        "bare", "{ format: sse-text, text: text, end: summary }",
                        "fields", "{ format: sse-text, only: { type: answer }, end: summary }",
                        "key", "{ format: sse, txt: text, end: summary }")
                .getOrDefault(target, "");
        Files.writeString(
                folder.resolve(target + ".yml"),
                "name: nothing\nbaseUrl: http://localhost:9\noperations:\n"
                        + (stream.isEmpty()
                                ? "  summary: { method: GET, path: / }\n"
                                : "  streamedSummary: { method: GET, path: /, stream: " + stream + " }\n"));
        String[] pair = variable.split("=", 2);
        String known = target.equals("bookstore")
                ? target
                : folder.resolve(target + ".yml").toString();

        RunResult result = run(Map.of("TARGET", known, pair[0], pair[1]));

        assertThat(result.verdict().exitCode()).isEqualTo(107);
        assertThat(result.verdict().problem()).contains(sentence);
        assertThat(provider.journal().attempts()).isEmpty();
    }

    @Test
    void targetThatOnlyStreamsNeedsNoVariable() throws Exception {
        Path descriptor = Files.writeString(folder.resolve("ollama.yml"), OLLAMA);

        RunResult result = run(Map.of("TARGET", descriptor.toString(), "LLM_P95_MS", "600000", "LLM_P99_MS", "600000"));

        assertThat(result.crossed()).as(runs.log()).isEmpty();
        assertThat(values("llm_ttft")).hasSize(CALLS);
    }

    private void fail(String fault) {
        provider.behave(provider.behaviour().withFaults(FaultRule.always(fault)));
    }

    private RunResult run(String target, Map<String, String> more) throws Exception {
        Files.writeString(folder.resolve("token"), TOKEN + "\n");
        Path descriptor = folder.resolve(target + ".yml");
        Files.writeString(descriptor, Objects.requireNonNull(DESCRIPTORS.get(target)));
        Map<String, String> variables = new HashMap<>(more);
        variables.put("TARGET", descriptor.toString());
        variables.put("SUMMARY_STREAM", "yes");
        variables.put("LLM_P95_MS", "600000");
        variables.put("LLM_P99_MS", "600000");
        return run(variables);
    }

    private RunResult run(Map<String, String> variables) throws InterruptedException {
        Map<String, String> env = new HashMap<>(variables);
        env.put("DURATION_SCALE", "0.001");
        return runs.run(
                new RunOrder.Script(KitScriptRuns.SUMMARIES, env),
                provider.baseUrl(),
                folder,
                KitScriptRuns.iterations(CALLS, 1));
    }

    private List<Double> values(String metric) throws Exception {
        return KitScriptRuns.samples(folder, metric).stream().map(Sample::value).toList();
    }
}
