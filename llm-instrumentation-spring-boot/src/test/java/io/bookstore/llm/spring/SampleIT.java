package io.bookstore.llm.spring;

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
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An application of somebody else that has the jar and no line of code for it. Runs with {@code -Psamples} only: Maven
 * downloads each Spring Boot into {@code target/sample-repository}.
 */
class SampleIT {

    private final SampleRepository repository = new SampleRepository(System.getProperty("project.version"));
    private static final String CLASS_PATH = "target/classes" + File.pathSeparator + "target/lib/*";

    private static final Set<Object> MODEL_OPERATIONS = Set.of("chat", "embeddings", "embedding");

    @TempDir
    private Path folder;

    static String[] springBoots() {
        return System.getProperty("sample.spring-boot.versions").split(",", -1);
    }

    /** Each Spring AI with the Spring Boot that it is made for. */
    static String[] springAis() {
        return System.getProperty("sample.spring-ai.versions").split(",", -1);
    }

    @ParameterizedTest
    @MethodSource("springBoots")
    void everyTokenOfTheServerIsOnTheOneSpan(String springBoot) throws Exception {
        Path project =
                built("sample", springBoot, "-Dlangchain4j.version=" + System.getProperty("langchain4j.version"));

        try (SimulatorServer server = SimulatorServer.start(
                        SimulatorConfig.defaults().withPort(0).withProfile("zero"));
                OtlpReceiver collector = OtlpReceiver.start()) {
            Command.Result run = run(project, collector, "--provider=" + server.baseUrl() + "/v1");

            assertThat(run.output()).contains("answer: ");
            assertThat(tokens(collector)).as(run.tail()).hasSize(1).isEqualTo(billed(server));
        }
    }

    @ParameterizedTest
    @MethodSource("springAis")
    void callsOfSpringAiCountOnceWithEveryTokenOfTheServer(String versions) throws Exception {
        String springAi = versions.split("/", -1)[0];
        boolean older = springAi.startsWith("1.");
        Path project = built("sample-spring-ai", versions.split("/", -1)[1], "-Dspring-ai.version=" + springAi);

        try (SimulatorServer server = SimulatorServer.start(
                        SimulatorConfig.defaults().withPort(0).withProfile("zero"));
                OtlpReceiver collector = OtlpReceiver.start()) {
            Command.Result run = run(
                    project,
                    collector,
                    "--spring.ai.openai.api-key=none",
                    "--spring.ai.openai.base-url=" + server.baseUrl() + (older ? "" : "/v1"),
                    "--spring.ai.openai.chat." + (older ? "options.stream-usage" : "stream-options.include-usage")
                            + "=true");

            assertThat(run.output())
                    .contains("answer: ", "stream: ", "vector: ")
                    .doesNotContain("not measured");
            assertThat(tokens(collector)).as(run.tail()).hasSize(3).isEqualTo(billed(server));
            assertThat(collector.spans().stream().map(OtlpReceiver::attributes))
                    .filteredOn(span -> span.containsKey("gen_ai.response.time_to_first_chunk"))
                    .hasSize(1);
        }
    }

    private static Command.Result run(Path project, OtlpReceiver collector, String... properties) throws Exception {
        Command.Result run = Command.java(128, "-cp", CLASS_PATH, "shop.Shop")
                .and(properties)
                // Spring AI brings the classes of a reactive client, which look like those of a server.
                .and("--spring.main.web-application-type=none")
                .and("--management.tracing.sampling.probability=1")
                .and("--management.otlp.metrics.export.enabled=false")
                // The same setting under its name in Spring Boot 3.5 and in 4.
                .and("--management.otlp.tracing.endpoint=" + collector.endpoint() + "/v1/traces")
                .and("--management.opentelemetry.tracing.export.otlp.endpoint=" + collector.endpoint() + "/v1/traces")
                .in(project)
                .run();
        assertThat(run.exitCode()).as(run.tail()).isZero();
        return run;
    }

    /** The input and output tokens of each call of a model, in the order of the calls. */
    private static List<List<Long>> tokens(OtlpReceiver collector) {
        return collector.attributesInOrder().stream()
                // Spring AI's own spans of models would have these names too; those of its client are "framework".
                .filter(span -> MODEL_OPERATIONS.contains(span.getOrDefault("gen_ai.operation.name", "none")))
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

    private Path built(String sample, String springBoot, String version) throws Exception {
        return repository.build(
                getClass(),
                "llm-instrumentation-spring-boot",
                sample,
                folder,
                "-Pboot-" + springBoot.charAt(0),
                "-Dspring-boot.version=" + springBoot,
                version);
    }
}
