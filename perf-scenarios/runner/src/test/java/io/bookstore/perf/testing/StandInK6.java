package io.bookstore.perf.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** A program that behaves as k6 towards its caller; {@code k6-stand-in.sh} says how a script chooses its ending. */
public final class StandInK6 {

    private StandInK6() {}

    /** Puts an executable {@code k6} into the folder and returns it. */
    public static Path installInto(Path folder) {
        return installInto(folder, "1.7.1");
    }

    /** Puts a {@code k6} of that version into the folder. */
    public static Path installInto(Path folder, String version) {
        Path k6 = folder.resolve("k6");
        try (InputStream script = Objects.requireNonNull(StandInK6.class.getResourceAsStream("k6-stand-in.sh"))) {
            String text = new String(script.readAllBytes(), StandardCharsets.UTF_8).replace("v1.7.1", "v" + version);
            // A shell writes it: a process that another test starts while this JVM has the file open for writing would
            // keep it open, and then it could not be executed ("text file busy").
            Process shell =
                    new ProcessBuilder("/bin/sh", "-c", "cat > \"$0\" && chmod 755 \"$0\"", k6.toString()).start();
            try (OutputStream input = shell.getOutputStream()) {
                input.write(text.getBytes(StandardCharsets.UTF_8));
            }
            if (shell.waitFor() != 0) {
                throw new IllegalStateException("cannot write " + k6);
            }
            return k6;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
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
