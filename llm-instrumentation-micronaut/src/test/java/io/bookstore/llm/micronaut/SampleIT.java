package io.bookstore.llm.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.testing.Command;
import io.bookstore.testing.OtlpReceiver;
import io.bookstore.testing.SampleRepository;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An application of somebody else that has the jar and no line of code for it. Runs with {@code -Psamples} only: Maven
 * downloads Micronaut into {@code target/sample-repository}.
 */
class SampleIT {

    private final SampleRepository repository = new SampleRepository(System.getProperty("project.version"));
    private static final String CLASS_PATH = "target/classes" + File.pathSeparator + "target/lib/*";

    @TempDir
    private Path folder;

    @Test
    void everyTokenOfTheServerIsOnTheOneSpanOfItsCall() throws Exception {
        Path project = repository.build(
                getClass(),
                "llm-instrumentation-micronaut",
                "sample",
                folder,
                "-Dmicronaut-platform.version=" + System.getProperty("micronaut-platform.version"),
                "-Dlangchain4j.version=" + System.getProperty("langchain4j.version"));

        try (SimulatorServer server = SimulatorServer.start(
                        SimulatorConfig.defaults().withPort(0).withProfile("zero"));
                OtlpReceiver collector = OtlpReceiver.start()) {
            Command.Result run = run(project, server, collector);

            assertThat(run.output()).contains("answer: ", "vector: ").doesNotContain("not measured");
            assertThat(tokens(collector)).as(run.tail()).hasSize(2).isEqualTo(billed(server));
        }
    }

    private static Command.Result run(Path project, SimulatorServer server, OtlpReceiver collector) throws Exception {
        Command.Result run = Command.java(128, "-cp", CLASS_PATH, "shop.Shop")
                .and("-provider=" + server.baseUrl() + "/v1")
                .and("-otel.traces.exporter=otlp")
                .and("-otel.exporter.otlp.protocol=http/protobuf")
                .and("-otel.exporter.otlp.endpoint=" + collector.endpoint())
                .in(project)
                .run();
        assertThat(run.exitCode()).as(run.tail()).isZero();
        return run;
    }

    /** The input and output tokens of each call of a model, in the order of the calls. */
    private static List<List<Long>> tokens(OtlpReceiver collector) {
        return collector.attributesInOrder().stream()
                .filter(span -> span.containsKey("gen_ai.operation.name"))
                .map(span -> List.of((Long) span.getOrDefault("gen_ai.usage.input_tokens", 0L), (Long)
                        span.getOrDefault("gen_ai.usage.output_tokens", 0L)))
                .toList();
    }

    private static List<List<Long>> billed(SimulatorServer server) {
        return server.journal().attempts().stream()
                .map(attempt -> Objects.requireNonNull(attempt.result().tokens()))
                .map(tokens -> List.of((long) tokens.input(), (long) tokens.output()))
                .toList();
    }
}
