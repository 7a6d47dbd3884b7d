package io.bookstore.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/** A program that a machine may have or not; a test that needs one names it when it skips. */
public record Program(Path path) {

    /** Returns the program on PATH; empty if there is none. */
    public static Optional<Program> find(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(folder -> Stream.of(Path.of(folder, name), Path.of(folder, name + ".exe")))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Program::new);
    }

    /**
     * Returns the program on PATH; the calling test is skipped, saying so, if there is none.
     *
     * @param debianPackage the package that brings it
     */
    public static Program orSkip(String name, String debianPackage) {
        return find(name)
                .orElseThrow(() -> new TestAbortedException(
                        "skipped: no " + name + " on the PATH; apt-get install " + debianPackage + " brings it"));
    }

    /** Returns the Maven that runs this build, or the one on PATH; the calling test is skipped, saying so, if there is none. */
    public static Program mavenOrSkip() {
        return Optional.ofNullable(System.getProperty("maven.home"))
                .map(home -> Path.of(home, "bin", "mvn"))
                .filter(Files::isExecutable)
                .map(Program::new)
                .orElseGet(() -> orSkip("mvn", "maven"));
    }

    /** The program with arguments. */
    public Command command(String... arguments) {
        return Command.of(path.toString()).and(arguments);
    }
}
