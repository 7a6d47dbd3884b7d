package io.bookstore.perf.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.perf.cli.InstrumentedService;
import io.bookstore.perf.cli.PerfProcess;
import io.bookstore.perf.engine.embedded.EmbeddedEngineOption;
import io.bookstore.perf.metrics.SampleFile;
import io.bookstore.testing.FreePort;
import java.io.BufferedReader;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --otlp-port}: the spans of a service that the kit does not know reach the records of a script that it does not know. */
class OtlpPortTest {

    private static final String SCRIPT = "runner/src/test/resources/k6/records/own.js";

    @TempDir
    Path folder;

    private final PerfProcess perf = new PerfProcess();

    @Test
    void foreignServiceIsJoinedByItsSpans() throws Exception {
        int port = FreePort.find();
        List<JsonNode> records = new ArrayList<>();
        try (InstrumentedService service = InstrumentedService.start(port)) {
            assertThat(run(service, "--otlp-port", String.valueOf(port)))
                    .as(perf.out() + perf.err())
                    .isZero();
        }
        try (BufferedReader lines = SampleFile.lines(folder.resolve("requests.jsonl.gz"))) {
            for (String line : lines.lines().toList()) {
                records.add(new ObjectMapper().readTree(line));
            }
        }

        assertThat(records)
                .extracting(record -> record.path("traceId").asText())
                .containsExactlyInAnyOrder(
                        "0af7651916cd43dd8448eb211c803190",
                        "0af7651916cd43dd8448eb211c803191",
                        "0af7651916cd43dd8448eb211c803192");
        assertThat(records).allSatisfy(record -> {
            assertThat(record.path("operation").asText()).isEqualTo("orders");
            assertThat(record.path("kind").asText()).isEqualTo("CRUD");
            assertThat(record.path("parts").fieldNames()).toIterable().contains("networkMs", "applicationMs");
            assertThat(record.at("/parts/unknown").isMissingNode()).isTrue();
        });
        assertThat(perf.out())
                .containsPattern("slowest request: orders, \\d+ ms, trace 0af7651916cd43dd8448eb211c80319[012]");
    }

    @Test
    void withoutThePortOnlyTheClientSpeaks() throws Exception {
        try (InstrumentedService service = InstrumentedService.start(FreePort.find())) {
            assertThat(run(service)).isZero();
        }

        try (BufferedReader lines = SampleFile.lines(folder.resolve("requests.jsonl.gz"))) {
            assertThat(lines.lines())
                    .hasSize(3)
                    .allSatisfy(
                            line -> assertThat(line).contains("\"parts\":{\"unknown\":[\"NETWORK\",\"APPLICATION\"]}"));
        }
    }

    @Test
    void takenPortAndPortZeroAreRefusedInWords() throws Exception {
        try (ServerSocket taken = new ServerSocket(0);
                InstrumentedService service = InstrumentedService.start(taken.getLocalPort())) {
            assertThat(run(service, "--otlp-port", String.valueOf(taken.getLocalPort())))
                    .isEqualTo(71);
            assertThat(perf.err()).startsWith("Cannot receive spans on port " + taken.getLocalPort());
            assertThat(run(service, "--otlp-port", "0")).isEqualTo(64);
            assertThat(perf.err()).contains("--otlp-port must be a port that the service knows, such as 4318, was 0.");
        }
    }

    private int run(InstrumentedService service, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "run", SCRIPT, "--yes", "--base-url", service.baseUrl().toString(), "--out", folder.toString()));
        arguments.addAll(List.of(more));
        return perf.run(new EmbeddedEngineOption(), arguments.toArray(String[]::new));
    }
}
