package io.bookstore.perf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.testing.ChildProcess;
import io.bookstore.testing.ClosedPort;
import io.bookstore.testing.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LauncherTest {

    private static final ClosedPort closedPort = new ClosedPort();

    private static final String COLLECTOR = Runtime.version().feature() >= 25 ? "SerialGC" : "ParallelGC";

    @TempDir
    Path folder;

    @RegisterExtension
    final EmptyService service = new EmptyService();

    private final List<ChildProcess> started = new ArrayList<>();

    @AfterEach
    void endWhatATestLeft() {
        started.forEach(ChildProcess::kill);
    }

    @Test
    void runInTheSecondJvmLooksLikeARunInTheFirst() throws Exception {
        // given
        Files.writeString(folder.resolve("script.js"), """
                import { check } from 'k6';
                export const options = { thresholds: { checks: ['rate==0'] } };
                export default function () {
                  console.log('greeting ' + __ENV.GREETING);
                  check(1, { one: (n) => n === 1 });
                }
                """);

        // when
        ChildProcess perf = perf("GREETING", "hello", "-Xmx120m", "-Dsome.setting=x");

        // then
        assertThat(perf.exitCode()).as(perf.log()).isEqualTo(99);
        assertThat(perf.log())
                .containsPattern("jvm .*-XX:\\+Use" + COLLECTOR + " -XX:TieredStopAtLevel=1.* -Xmx120m\n")
                .contains("greeting hello")
                .doesNotContain("WARNING");
        JsonNode summary =
                new ObjectMapper().readTree(folder.resolve("out/summary.json").toFile());
        assertThat(summary.at("/run/machine/jdk").asText()).contains("-XX:+Use" + COLLECTOR);
    }

    @Test
    void variableThatLooksMisspeltIsWarnedOf() throws Exception {
        ChildProcess perf = start("ai-smoke", closedPort.url(), "DURATON_SCALE", "0.1", "-Xmx120m");

        // All warnings come before this line, and the look at the script after it costs seconds.
        perf.awaitLine("engine embedded.*");
        assertThat(perf.log())
                .contains("warning The variable DURATON_SCALE is read by no script of this kit: did you mean"
                        + " DURATION_SCALE?")
                .doesNotContain("The variable PATH");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "abc   | MICRONAUT_SERVER_PORT must be a whole number, was \"abc\".",
                "70000 | MICRONAUT_SERVER_PORT must be a port, 0 to 65535, was 70000."
            })
    void badVariableIsBlamedByItsOwnName(String value, String sentence) throws Exception {
        ChildProcess perf = start("ai-smoke", closedPort.url(), "MICRONAUT_SERVER_PORT", value, "-Xmx120m");

        assertThat(perf.exitCode()).isEqualTo(64);
        assertThat(perf.log()).contains(sentence);
    }

    /** A signal to the launcher ends the run in order; a launcher that is killed leaves no run behind either. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisabledOnOs(OS.WINDOWS)
    void launcherThatIsEndedEndsTheRun(boolean killed) throws Exception {
        // given
        Files.writeString(folder.resolve("script.js"), """
                import { sleep } from 'k6';
                export const options = { vus: 1, duration: '5m' };
                export default function () { console.log('it runs'); sleep(300); }
                """);
        ChildProcess perf = perf("A", "b", "-Xmx120m");
        perf.awaitLine("it runs.*");
        ProcessHandle run = perf.handle().children().findAny().orElseThrow();

        // when
        if (killed) {
            perf.handle().destroyForcibly();
        } else {
            perf.terminate();
        }

        // then
        run.onExit().get();
        assertThat(perf.exitCode()).isEqualTo(killed ? 128 + 9 : 105);
        assertThat(folder.resolve("out/report.html")).exists();
    }

    private ChildProcess perf(String variable, String value, String... flags) {
        return start("script.js", service.baseUrl(), variable, value, flags);
    }

    private ChildProcess start(String scenario, String url, String variable, String value, String... flags) {
        ChildProcess process = Command.of(Command.JAVA)
                .and(flags)
                .and("-cp", System.getProperty("java.class.path"), Launcher.class.getName())
                .and("run", scenario, "--engine", "embedded", "--base-url", url, "--out", "out")
                .in(folder)
                .with(Map.of(variable, value))
                .start(folder.resolve("perf.log"));
        started.add(process);
        return process;
    }
}
