package io.bookstore.dashboards;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** A program that a machine may have or not; a test that needs one names it when it skips. */
public record Program(Path path) {

    /** The exit code and the output of a finished program. */
    public record Result(int exitCode, String output) {}

    /** The program on PATH; the calling test is skipped, saying so, if there is none. */
    public static Program orSkip(String name) {
        Optional<Path> found = Arrays.stream(
                        System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
        Assumptions.assumeTrue(found.isPresent(), name + " is not installed: apt-get install prometheus brings it");
        return new Program(found.orElseThrow());
    }

    /** Runs it to its end; both of its outputs as one text. */
    public Result run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(path.toString()));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes());
            return new Result(process.waitFor(), output);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("could not run " + command, e);
        }
    }
}
