package io.bookstore.testing;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/** A folder among the resources of a test, such as a project that the test builds. */
public final class ResourceFolder {

    private ResourceFolder() {}

    /**
     * Copies a folder at the root of the resources.
     *
     * @param test a class of the module that has them
     * @return the copy, under the same name inside {@code target}
     */
    public static Path copy(Class<?> test, String name, Path target) throws IOException {
        Path source = Path.of(URI.create(
                Objects.requireNonNull(test.getResource("/" + name), name).toString()));
        Path copy = target.resolve(name);
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(source.relativize(file).toString()));
            }
        }
        return copy;
    }
}
