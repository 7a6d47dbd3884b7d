package io.bookstore.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A plain {@code java -jar} gets a JVM with a small heap; memory options of the user's own win. */
class LauncherTest {

    private static final long LARGE = 6L << 30;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final List<Process> started = new ArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        for (Process process : started) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Test
    void plainStartHasTheOptionsOfTheBenchmark() {
        assertThat(launcher(Map.of(), "-jar", "llm-simulator.jar", "--profile", "zero")
                        .second())
                .hasValueSatisfying(arguments -> assertThat(arguments)
                        .startsWith("-XX:+UseParallelGC", "-Xms640m", "-Xmx640m", "-Xmn24m")
                        .endsWith("-jar", "llm-simulator.jar", "--profile", "zero"));
    }

    @Test
    void systemPropertiesArePassedOn() {
        assertThat(launcher(Map.of(), "-Da=b", "-jar", "llm-simulator.jar").second())
                .hasValueSatisfying(arguments -> assertThat(arguments).endsWith("-Da=b", "-jar", "llm-simulator.jar"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Xmx1g", "-XX:+UseZGC", "-javaagent:a.jar", "-agentlib:jdwp=server=y"})
    void optionsOfTheUsersOwnWin(String option) {
        assertThat(launcher(Map.of(), option, "-jar", "llm-simulator.jar").second())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "JAVA_TOOL_OPTIONS, -Xmx640m",
        "JDK_JAVA_OPTIONS, -Xmx1g",
        "_JAVA_OPTIONS, -Xmx1g",
        "SIMULATOR_LAUNCHER, off"
    })
    void variableOfTheUsersOwnWins(String name, String value) {
        assertThat(launcher(Map.of(name, value), "-jar", "llm-simulator.jar").second())
                .isEmpty();
    }

    @Test
    void smallMachineAndOtherStartsAreLeftAsTheyAre() {
        List<String> jar = List.of("-jar", "llm-simulator.jar");

        assertThat(new Launcher(jar, Map.of(), 640L << 20).second()).isEmpty();
        assertThat(launcher(Map.of(), "-cp", "a.jar", "io.bookstore.simulator.Main")
                        .second())
                .isEmpty();
        assertThat(launcher(Map.of()).second()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fit", "replay", "drift"})
    void commandThatHoldsAFileHasTheHeapOfTheMachine(String command) {
        assertThat(launcher(Map.of(), "-jar", "llm-simulator.jar", command, "journal.jsonl")
                        .second())
                .isEmpty();
    }

    @Test
    void simulatorEndsWithTheJvmThatWasStarted() throws Exception {
        Process process = start("--port", "0", "--profile", "zero");
        RawHttp http = http(process);
        ProcessHandle second = process.descendants().findFirst().orElseThrow();

        assertThat(second.info().arguments().orElseThrow()).contains("-Xmx640m");
        assertThat(http.get("/health")).startsWith("HTTP/1.1 200 ");

        process.destroy();
        process.waitFor();

        assertThat(second.isAlive()).isFalse();
        assertThat(answers(http)).isFalse();
    }

    @Test
    void simulatorEndsWhenTheJvmThatWasStartedIsKilled() throws Exception {
        Process process = start("--port", "0", "--profile", "zero");
        RawHttp http = http(process);

        process.destroyForcibly();

        await().atMost(PATIENCE).until(() -> !answers(http));
    }

    @Test
    void exitCodeIsThatOfTheSimulator() throws Exception {
        Process process = start("--profile", "warp");

        assertThat(process.inputReader().readLine()).startsWith("There is no profile named \"warp\"");
        assertThat(process.waitFor()).isEqualTo(2);
    }

    private static Launcher launcher(Map<String, String> environment, String... arguments) {
        return new Launcher(List.of(arguments), environment, LARGE);
    }

    private static RawHttp http(Process process) throws IOException {
        String line = process.inputReader().readLine();
        return new RawHttp(URI.create(line.replaceAll(".*(http://\\S+).*", "$1")));
    }

    /** Starts a jar as the build makes it, with the classes of this build. */
    private Process start(String... arguments) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "io.bookstore.simulator.Main");
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                                .map(entry -> Path.of(entry).toUri().toString())
                                .collect(Collectors.joining(" ")));
        Path jar = folder.resolve("llm-simulator.jar");
        try (OutputStream file = Files.newOutputStream(jar)) {
            new JarOutputStream(file, manifest).close();
        }
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar.toString())
                .redirectErrorStream(true);
        builder.command().addAll(List.of(arguments));
        // The build's own options are for the build.
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private static boolean answers(RawHttp http) {
        try {
            return http.get("/health").startsWith("HTTP/1.1 200 ");
        } catch (IOException e) {
            return false;
        }
    }
}
