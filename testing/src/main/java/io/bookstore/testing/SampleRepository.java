package io.bookstore.testing;

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

    /** Puts the jar of a module, and the POM that a consumer reads, where Maven looks first. */
    public void publish(String artifact, Path target) throws IOException {
        String name = artifact + "-" + version;
        Path place = Files.createDirectories(
                folder.resolve("io/bookstore").resolve(artifact).resolve(version));
        Files.copy(target.resolve(name + ".jar"), place.resolve(name + ".jar"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(
                target.resolve("flattened-pom.xml"), place.resolve(name + ".pom"), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Compiles a project, and copies what it depends on to its {@code target/lib}; the result is of Maven. */
    public Command.Result compile(Program maven, Path project, String... arguments) throws Exception {
        return maven.command("-B", "-q", "-Dmaven.repo.local=" + folder, "-Dkit.version=" + version)
                .and(arguments)
                .and("compile", "dependency:copy-dependencies", "-DoutputDirectory=target/lib")
                .in(project)
                .with(Map.of("MAVEN_OPTS", "-Xmx192m -XX:TieredStopAtLevel=1"))
                .run();
    }
}
