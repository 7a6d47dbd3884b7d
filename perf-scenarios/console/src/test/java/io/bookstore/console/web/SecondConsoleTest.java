package io.bookstore.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.testing.Checkout;
import io.bookstore.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two consoles of one folder: the runs of both go on one after the other. */
class SecondConsoleTest {

    /** A run that is asked for its end, and takes as long as it is let. */
    private static final String PROGRAM = """
            echo '{"event":"plan","seconds":60,"stages":[]}'
            cat > /dev/null
            read go < '%s'
            exit 105
            """;

    @TempDir
    private Path folder;

    private Path gate;
    private Path program;

    @BeforeEach
    void writeProgram() throws Exception {
        gate = folder.resolve("gate");
        new ProcessBuilder(Program.orSkip("mkfifo", "coreutils").path().toString(), gate.toString())
                .start()
                .waitFor();
        program = Files.writeString(folder.resolve("program.sh"), PROGRAM.formatted(gate));
    }

    @Test
    void runWaitsForTheLastRunOfAConsoleThatIsEnding() throws Exception {
        // given
        TestConsole first = open();
        String ending = first.start("{'scenario':'ai-smoke'}");
        first.await(ending, "running");
        CompletableFuture<Void> end = CompletableFuture.runAsync(first::close);
        TestConsole second = open();

        // when
        String later = second.start("{'scenario':'crud-smoke'}");

        // then
        JsonNode waiting = Awaitility.await()
                .until(
                        () -> second.json("/api/runs/" + later),
                        view -> view.at("/live/phase").asText().startsWith("waiting for the end"));
        assertThat(waiting.at("/live/phase").asText())
                .isEqualTo("waiting for the end of " + ending + ", which another console has started (process "
                        + ProcessHandle.current().pid() + ")");
        assertThat(waiting.path("status").asText()).isEqualTo("queued");
        assertThat(second.json("/api/runs/" + ending).has("endedMs")).isFalse();

        // when
        Files.writeString(gate, "go\n");
        end.get(5, TimeUnit.MINUTES);

        // then
        second.await(later, "running");
        assertThat(second.json("/api/runs/" + ending).path("status").asText()).isEqualTo("interrupted");
        second.post("/api/runs/" + later + "/cancel", "");
        Files.writeString(gate, "go\n");
        second.await(later, "cancelled");
        second.close();
    }

    @Test
    void runThatWaitsForAnotherConsoleCanBeCancelled() throws Exception {
        // given
        TestConsole first = open();
        TestConsole second = open();
        String going = first.start("{'scenario':'ai-smoke'}");
        first.await(going, "running");
        String later = second.start("{'scenario':'crud-smoke'}");

        // when
        second.post("/api/runs/" + later + "/cancel", "");

        // then
        assertThat(second.await(later, "cancelled").path("sentence").asText())
                .isEqualTo("It was cancelled before its turn.");
        first.post("/api/runs/" + going + "/cancel", "");
        Files.writeString(gate, "go\n");
        first.await(going, "cancelled");
        second.close();
        first.close();
    }

    private TestConsole open() throws IOException {
        return new TestConsole(
                folder.resolve("reports"),
                Checkout.root().resolve("perf-scenarios/k6"),
                List.of(Program.orSkip("sh", "dash").path().toString(), program.toString()));
    }
}
