package io.bookstore.perf.cli.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.cli.PerfProcess;
import io.bookstore.perf.engine.embedded.EmbeddedEngineOption;
import io.bookstore.perf.testing.SlowBuild;
import io.bookstore.testing.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Gates of real builds under a real load: twelve runs of one build against itself, and six of one that has become slower. */
@EnabledIfSystemProperty(
        named = "gate.proof",
        matches = "true",
        disabledReason =
                "starts the packaged API 18 times, alone on the machine: .ci/run does it with -Dgate.proof=true")
class GateProofTest {

    private static final Path build = Checkout.root().resolve("bookstore-api/target/bookstore-api.jar");

    @TempDir
    static Path folder;

    private static final PerfProcess same = new PerfProcess();
    private static int exitCode;

    @BeforeAll
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    static void gateABuildAgainstItself() {
        assertThat(build).as("built by mvn -pl bookstore-api -am package").isRegularFile();
        exitCode = same.run(
                new EmbeddedEngineOption(),
                "gate",
                "gate-proof",
                "--scripts",
                scripts(),
                "--pairs",
                "6",
                "--baseline-jar",
                build.toString(),
                "--candidate-jar",
                build.toString(),
                "--out",
                folder.resolve("same").toString());
    }

    @Test
    void buildIsNotWorseThanItself() {
        assertThat(exitCode).as(same.out() + same.err()).isZero();
        assertThat(same.out()).contains("note Both sides ran the same build: bookstore-api.jar (");
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void buildThatTakes150MillisecondsMoreIsWorseAndItsApplicationIsNamed() {
        PerfProcess perf = new PerfProcess();

        int slower = perf.run(
                new EmbeddedEngineOption(),
                "gate",
                "gate-proof",
                "--scripts",
                scripts(),
                "--pairs",
                "6",
                "--baseline",
                folder.resolve("same/baseline").toString(),
                "--candidate-jar",
                SlowBuild.of(build, folder).toString(),
                "--out",
                folder.resolve("slower").toString());

        assertThat(slower).as(perf.out() + perf.err()).isEqualTo(80);
        assertThat(perf.out())
                .contains("WORSE: ")
                .containsPattern("(?m)^  The application grew by 1[0-9]{2} ms of [0-9]+ ms");
    }

    private static String scripts() {
        Path scripts = Checkout.root().resolve("perf-scenarios/runner/src/test/k6");
        assertThat(Files.isDirectory(scripts)).isTrue();
        return scripts.toString();
    }
}
