package io.bookstore.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.bookstore.testing.Checkout;
import io.bookstore.testing.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a user starts it. */
class LlmPerfTest {

    private static final Path program = Checkout.root().resolve("llm-perf");

    @TempDir
    private Path elsewhere;

    @BeforeEach
    void needsAShell() {
        assumeFalse(System.getProperty("os.name").startsWith("Windows"), "skipped: llm-perf is a shell script");
    }

    @Test
    void runsFromAnyFolderWithItsArguments() throws Exception {
        Command.Result list = run(Map.of(), program, "list", "--json");

        assertThat(list.exitCode()).as(list.tail()).isZero();
        assertThat(list.output()).startsWith("[").contains("\"ai-smoke\"");
    }

    @Test
    void runsThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(elsewhere.resolve("lp"), program);

        assertThat(run(Map.of(), link, "--version").output()).startsWith("llm-perf ");
    }

    @Test
    void endsWithTheExitCodeOfTheProgramAndCallsItByItsName() throws Exception {
        Command.Result unknown = run(Map.of("PERF_LAUNCHER", "off"), program, "run", "ai smoke");

        assertThat(unknown.exitCode()).isEqualTo(64);
        assertThat(unknown.output()).contains("Unknown scenario \"ai smoke\"", "\"llm-perf list\" names all");
    }

    @Test
    void javaHomeWithoutAJavaIsNamed() throws Exception {
        Command.Result run = run(Map.of("JAVA_HOME", elsewhere.toString()), program, "list");

        assertThat(run.exitCode()).isEqualTo(69);
        assertThat(run.output())
                .isEqualToIgnoringNewLines("JAVA_HOME is " + elsewhere
                        + ", which has no bin/java: correct it, or unset it to use the java on PATH.");
    }

    @Test
    void pathWithoutAJavaIsNamed() throws Exception {
        Command.Result run = run(Map.of("JAVA_HOME", "", "PATH", elsewhere.toString()), program, "list");

        assertThat(run.exitCode()).isEqualTo(69);
        assertThat(run.output())
                .isEqualToIgnoringNewLines("No java on PATH: install a JDK 17 or later, or set JAVA_HOME.");
    }

    @Test
    void javaBefore17IsNamed() throws Exception {
        Path java = java("#!/bin/sh\necho 'openjdk version \"1.8.0_392\"' >&2\n");

        Command.Result run = run(Map.of("JAVA_HOME", elsewhere.toString()), program, "list");

        assertThat(run.exitCode()).isEqualTo(69);
        assertThat(run.output())
                .isEqualToIgnoringNewLines(
                        java + " is Java 1.8.0_392, and llm-perf needs 17 or later: set JAVA_HOME to one.");
    }

    @Test
    void versionInTheFileOfAJdkIsEnough() throws Exception {
        java("#!/bin/sh\necho \"$@\"\n");
        Files.writeString(elsewhere.resolve("release"), "IMPLEMENTOR=\"Any\"\nJAVA_VERSION=\"25\"\n");

        Command.Result run = run(Map.of("JAVA_HOME", elsewhere.toString()), program, "run", "two words");

        assertThat(run.output()).startsWith("-jar /").contains("/perf.jar run two words");
    }

    @Test
    void jarThatIsNotBuiltIsNamedWithTheCommandThatBuildsIt() throws Exception {
        Path copy = Files.copy(program, elsewhere.resolve("llm-perf"));

        Command.Result run = run(Map.of(), copy, "list");

        assertThat(run.exitCode()).isEqualTo(66);
        assertThat(run.output())
                .isEqualToIgnoringNewLines("No perf.jar in " + elsewhere
                        + ": build it with \"make build\", or with \"mvn -q -DskipTests package\".");
    }

    // No machine of the build can run it, so that its text has to do.
    @Test
    void launcherForWindowsStartsTheSameJarInTheSameWay() throws IOException {
        String windows = Files.readString(Checkout.root().resolve("llm-perf.cmd"));
        String unix = Files.readString(program);

        assertThat(found("%~dp0([\\w./-]+\\.jar)", windows.replace('\\', '/')))
                .isEqualTo(found("\\$home/([\\w./-]+\\.jar)", unix))
                .hasSize(2);
        assertThat(found("\"%java%\" (.*)\"%jar%\" %\\*", windows))
                .isEqualTo(found("exec \"\\$java\" (.*)\"\\$jar\" \"\\$@\"", unix))
                .hasSize(1);
        assertThat(found("(\\d+) or later", windows)).isEqualTo(found("(\\d+) or later", unix));
        assertThat(found("exit /b (\\d+)", windows)).isEqualTo(found("fail (\\d+)", unix));
    }

    /** The different groups of all matches, in their order. */
    private static List<String> found(String pattern, String launcher) {
        return Pattern.compile(pattern)
                .matcher(launcher)
                .results()
                .map(match -> match.group(1))
                .distinct()
                .toList();
    }

    private Path java(String script) throws IOException {
        Path java = Files.writeString(
                Files.createDirectories(elsewhere.resolve("bin")).resolve("java"), script);
        assertThat(java.toFile().setExecutable(true)).isTrue();
        return java;
    }

    private Command.Result run(Map<String, String> environment, Path script, String... arguments) {
        return Command.of(script.toString())
                .and(arguments)
                .in(elsewhere)
                .with(environment)
                .run();
    }
}
