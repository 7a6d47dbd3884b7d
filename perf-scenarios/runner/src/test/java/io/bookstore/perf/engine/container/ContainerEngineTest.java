package io.bookstore.perf.engine.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bookstore.k6.run.EngineOutcome;
import io.bookstore.k6.run.EngineRequest;
import io.bookstore.k6.run.EngineRun;
import io.bookstore.perf.engine.EngineOption;
import io.bookstore.perf.testing.RecordingListener;
import io.bookstore.perf.testing.StandInK6;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.images.builder.ImageFromDockerfile;

/** Needs a Docker engine, but no registry: the image holds a program that behaves as k6 does towards its caller. */
@Tag("docker")
class ContainerEngineTest {

    private static final String IMAGE = "localhost/k6-stand-in:1";
    private static final Path BUSYBOX = Path.of("/bin/busybox");

    @TempDir
    static Path build;

    @TempDir
    Path folder;

    private final RecordingListener listener = new RecordingListener();
    private Path output;

    @BeforeAll
    static void buildImage() throws Exception {
        String engine =
                new ContainerEngineOption(IMAGE, System.getenv()).availability().reason();
        assumeTrue(!engine.equals("no Docker engine"), "a Docker engine is there");
        assumeTrue(Files.isExecutable(BUSYBOX), "a static busybox for the stand-in image");
        assumeTrue(dockerUsable(), "Testcontainers can work with the Docker engine");
        new ImageFromDockerfile(IMAGE, false)
                .withFileFromPath("busybox", BUSYBOX)
                .withFileFromPath("k6", StandInK6.installInto(build))
                .withFileFromString("Dockerfile", """
                        FROM scratch
                        COPY busybox /bin/busybox
                        RUN ["/bin/busybox", "--install", "-s", "/bin"]
                        RUN mkdir -p /home/k6 && chown 12345 /home/k6
                        COPY k6 /bin/k6
                        USER 12345
                        WORKDIR /home/k6
                        ENTRYPOINT ["k6"]
                        """)
                .get();
    }

    @BeforeEach
    void createOutput() throws IOException {
        output = Files.createDirectory(folder.resolve("results"));
    }

    @Test
    void imageThatIsThereMakesTheEngineAvailable() {
        assertThat(option().availability().available()).isTrue();
        assertThat(new ContainerEngineOption("localhost/none:1", System.getenv()).availability())
                .isEqualTo(new EngineOption.Availability(
                        false,
                        true,
                        "the image localhost/none:1 is not on this machine (docker pull localhost/none:1)"));
    }

    @Test
    void runBringsItsFilesBackAndReportsEverything() throws InterruptedException {
        // when
        EngineOutcome outcome = start("exit 0").await();

        // then
        assertThat(outcome).isEqualTo(new EngineOutcome(0, null));
        assertThat(output.resolve("k6-summary.json")).content().contains("\"count>0\":false");
        assertThat(output.resolve("handled.txt")).exists();
        assertThat(listener.samples).hasSize(3);
        assertThat(listener.printed).containsExactly("the end-of-test summary\n");
        assertThat(listener.logs)
                .contains("info variables: BASE_URL=http://host.docker.internal:7002 usage report true");
    }

    @Test
    void crossedThresholdIsAnExitCodeAndItsFilesAreThere() throws InterruptedException {
        assertThat(start("exit 99").await()).isEqualTo(new EngineOutcome(99, null));
        assertThat(output.resolve("samples.jsonl")).exists();
    }

    @Test
    void scriptThatFailsAtOnceIsExplained() throws InterruptedException {
        assertThat(start("broken").await())
                .isEqualTo(new EngineOutcome(107, "SyntaxError: file:///script.js: Unexpected token (3:1)"));
    }

    @Test
    void scriptThatOnlyWeMayReadIsReadableInTheContainer() throws Exception {
        // given
        Path script = StandInK6.script(folder, "exit 0");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rw-------"));

        // then
        assertThat(run(script).await().exitCode()).isZero();
    }

    @Test
    void interruptLetsK6TearDown() throws InterruptedException {
        // given
        EngineRun run = start("wait");
        await().atMost(Duration.ofMinutes(2)).until(() -> listener.samples.size() == 2);
        assertThat(listener.plans).hasSize(1);

        // when
        run.interrupt();
        run.interrupt();

        // then
        assertThat(run.await()).isEqualTo(new EngineOutcome(105, "The run was interrupted before its end."));
        assertThat(listener.logs).contains("info teardown");
        assertThat(listener.samples).hasSize(3);
    }

    @Test
    void imageThatCannotBePulledIsOneSentence() throws InterruptedException {
        EngineOutcome outcome = new ContainerEngineOption("localhost:1/none:1", System.getenv())
                .engine()
                .start(new EngineRequest(StandInK6.script(folder, "exit 0"), Map.of(), output), listener)
                .await();

        assertThat(outcome.exitCode()).isEqualTo(255);
        assertThat(outcome.problem()).startsWith("Cannot run k6 in a container of localhost:1/none:1: ");
    }

    private EngineRun start(String behaviour) {
        return run(StandInK6.script(folder, behaviour));
    }

    private EngineRun run(Path script) {
        Map<String, String> env = Map.of("BASE_URL", "http://localhost:7002");
        return option().engine().start(new EngineRequest(script, env, output), listener);
    }

    private static ContainerEngineOption option() {
        return new ContainerEngineOption(IMAGE, System.getenv());
    }

    private static boolean dockerUsable() {
        try {
            DockerClientFactory.instance().client();
            return true;
        } catch (RuntimeException noReaper) {
            return false;
        }
    }
}
