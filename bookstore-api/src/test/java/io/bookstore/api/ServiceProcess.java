package io.bookstore.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bookstore.testing.LogTail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The service as a process of its own, as a user starts it, with its output in a file. */
final class ServiceProcess implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Process process;
    private final Path log;

    private ServiceProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static ServiceProcess start(Path directory, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.bookstore.api.Application");
        builder.environment()
                .keySet()
                .removeIf(name -> name.matches("(ANTHROPIC|OPENAI|GEMINI|OLLAMA|LMSTUDIO|OTEL|MONGODB|REDIS).*"));
        builder.environment().put("MICRONAUT_SERVER_PORT", "0");
        builder.environment().put("SIMULATOR_PORT", "0");
        builder.environment().put("BOOKSTORE_DATA_DIR", "memory");
        builder.environment().putAll(environment);
        Path log = Files.createTempFile(directory, "service", ".log");
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        return new ServiceProcess(builder.start(), log);
    }

    /** Waits for the banner and returns the address that it gives under that name. */
    String address(String name) {
        awaitLine("Metrics .*");
        Matcher address = Pattern.compile(name + " +([^\\s\"]+)").matcher(output());
        assertThat(address.find()).as("address %s in%n%s", name, output()).isTrue();
        // In JSON a slash may be escaped.
        return address.group(1).replace("\\/", "/");
    }

    /** Waits for a line of the log whose end matches, and returns what does. */
    String awaitLine(String pattern) {
        Pattern line = Pattern.compile(pattern + "(?=\\R)");
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(line.matcher(output()).find() || !process.isAlive())
                        .as("a line \"%s\" in the log, of which this is the end:%n%s", pattern, endOfOutput())
                        .isTrue());
        Matcher found = line.matcher(output());
        assertThat(found.find())
                .as("a line \"%s\" before the end of the process, which said:%n%s", pattern, endOfOutput())
                .isTrue();
        return found.group();
    }

    /** Asks the process to end. */
    void terminate() {
        process.destroy();
    }

    /** Waits for the end of the process. */
    int exitCode() throws InterruptedException {
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS))
                .as("the process ended; the end of its log:%n%s", endOfOutput())
                .isTrue();
        return process.exitValue();
    }

    String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String endOfOutput() {
        return LogTail.of(output());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
