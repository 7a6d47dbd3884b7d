package io.bookstore.perf.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.perf.cli.PerfProcess;
import io.bookstore.perf.testing.RecordedEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanCommandTest {

    @TempDir
    Path folder;

    private final PerfProcess perf = new PerfProcess();

    @Test
    void suiteHasAColumnForEachPartAndTheirSum() {
        assertThat(run("plan", "ai-all")).isZero();

        assertThat(perf.out().lines().toList())
                .startsWith("Planned in virtual time: profile sonnet-class, seed 1, no limit of requests.", "")
                .anyMatch(line -> line.matches(" +ai-smoke +ai-load +ai-stress +ai-spike +together"))
                .anyMatch(line -> line.matches("  summaries( +[0-9]{1,3}(,[0-9]{3})*){5}"))
                .anyMatch(line -> line.matches("  cost( +\\$[0-9.]+){5}"))
                .anyMatch(line -> line.matches("  end to end, p95( +[0-9.]+ s){4}"))
                .allMatch(line -> line.length() <= 80);
    }

    @Test
    void limitOfTheProviderTurnsIntoRefusals() throws IOException {
        run("plan", "ai-stress", "--requests-per-minute", "50", "--json");

        JsonNode plan = new ObjectMapper().readTree(perf.out()).at("/scenarios/0");
        assertThat(plan.get("name").asText()).isEqualTo("ai-stress");
        assertThat(plan.get("rateLimited").asLong()).isPositive();
        assertThat(plan.get("failed").asLong())
                .isPositive()
                .isLessThan(plan.get("summaries").asLong());
        assertThat(plan.at("/endToEndMs/p95").asDouble()).isPositive();
    }

    @Test
    void everyOptionChangesThePlan() throws IOException {
        Path provider = Files.writeString(folder.resolve("provider.json"), "{\"profile\": \"fixed\", \"seed\": 7}");
        String plain = plan();

        assertThat(plan("--profile", "haiku-class")).isNotEqualTo(plain);
        assertThat(plan("--seed", "2")).isNotEqualTo(plain);
        assertThat(plan("--provider-config", provider.toString())).contains("\"profile\" : \"fixed\"", "\"seed\" : 7");
        assertThat(plan("--provider-config", provider.toString(), "--seed", "8"))
                .contains("\"seed\" : 8");
        assertThat(plan("--input-tokens", "500")).isNotEqualTo(plain);
        assertThat(plan("--overhead-ms", "500")).isNotEqualTo(plain);
        assertThat(plan("--input-price", "0")).isNotEqualTo(plain);
        assertThat(plan("--output-price", "0")).isNotEqualTo(plain);
        assertThat(plan("--requests-per-minute", "4")).isNotEqualTo(plain);
        assertThat(plan("--requests-per-minute", "4", "--attempts", "1"))
                .isNotEqualTo(plan("--requests-per-minute", "4"));
        assertThat(plan("--env", "DURATION_SCALE=0.5")).isNotEqualTo(plain);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --attempts 0              | attempts must be 1 to 10, was 0.
            --input-tokens 0          | inputTokens must be at least 1, was 0.
            --overhead-ms -1          | overhead must not be negative, was PT-0.001S.
            --input-price -1          | prices must not be negative, were -1.0 and 15.0.
            --requests-per-minute 0   | requestsPerMinute must be at least 1, or null for no limit; was 0.
            --profile slow            | There is no profile named "slow"; known are sonnet-class,
            """)
    void wrongOptionIsOneSentence(String options, String sentence) {
        int exitCode = run(("plan ai-smoke " + options).split(" +"));

        assertThat(perf.err()).startsWith(sentence);
        assertThat(perf.err().lines()).hasSizeLessThanOrEqualTo(1);
        assertThat(exitCode).isNotZero();
    }

    @Test
    void variableThatTheScriptRefusesIsOneSentence() {
        assertThat(run("plan", "ai-smoke", "--env", "DURATION_SCALE=abc")).isNotZero();
        assertThat(perf.err()).contains("DURATION_SCALE must be a number from 0.001 to 100, was \"abc\".");
        assertThat(perf.err().lines()).hasSize(1);
    }

    @Test
    void recordingIsFoundFromTheWorkingDirectory() throws IOException {
        Path recording = Files.writeString(
                folder.resolve("recording.jsonl"),
                "{\"offsetMs\":0,\"operation\":\"summary\"}\n{\"offsetMs\":900,\"operation\":\"summary\"}\n");
        Path relative = Path.of("").toAbsolutePath().relativize(recording.toAbsolutePath());

        assertThat(run("plan", "replay", "--env", "RECORDING=" + relative, "--json"))
                .as(perf.err())
                .isZero();
        assertThat(new ObjectMapper()
                        .readTree(perf.out())
                        .at("/scenarios/0/summaries")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void missingScriptExits66() {
        assertThat(run("plan", "nothing.js")).isEqualTo(66);
        assertThat(perf.err()).startsWith("No script at nothing.js: ");
    }

    @Test
    void missingProviderConfigExits66() {
        assertThat(run("plan", "ai-smoke", "--provider-config", "nothing.json")).isEqualTo(66);
        assertThat(perf.err()).startsWith("Cannot read nothing.json: ");
    }

    private int run(String... arguments) {
        return perf.run(RecordedEngine.passing(), arguments);
    }

    /** The JSON of a plan with these options. */
    private String plan(String... options) throws IOException {
        PerfProcess planner = new PerfProcess();
        Path script = Files.writeString(folder.resolve("script.js"), """
                export const options = { vus: 2, duration: `${100 * Number(__ENV.DURATION_SCALE || 1)}s` };
                export default function () {}
                """);
        List<String> arguments = new ArrayList<>(List.of("plan", script.toString(), "--json"));
        arguments.addAll(List.of(options));
        assertThat(planner.run(RecordedEngine.passing(), arguments.toArray(String[]::new)))
                .as(planner.err())
                .isZero();
        return planner.out();
    }
}
