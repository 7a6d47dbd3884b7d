package io.bookstore.hub;

import io.bookstore.testing.LogTail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program run to its end. */
record Command(int exitCode, String output) {

    /** Below the limit of a whole test, so that a program that hangs is named with what it said. */
    private static final long LIMIT_MINUTES = 4;

    static Command run(Path folder, Map<String, String> environment, List<String> words)
            throws IOException, InterruptedException {
        Path log = Files.createTempFile("command", ".log");
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
                throw new AssertionError("%s has not ended after %d minutes:%n%s"
                        .formatted(String.join(" ", words), LIMIT_MINUTES, LogTail.of(Files.readString(log))));
            }
            return new Command(process.exitValue(), Files.readString(log));
        } finally {
            process.destroyForcibly();
            Files.delete(log);
        }
    }

    /** A Java program that lives for seconds: a small heap, and no time spent on the second compiler. */
    static List<String> java(int heapMegabytes, String... arguments) {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heapMegabytes + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        words.addAll(List.of(arguments));
        return words;
    }

    /** The end of the output, which is where a program says why it failed. */
    String tail() {
        return LogTail.of(output);
    }
}
