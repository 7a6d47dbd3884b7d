package io.bookstore.simulator.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands that serve say why they do not start. */
class CommandRefusalsTest {

    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void portThatIsTakenIsNamed() throws Exception {
        String calls = Files.writeString(
                        folder.resolve("calls.jsonl"), ReplayTest.text("{\"model\":\"m\"}", "completed", "") + "\n")
                .toString();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = String.valueOf(taken.getLocalPort());

            assertThat(run(new RecordCommand(), "--to", "http://127.0.0.1:1", "--out", calls, "--port", port))
                    .isEqualTo(1);
            assertThat(run(new ReplayCommand(), calls, "--port", port)).isEqualTo(1);

            assertThat(err.toString().lines())
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line)
                            .startsWith("Cannot listen on 127.0.0.1:" + port + " (")
                            .endsWith("): choose another --port, or 0 for any"));
        }
    }

    @Test
    void addressThatIsNoneIsRefused() {
        assertThat(run(
                        new RecordCommand(),
                        "--to",
                        "api.example.com",
                        "--out",
                        folder.resolve("calls.jsonl").toString()))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("The upstream must be an address such as https://api.example.com, was api.example.com");
    }

    @Test
    void speedAndProfileMustBePossible() throws Exception {
        String calls = Files.writeString(
                        folder.resolve("calls.jsonl"), ReplayTest.text("{\"model\":\"m\"}", "completed", "") + "\n")
                .toString();

        assertThat(run(new ReplayCommand(), calls, "--speed", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("--speed must be above 0, was 0.0");
        assertThat(run(new ReplayCommand(), calls, "--profile", "warp")).isEqualTo(2);
        assertThat(err.toString()).contains("There is no profile named \"warp\"");
    }

    private int run(Object command, String... arguments) {
        return new CommandLine(command)
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((exception, line, parsed) -> {
                    line.getErr().println(exception.getMessage());
                    return 2;
                })
                .execute(arguments);
    }
}
