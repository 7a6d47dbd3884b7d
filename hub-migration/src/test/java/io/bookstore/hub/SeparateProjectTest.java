package io.bookstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.testing.Command;
import io.bookstore.testing.Program;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A project of somebody else that knows the kit by its unpacked zip only. */
@ResourceLock(BookStoreService.SHORT_LIVED)
class SeparateProjectTest {

    private static final String VERSION = System.getProperty("project.version");
    private static final String CLASS_PATH = "target/classes" + File.pathSeparator + "target/lib/*";

    @TempDir
    private Path folder;

    @Test
    void buildsAndRunsWithNothingButTheJarOfTheZip() throws Exception {
        Path project = built("separate-project");

        assertThat(folder.resolve("empty-repository/io/bookstore"))
                .isDirectoryContaining("glob:**/llm-instrumentation");
        Command.Result run =
                Command.java(128, "-cp", CLASS_PATH, "shop.Shop").in(project).run();
        assertThat(run.exitCode()).as(run.tail()).isZero();
        assertThat(run.output()).contains("instrumented: A fine book.");
    }

    @Test
    void scriptOfK6RunsWithNothingButTheEngineOfTheZip() throws Exception {
        Path project = built("separate-load-test");

        assertThat(folder.resolve("empty-repository/io/bookstore"))
                .isDirectoryContaining("glob:**/k6-engine")
                .isDirectoryNotContaining("glob:**/perf-scenarios");
        Command.Result run =
                Command.java(192, "-cp", CLASS_PATH, "load.Load").in(project).run();
        assertThat(run.exitCode()).as(run.tail()).isZero();
        assertThat(run.output()).contains("exitCode=0", "name=status is 200, passes=7, fails=0");
    }

    private Path built(String name) throws Exception {
        Program maven = mavenOrSkip();
        Kit kit = Kit.unpackInto(folder);
        Path project = copyOf(name);

        Command.Result build = maven.command("-B", "-q", "-s", settings().toString())
                .and("-Dmaven.repo.local=" + folder.resolve("empty-repository"))
                .and("-Dkit.repository=" + kit.repository().toUri(), "-Dkit.version=" + VERSION)
                .and("compile", "dependency:copy-dependencies", "-DoutputDirectory=target/lib")
                .in(project)
                .with(Map.of("MAVEN_OPTS", "-Xmx192m -XX:TieredStopAtLevel=1"))
                .run();

        assertThat(build.exitCode()).as(build.tail()).isZero();
        return project;
    }

    /** Everything of others comes from this build's own local repository, as files: the test needs no network. */
    private Path settings() throws IOException {
        Path settings = folder.resolve("settings.xml");
        Files.writeString(settings, """
                <settings>
                    <mirrors>
                        <mirror>
                            <id>local-repository</id>
                            <mirrorOf>central</mirrorOf>
                            <url>%s</url>
                        </mirror>
                    </mirrors>
                </settings>
                """.formatted(
                        Path.of(System.getProperty("maven.repo.local")).toUri()));
        return settings;
    }

    private Path copyOf(String name) throws Exception {
        Path source = Path.of(getClass().getResource("/" + name).toURI());
        Path project = folder.resolve(name);
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Files.copy(file, project.resolve(source.relativize(file).toString()));
            }
        }
        return project;
    }

    private static Program mavenOrSkip() {
        return Optional.ofNullable(System.getProperty("maven.home"))
                .map(home -> Path.of(home, "bin", "mvn"))
                .filter(Files::isExecutable)
                .map(Program::new)
                .orElseGet(() -> Program.orSkip("mvn", "maven"));
    }
}
