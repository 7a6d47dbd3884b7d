package io.bookstore.perf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.testing.RecordedEngine;
import io.bookstore.testing.ClosedPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The descriptor that {@code --target} names for a command that loads a service, as {@code TARGET} does. */
class LoadedTargetTest {

    private static final ClosedPort closedPort = new ClosedPort();

    @TempDir
    private Path folder;

    private final PerfProcess perf = new PerfProcess();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run ai-smoke",
                "plan ai-smoke",
                "gate ai-smoke --baseline-url http://127.0.0.1:1 --candidate-url http://127.0.0.1:2",
                "capacity",
                "baseline record main ai-smoke"
            })
    void unknownTargetIsRefused(String command) {
        List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
        arguments.addAll(List.of("--target", "nowhere"));

        int exitCode = perf.run(RecordedEngine.passing(), arguments.toArray(String[]::new));

        assertThat(exitCode).isEqualTo(64);
        assertThat(perf.err())
                .startsWith("TARGET \"nowhere\" has no descriptor ")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "plan", "gate", "capacity"})
    void helpAndCompletionHaveTheOption(String command) {
        PerfProcess completion = new PerfProcess();

        perf.run(RecordedEngine.passing(), command, "--help");
        completion.run(RecordedEngine.passing(), "completion");

        assertThat(perf.out()).containsPattern(" --target(=NAME| NAME)? +\\S");
        assertThat(completion.out())
                .containsPattern("(?s)function _picocli_llm-perf_" + command + "\\(\\) \\{((?!\n}).)*--target");
    }

    @Test
    void variableAfterTheOptionDoesNotUndoIt() throws IOException {
        run("--target", descriptor(), "-e", "DURATION_SCALE=0.1");

        assertThat(perf.err()).startsWith("Nothing answers at " + closedPort.url() + ": ");
    }

    @Test
    void variableTargetGoesBeforeTheOption() throws IOException {
        run("--target", "nowhere", "-e", "TARGET=" + descriptor());

        assertThat(perf.err()).startsWith("Nothing answers at " + closedPort.url() + ": ");
    }

    private void run(String... options) {
        List<String> arguments = new ArrayList<>(
                List.of("run", "ai-smoke", "--out", folder.resolve("results").toString()));
        arguments.addAll(List.of(options));
        assertThat(perf.run(RecordedEngine.passing(), arguments.toArray(String[]::new)))
                .isEqualTo(69);
    }

    private String descriptor() throws IOException {
        return Files.writeString(
                        folder.resolve("helpdesk.yml"),
                        "name: helpdesk\nbaseUrl: " + closedPort.url() + "\noperations: {}\n")
                .toString();
    }
}
