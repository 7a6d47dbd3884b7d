package io.bookstore.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** A local Maven repository, kept in {@code target}, from which applications outside the reactor take the jars that were just built. */
public final class SampleRepository {

    private final Path folder = Path.of("target/sample-repository").toAbsolutePath();
    private final String version;

    /** @param version of the kit */
    public SampleRepository(String version) {
        this.version = version;
    }

    /**
     * Builds a project among the resources of a test of the module that it uses; skips the test if there is no Maven.
     *
     * @param artifact the module, which depends on the library
     * @param target   a temporary folder of the test
     * @return the project, built
     */
    public Path build(Class<?> test, String artifact, String sample, Path target, String... arguments)
            throws Exception {
        Program maven = Program.mavenOrSkip();
        publish("llm-instrumentation", Path.of("../llm-instrumentation/target"));
        publish(artifact, Path.of("target"));
        Path project = ResourceFolder.copy(test, sample, target);

        Command.Result build = compile(maven, project, arguments);

        assertThat(build.exitCode()).as(build.tail()).isZero();
        return project;
    }

    /** Puts the jar of a module, and the POM that a consumer reads, where Maven looks first. */
    private void publish(String artifact, Path target) throws IOException {
        String name = artifact + "-" + version;
        Path place = Files.createDirectories(
                folder.resolve("io/bookstore").resolve(artifact).resolve(version));
        Files.copy(target.resolve(name + ".jar"), place.resolve(name + ".jar"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(
                target.resolve("flattened-pom.xml"), place.resolve(name + ".pom"), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Compiles a project, and copies what it depends on to its {@code target/lib}; the result is of Maven. */
    private Command.Result compile(Program maven, Path project, String... arguments) throws Exception {
        return maven.command("-B", "-q", "-Dmaven.repo.local=" + folder, "-Dkit.version=" + version)
                .and(arguments)
                .and("compile", "dependency:copy-dependencies", "-DoutputDirectory=target/lib")
                .in(project)
                .with(Map.of("MAVEN_OPTS", "-Xmx192m -XX:TieredStopAtLevel=1"))
                .run();
    }
}
