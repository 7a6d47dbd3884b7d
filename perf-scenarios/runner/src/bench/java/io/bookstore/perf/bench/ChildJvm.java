package io.bookstore.perf.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs a program of this package in a JVM of its own and reads the one line that it answers with. */
final class ChildJvm {

    private ChildJvm() {}

    static JsonNode run(Class<?> program, List<String> jvmOptions, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        @Nullable JsonNode result = null;
        StringBuilder output = new StringBuilder();
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.append(line).append('\n');
                if (EngineUnderTest.isResult(line)) {
                    result = new ObjectMapper().readTree(EngineUnderTest.json(line));
                }
            }
        }
        process.waitFor();
        if (result == null || result.path("exitCode").asInt() != 0) {
            throw new IllegalStateException(program.getSimpleName() + " failed:\n" + output);
        }
        return result;
    }
}
