package io.bookstore.testing;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of the whole repository, from wherever in it a test runs. */
public final class Checkout {

    private Checkout() {}

    public static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("perf-scenarios/k6"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException(
                        "no perf-scenarios/k6 above " + Path.of("").toAbsolutePath());
            }
        }
        return folder;
    }

    /** The scripts of this kit. */
    public static Path scripts() {
        return root().resolve("perf-scenarios/k6");
    }
}
