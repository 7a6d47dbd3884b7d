package io.bookstore.perf.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.run.RunOrder;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.fault.FaultRule;
import io.bookstore.simulator.journal.Attempt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Summaries in the binary frames of Amazon Bedrock, from the bytes that its simulator sends. */
class BinaryStreamsTest {

    private static final int CALLS = 4;

    private static final String CONVERSE = """
            name: bedrock
            baseUrl: http://localhost:9
            paid: false
            health: { method: GET, path: /admin/config }
            headers: { Authorization: Bearer key }
            items: { values: [{ title: Emma, author: Jane Austen }] }
            operations:
              streamedSummary:
                method: POST
                path: /model/anthropic.claude-sonnet-4-20250514-v1:0/converse-stream
                headers: { X-Request-Id: "{requestId}" }
                body: { messages: [{ role: user, content: [{ text: "Summarise {title} by {author}." }] }] }
                stream:
                  format: aws-eventstream
                  text: delta.text
                  end: messageStop
                  answer: { inputTokens: usage.inputTokens, outputTokens: usage.outputTokens }
            """;

    private static final String INVOKE = CONVERSE.replace("converse-stream", "invoke-with-response-stream")
            .replace(
                    "{ messages: [{ role: user, content: [{ text: \"Summarise {title} by {author}.\" }] }] }",
                    "{ anthropic_version: bedrock-2023-05-31, max_tokens: 500, messages: [{ role: user, content:"
                            + " \"Summarise {title} by {author}.\" }] }")
            .replace("end: messageStop", "end: { type: message_stop }")
            .replace(
                    "inputTokens: usage.inputTokens, outputTokens: usage.outputTokens",
                    "outputTokens: usage.output_tokens");

    private static final Map<String, String> DESCRIPTORS = Map.of("converse", CONVERSE, "invoke", INVOKE);

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
    @CsvSource({"converse", "invoke"})
    void eachPieceIsTimedAndTheFiguresOfTheEndAreRead(String operation) throws Exception {
        RunResult result = run(operation);

        assertThat(result.crossed()).as(runs.log()).isEmpty();
        assertThat(result.count("llm_operations")).hasValue((double) CALLS);
        assertThat(result.count("llm_output_tokens")).hasValue((double) outputTokens());
        assertThat(values("llm_ttft")).hasSize(CALLS);
        assertThat(values("llm_chunk_gap")).hasSizeGreaterThan(CALLS).allMatch(gap -> gap >= 0);
    }

    @ParameterizedTest
    @CsvSource({"converse", "invoke"})
    void exceptionFrameFailsTheAnswerAndTheReportHasItsKind(String operation) throws Exception {
        provider.behave(provider.behaviour().withFaults(FaultRule.always("error-event:3")));

        RunResult result = run(operation);

        assertThat(result.rate("llm_errors").orElseThrow().nonZero()).isEqualTo(CALLS);
        assertThat(KitScriptRuns.samples(folder, "llm_errors"))
                .extracting(sample -> sample.metadata().get("error_message"))
                .allSatisfy(message -> assertThat(message).contains("Exception: "));
        assertThat(values("llm_ttft")).as("its pieces have come all the same").hasSize(CALLS);
    }

    @ParameterizedTest
    @CsvSource({"reset-after-chunks:3", "malformed-frame:3"})
    void frameThatIsCutOffFailsTheRequest(String fault) throws Exception {
        provider.behave(provider.behaviour().withFaults(FaultRule.always(fault)));

        RunResult result = run("converse");

        assertThat(result.rate("llm_errors").orElseThrow().nonZero()).isEqualTo(CALLS);
        assertThat(result.rate("http_req_failed").orElseThrow().nonZero()).isEqualTo(CALLS);
    }

    private RunResult run(String operation) throws Exception {
        Path descriptor = folder.resolve("bedrock.yml");
        Files.writeString(descriptor, Objects.requireNonNull(DESCRIPTORS.get(operation)));
        Map<String, String> env = Map.of(
                "TARGET", descriptor.toString(),
                "LLM_P95_MS", "600000",
                "LLM_P99_MS", "600000",
                "DURATION_SCALE", "0.001");
        return runs.run(
                new RunOrder.Script(KitScriptRuns.SUMMARIES, env),
                provider.baseUrl(),
                folder,
                KitScriptRuns.iterations(CALLS, 1));
    }

    private long outputTokens() {
        return provider.journal().attempts().stream()
                .map(attempt -> Objects.requireNonNull(attempt.result().tokens()))
                .mapToLong(Attempt.Tokens::output)
                .sum();
    }

    private List<Double> values(String metric) throws Exception {
        return KitScriptRuns.samples(folder, metric).stream().map(Sample::value).toList();
    }
}
