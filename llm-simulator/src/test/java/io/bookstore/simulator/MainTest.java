package io.bookstore.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MainTest {

    @TempDir
    private Path folder;

    @Test
    void badConfigurationFileStopsTheStart() throws Exception {
        Path file = Files.writeString(folder.resolve("simulator.json"), "{\"limits\":{\"rpm\":5}}");

        assertRefused("Unknown key limits.rpm; use requestsPerMinute,", "--config", file.toString());
    }

    @Test
    void missingConfigurationFileStopsTheStart() {
        assertRefused("Cannot read ", "--config", folder.resolve("gone.json").toString());
    }

    @Test
    void unknownProfileStopsTheStart() {
        assertRefused("There is no profile named \"warp\"; known are sonnet-class", "--profile", "warp");
    }

    @Test
    void helpHasExamples() {
        StringWriter out = new StringWriter();

        int exitCode = Main.commandLine().setOut(new PrintWriter(out)).execute("--help");

        assertThat(exitCode).isZero();
        assertThat(out.toString()).contains("Examples:", "--config simulator.json", "/v1/messages");
    }

    private static void assertRefused(String sentence, String... arguments) {
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLine().setErr(new PrintWriter(err));

        assertThat(command.execute(arguments)).isEqualTo(2);
        assertThat(err.toString()).startsWith(sentence).doesNotContain("\tat ");
    }
}
