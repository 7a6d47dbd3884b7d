package io.bookstore.perf.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/** A program that behaves as k6 towards its caller; {@code k6-stand-in.sh} says how a script chooses its ending. */
public final class StandInK6 {

    private StandInK6() {}

    /** Puts an executable {@code k6} into the folder and returns it. */
    public static Path installInto(Path folder) {
        Path k6 = folder.resolve("k6");
        try (InputStream script = Objects.requireNonNull(StandInK6.class.getResourceAsStream("k6-stand-in.sh"))) {
            Files.copy(script, k6);
            Files.setPosixFilePermissions(k6, PosixFilePermissions.fromString("rwxr-xr-x"));
            return k6;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A script that ends as its first line says. */
    public static Path script(Path folder, String behaviour) {
        try {
            return Files.writeString(
                    folder.resolve("script.js"), "// " + behaviour + "\nexport default function () {}\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
