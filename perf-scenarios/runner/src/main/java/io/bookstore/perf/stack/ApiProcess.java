package io.bookstore.perf.stack;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.jvm.ClassArchive;
import io.bookstore.perf.jvm.JvmMatter;
import io.bookstore.perf.jvm.ServiceJvm;
import io.bookstore.perf.results.facts.ServiceBuild;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The BookStore API as a child process. */
final class ApiProcess implements AutoCloseable {

    private static final int SIMULATOR_PORT = 7005;
    private static final Duration startLimit = Duration.ofSeconds(90);
    private static final Duration stopLimit = Duration.ofSeconds(10);
    private static final Duration archiveLimit = Duration.ofSeconds(60);
    private static final int LOG_LINES_SHOWN = 15;

    private final Process process;
    private final URI baseUrl;
    private final Path log;
    private final ClassArchive archive;
    private final @Nullable ServiceBuild build;
    private final boolean ownsSimulator;
    private final Thread stopAtExit;

    private ApiProcess(
            Process process,
            URI baseUrl,
            Path log,
            ClassArchive archive,
            @Nullable ServiceBuild build,
            boolean ownsSimulator) {
        this.archive = archive;
        this.build = build;
        this.ownsSimulator = ownsSimulator;
        this.process = process;
        this.baseUrl = baseUrl;
        this.log = log;
        this.stopAtExit = new Thread(this::stop, "stop-api");
        Runtime.getRuntime().addShutdownHook(stopAtExit);
    }

    static ApiProcess start(Path apiJar, int port, Map<String, String> extra, boolean everyAddress, Path log) {
        requireJar(apiJar);
        int actualPort = port == 0 ? Ports.draw() : port;
        requireFree(actualPort, "the BookStore API");
        List<String> given = JvmMatter.flagsOf(System.getenv());
        ClassArchive archive = ClassArchive.of(apiJar, System.getenv(), given);
        List<String> flags = new ArrayList<>(ServiceJvm.flags(given));
        flags.addAll(archive.flags());
        ProcessBuilder builder = new ProcessBuilder(command(flags, apiJar));
        Map<String, String> environment = builder.environment();
        environment.putAll(extra);
        complete(environment, actualPort, everyAddress);
        if (port == 0) {
            environment.put("SIMULATOR_PORT", "0");
        } else if (environment.getOrDefault("ANTHROPIC_API_KEY", "").isEmpty()) {
            requireFree(simulatorPort(environment), "the provider simulator");
        }
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        try {
            // Read before the start, for a build may replace the jar at any time.
            ServiceBuild build = ServiceBuild.of(apiJar).orElse(null);
            return new ApiProcess(
                    builder.start(),
                    URI.create("http://localhost:" + actualPort),
                    log,
                    archive,
                    build,
                    environment.getOrDefault("SIMULATOR_URL", "").isEmpty());
        } catch (IOException e) {
            throw new PerfException(
                    ExitCode.CANNOT_START,
                    "Cannot start " + apiJar + " (" + e.getMessage() + "): is " + java() + " there?");
        }
    }

    private static void requireJar(Path apiJar) {
        if (!Files.isRegularFile(apiJar)) {
            throw new PerfException(
                    ExitCode.NO_INPUT,
                    "The BookStore API is not at " + apiJar
                            + (Stack.isOfNoBuild(apiJar)
                                    ? ", for it is no part of this kit: set TARGET to the descriptor of your service, or name"
                                            + " a running BookStore API with --base-url."
                                    : ": build it with \"mvn package\", name its jar with --api-jar, or test a running service"
                                            + " with --base-url."));
        }
    }

    /** Adds the settings of a service that ends with this process and keeps nothing. */
    private static void complete(Map<String, String> environment, int port, boolean everyAddress) {
        // It says what to start, and the service refuses what is no setting of its own.
        environment.remove("BOOKSTORE_API_JAR");
        environment.put("MICRONAUT_SERVER_PORT", String.valueOf(port));
        environment.put("BOOKSTORE_DATA_DIR", "memory");
        if (everyAddress) {
            environment.put("MICRONAUT_SERVER_HOST", "0.0.0.0");
        }
        environment.put(
                "BOOKSTORE_PARENT_PID", String.valueOf(ProcessHandle.current().pid()));
    }

    /** The jar that was started; null if it could not be read. */
    @Nullable
    ServiceBuild build() {
        return build;
    }

    URI baseUrl() {
        return baseUrl;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Returns whether a simulator that the service names ends with it, so that nobody else uses it. */
    boolean ownsSimulator() {
        return ownsSimulator;
    }

    void awaitReadiness(ServiceClient client, Consumer<String> progress) throws InterruptedException {
        long started = System.nanoTime();
        URI readiness = baseUrl.resolve("/health/readiness");
        while (System.nanoTime() - started < startLimit.toNanos()) {
            if (!process.isAlive()) {
                throw new PerfException(
                        ExitCode.CANNOT_START,
                        "The BookStore API ended with exit code " + process.exitValue()
                                + " before it was ready; the end of " + log + ":\n" + endOfLog());
            }
            Optional<Integer> status = client.status(readiness);
            if (status.isPresent() && status.get() == 200) {
                return;
            }
            progress.accept("waiting for " + readiness
                    + status.map(code -> " (HTTP " + code + ")").orElse(""));
            process.waitFor(200, TimeUnit.MILLISECONDS);
        }
        throw new PerfException(
                ExitCode.CANNOT_START,
                "The BookStore API was not ready within " + startLimit.toSeconds() + " s; the end of " + log + ":\n"
                        + endOfLog());
    }

    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(stopAtExit);
        } catch (IllegalStateException alreadyShuttingDown) {
            // Then the hook runs, or has run, and finds nothing left to stop.
        }
    }

    private void stop() {
        process.destroy();
        Duration limit = archive.isRecorded() ? archiveLimit : stopLimit;
        try {
            if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                archive.keep();
            } else {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    // Ctrl-C reaches every process of the terminal's group. The service must outlive it for teardown and the last
    // counts, so it starts with that signal ignored; a JVM keeps a signal ignored that it finds ignored.
    private static List<String> command(List<String> flags, Path apiJar) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(Path.of("/bin/sh"))) {
            command.addAll(List.of("/bin/sh", "-c", "trap '' INT; exec \"$@\"", "sh"));
        }
        command.add(java());
        command.addAll(flags);
        // A JVM finds the archive of its classes by the path that it was made with.
        command.addAll(List.of("-jar", apiJar.toAbsolutePath().normalize().toString()));
        return command;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static int simulatorPort(Map<String, String> environment) {
        try {
            return Ports.checked(
                    Integer.parseInt(environment.getOrDefault("SIMULATOR_PORT", String.valueOf(SIMULATOR_PORT))),
                    "SIMULATOR_PORT");
        } catch (NumberFormatException e) {
            throw new PerfException(
                    ExitCode.USAGE,
                    "SIMULATOR_PORT must be a port number, was \"" + environment.get("SIMULATOR_PORT") + "\".");
        }
    }

    private static void requireFree(int port, String user) {
        if (!Ports.free(port)) {
            throw new PerfException(
                    ExitCode.CANNOT_START,
                    "Port " + port + ", which " + user
                            + " needs, is taken: stop the program that uses it, take free ports with --port 0, or test"
                            + " a running service with --base-url.");
        }
    }

    private String endOfLog() {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
        } catch (IOException e) {
            return "(cannot be read: " + e.getMessage() + ")";
        }
    }
}
