package io.bookstore.perf.results.facts;

import io.bookstore.perf.ContentHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A build of a service that was started.
 *
 * @param jar  file name
 * @param hash hash of the jar and of the libraries in {@code lib/} beside it
 */
public record ServiceBuild(String jar, String hash) {

    /** Looks at a runnable jar; empty if it cannot be read. */
    public static Optional<ServiceBuild> of(Path jar) {
        try {
            SortedMap<String, Path> files = new TreeMap<>();
            files.put("", jar);
            Path libraries = jar.toAbsolutePath().resolveSibling("lib");
            if (Files.isDirectory(libraries)) {
                try (Stream<Path> inside = Files.list(libraries)) {
                    inside.filter(file -> file.toString().endsWith(".jar"))
                            .forEach(file -> files.put(file.getFileName().toString(), file));
                }
            }
            return Optional.of(new ServiceBuild(jar.getFileName().toString(), ContentHash.of(files)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
