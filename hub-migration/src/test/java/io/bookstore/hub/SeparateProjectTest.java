package io.bookstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.testing.Command;
import io.bookstore.testing.Program;
import io.bookstore.testing.ResourceFolder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Two projects of somebody else that know the kit by its unpacked zip only, compiled by one Maven. */
@ResourceLock(BookStoreService.PACKAGED)
class SeparateProjectTest {

    private static final String VERSION = System.getProperty("project.version");
    private static final String CLASS_PATH = "target/classes" + File.pathSeparator + "target/lib/*";

    @TempDir
    private static Path folder;

    private static Path projects;

    @BeforeAll
    static void build() throws Exception {
        Program maven = Program.mavenOrSkip();
        Kit kit = Kit.unpackInto(folder);
        projects = ResourceFolder.copy(SeparateProjectTest.class, "separate-projects", folder);

        Command.Result build = maven.command("-B", "-q", "-s", settings().toString())
                .and("-Dmaven.repo.local=" + folder.resolve("empty-repository"))
                .and("-Dkit.repository=" + kit.repository().toUri(), "-Dkit.version=" + VERSION)
                .and("compile", "dependency:copy-dependencies", "-DoutputDirectory=target/lib")
                .in(projects)
                .with(Map.of("MAVEN_OPTS", "-Xmx192m -XX:+UseSerialGC -XX:TieredStopAtLevel=1"))
                .run();

        assertThat(build.exitCode()).as(build.tail()).isZero();
    }

    @Test
    void shopBuildsAndRunsWithNothingButTheJarOfTheZip() {
        Command.Result run = Command.java(128, "-cp", CLASS_PATH, "shop.Shop")
                .in(projects.resolve("shop"))
                .run();

        assertThat(run.exitCode()).as(run.tail()).isZero();
        assertThat(run.output()).contains("instrumented: A fine book.");
    }

    @Test
    void scriptOfK6RunsWithNothingButTheEngineOfTheZip() {
        Command.Result run = Command.java(192, "-cp", CLASS_PATH, "load.Load")
                .in(projects.resolve("load"))
                .run();

        assertThat(run.exitCode()).as(run.tail()).isZero();
        assertThat(run.output()).contains("exitCode=0", "name=status is 200, passes=7, fails=0");
    }

    @Test
    void neitherNeedsTheRunner() {
        assertThat(folder.resolve("empty-repository/io/bookstore"))
                .isDirectoryContaining("glob:**/llm-instrumentation")
                .isDirectoryContaining("glob:**/k6-engine")
                .isDirectoryNotContaining("glob:**/perf-scenarios");
    }

    /** Everything of others comes from this build's own local repository, as files: the test needs no network. */
    private static Path settings() throws IOException {
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
}
