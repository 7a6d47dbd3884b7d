package io.bookstore.llm.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.journal.Attempt;
import io.bookstore.testing.Command;
import io.bookstore.testing.OtlpReceiver;
import io.bookstore.testing.Program;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An application of somebody else that has the jar and no line of code for it. Runs with {@code -Psamples} only: Maven
 * downloads each Spring Boot into {@code target/sample-repository}.
 */
class SampleIT {

    private static final String VERSION = System.getProperty("project.version");
    private static final Path REPOSITORY = Path.of("target/sample-repository").toAbsolutePath();
    private static final String CLASS_PATH = "target/classes" + File.pathSeparator + "target/lib/*";

    @TempDir
    private Path folder;

    static String[] springBoots() {
        return System.getProperty("sample.spring-boot.versions").split(",", -1);
    }

    @ParameterizedTest
    @MethodSource("springBoots")
    void everyTokenOfTheServerIsOnTheOneSpan(String springBoot) throws Exception {
        Path project = built(springBoot);

        try (SimulatorServer server = SimulatorServer.start(
                        SimulatorConfig.defaults().withPort(0).withProfile("zero"));
                OtlpReceiver collector = OtlpReceiver.start()) {
            Command.Result run = Command.java(128, "-cp", CLASS_PATH, "shop.Shop")
                    .and("--provider=" + server.baseUrl() + "/v1")
                    .and("--management.tracing.sampling.probability=1")
                    .and("--management.otlp.metrics.export.enabled=false")
                    // The same setting under its name in Spring Boot 3.5 and in 4.
                    .and("--management.otlp.tracing.endpoint=" + collector.endpoint() + "/v1/traces")
                    .and("--management.opentelemetry.tracing.export.otlp.endpoint=" + collector.endpoint()
                            + "/v1/traces")
                    .in(project)
                    .run();

            assertThat(run.exitCode()).as(run.tail()).isZero();
            assertThat(run.output()).contains("answer: ");
            Attempt.Tokens tokens = Objects.requireNonNull(
                    server.journal().attempts().get(0).result().tokens());
            assertThat(collector.spans().stream().map(OtlpReceiver::attributes))
                    .as(run.tail())
                    .filteredOn(span -> span.containsKey("gen_ai.operation.name"))
                    .singleElement()
                    .satisfies(span -> assertThat(span)
                            .containsEntry("gen_ai.usage.input_tokens", (long) tokens.input())
                            .containsEntry("gen_ai.usage.output_tokens", (long) tokens.output()));
        }
    }

    private Path built(String springBoot) throws Exception {
        Program maven = mavenOrSkip();
        publish("llm-instrumentation", Path.of("../llm-instrumentation/target"));
        publish("llm-instrumentation-spring-boot", Path.of("target"));
        Path project = copyOfSample();

        Command.Result build = maven.command(
                        "-B", "-q", "-Pboot-" + springBoot.charAt(0), "-Dspring-boot.version=" + springBoot)
                .and("-Dmaven.repo.local=" + REPOSITORY, "-Dkit.version=" + VERSION)
                .and("-Dlangchain4j.version=" + System.getProperty("langchain4j.version"))
                .and("compile", "dependency:copy-dependencies", "-DoutputDirectory=target/lib")
                .in(project)
                .with(Map.of("MAVEN_OPTS", "-Xmx192m -XX:TieredStopAtLevel=1"))
                .run();

        assertThat(build.exitCode()).as(build.tail()).isZero();
        return project;
    }

    /** Puts the jar that was built, and the POM that a consumer reads, where Maven looks first. */
    private static void publish(String artifact, Path target) throws IOException {
        String name = artifact + "-" + VERSION;
        Path place = Files.createDirectories(
                REPOSITORY.resolve("io/bookstore").resolve(artifact).resolve(VERSION));
        Files.copy(target.resolve(name + ".jar"), place.resolve(name + ".jar"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(
                target.resolve("flattened-pom.xml"), place.resolve(name + ".pom"), StandardCopyOption.REPLACE_EXISTING);
    }

    private Path copyOfSample() throws Exception {
        Path source = Path.of(getClass().getResource("/sample").toURI());
        Path project = folder.resolve("sample");
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Files.copy(file, project.resolve(source.relativize(file).toString()));
            }
        }
        return project;
    }

    private static Program mavenOrSkip() {
        return Optional.ofNullable(System.getProperty("maven.home"))
                .map(home -> Path.of(home, "bin", "mvn"))
                .filter(Files::isExecutable)
                .map(Program::new)
                .orElseGet(() -> Program.orSkip("mvn", "maven"));
    }
}
