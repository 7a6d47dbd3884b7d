package io.bookstore.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.bookstore.perf.engine.EngineChoice;
import io.bookstore.perf.engine.embedded.EmbeddedEngine;
import io.bookstore.perf.metrics.SampleFile;
import io.bookstore.perf.progress.LiveProgress;
import io.bookstore.perf.progress.ProgressStyle;
import io.bookstore.perf.record.RequestRecord;
import io.bookstore.perf.record.RequestRecord.Kind;
import io.bookstore.perf.record.RequestRecord.Outcome;
import io.bookstore.perf.record.RequestRecords;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.run.RunOrder;
import io.bookstore.perf.run.ScenarioRunner;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.fault.Fault;
import io.bookstore.simulator.fault.FaultRule;
import io.bookstore.simulator.journal.Attempt;
import io.bookstore.testing.PackagedApi;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The records of a run against the packaged service, whose simulator refuses some calls; the journal is the reference. */
@Order(1)
@ResourceLock(BookStoreService.SHORT_RUNS)
class RecordedServiceTest {

    private static final Path SCRIPT = Path.of("src/test/resources/k6/records/mixed.js");
    private static final int SUMMARIES = 100;
    private static final int PLAIN = 50;

    private static final JsonMapper json = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    @TempDir
    private Path folder;

    @Test
    void partsOfEveryRequestSumToItsEndToEndTime() throws Exception {
        try (SimulatorServer simulator = SimulatorServer.start(
                SimulatorConfig.defaults().withPort(0).withProfile("fixed").withSeed(42))) {
            simulator.behave(simulator.behaviour().withFaults(sometimes("429"), sometimes("503")));

            RunResult result = run(simulator);

            List<RequestRecord> records = records();
            List<RequestRecord> summaries =
                    records.stream().filter(record -> record.kind() == Kind.LLM).toList();
            assertThat(summaries).hasSize(SUMMARIES);
            assertThat(records).hasSize(SUMMARIES + PLAIN);
            assertThat(records.stream().filter(RecordedServiceTest::sumsUp).count())
                    .isGreaterThanOrEqualTo(Math.round(0.99 * records.size()));
            assertThat(records.stream().filter(record -> record.result().outcome() == Outcome.OK))
                    .allSatisfy(record -> assertThat(record.parts().unknown()).isEmpty());
            assertFitTheJournal(summaries, simulator.journal().attempts());
            assertThat(Files.size(folder.resolve(RequestRecords.NAME)) / records.size())
                    .isLessThanOrEqualTo(300);
            assertSummarized(result, records);
        }
    }

    private RunResult run(SimulatorServer simulator) throws InterruptedException {
        RunOrder order = new RunOrder(
                "records",
                new RunOrder.Script(SCRIPT, Map.of()),
                new RunOrder.Service(
                        null,
                        PackagedApi.JAR,
                        // The second is the documented way to name the jar, and nothing that the service may see.
                        Map.of(
                                "SIMULATOR_URL",
                                simulator.baseUrl().toString(),
                                "BOOKSTORE_API_JAR",
                                PackagedApi.JAR.toString(),
                                // Else the second compiler takes more time than the few requests.
                                "JAVA_TOOL_OPTIONS",
                                "-XX:TieredStopAtLevel=1"),
                        false),
                folder,
                RunOrder.Rules.OF_THE_SCRIPT);
        ScenarioRunner runner = new ScenarioRunner(
                new EngineChoice(new EmbeddedEngine(Map.of()), "for a test"), Clock.systemUTC(), bill -> {});
        try (LiveProgress progress = new LiveProgress(
                "records",
                new ProgressStyle(false, false, false),
                new PrintWriter(Writer.nullWriter()),
                Clock.systemUTC(),
                run -> {})) {
            return runner.run(order, progress);
        }
    }

    private static FaultRule sometimes(String fault) {
        return new FaultRule(Fault.parse(fault), 0.05, Duration.ZERO, null);
    }

    private static boolean sumsUp(RequestRecord record) {
        return record.parts().complete()
                && Math.abs(record.parts().sumMs() - record.timing().endToEndMs()) <= 5;
    }

    /** The provider's part is what the simulator itself took, and the attempts are those that it saw, retried ones included. */
    private static void assertFitTheJournal(List<RequestRecord> summaries, List<Attempt> journal) {
        Map<String, List<Attempt>> byRequest = journal.stream()
                .collect(Collectors.groupingBy(attempt -> attempt.key().requestKey()));
        assertThat(summaries).allSatisfy(record -> {
            List<Attempt> attempts = byRequest.getOrDefault(record.requestId(), List.of());
            assertThat(record.attempts())
                    .extracting(RequestRecord.Attempt::status)
                    .containsExactlyElementsOf(attempts.stream()
                            .map(attempt -> attempt.result().status())
                            .toList());
            assertThat(record.parts().providerMs())
                    .isEqualTo(
                            attempts.stream()
                                    .mapToDouble(attempt -> attempt.actual().durationMs())
                                    .sum(),
                            within(0.01));
            assertThat(record.parts().backoffMs())
                    .matches(backoff -> (backoff > 0) == (attempts.size() > 1), "a backoff if retried");
        });
        assertThat(summaries.stream().filter(record -> record.attempts().size() > 1))
                .as("retried")
                .isNotEmpty();
    }

    private void assertSummarized(RunResult result, List<RequestRecord> records) throws IOException {
        assertThat(result.slowest()).hasSize(10);
        assertThat(result.slowest().get(0).timing().endToEndMs())
                .isEqualTo(records.stream()
                        .mapToDouble(record -> record.timing().endToEndMs())
                        .max()
                        .orElseThrow());
        JsonNode summary =
                new ObjectMapper().readTree(folder.resolve("summary.json").toFile());
        assertThat(summary.path("schemaVersion").asInt()).isEqualTo(1);
        assertThat(summary.at("/slowest/0/traceId").asText())
                .isEqualTo(result.slowest().get(0).traceId());
        assertThat(summary.path("parts")).anySatisfy(part -> {
            assertThat(part.path("kind").asText()).isEqualTo("LLM");
            assertThat(part.path("part").asText()).isEqualTo("PROVIDER");
            assertThat(part.path("requests").asInt()).isEqualTo(SUMMARIES);
            assertThat(part.path("p95").asDouble()).isPositive();
        });
    }

    private List<RequestRecord> records() throws IOException {
        try (BufferedReader lines = SampleFile.lines(folder.resolve(RequestRecords.NAME))) {
            return lines.lines().map(RecordedServiceTest::record).toList();
        }
    }

    private static RequestRecord record(String line) {
        try {
            return json.readValue(line, RequestRecord.class);
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }
}
