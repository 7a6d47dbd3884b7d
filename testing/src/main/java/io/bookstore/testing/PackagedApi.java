package io.bookstore.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The packaged BookStore API, and the archive of its loaded classes (JDK: "class data sharing") that the proofs of its module
 * make before other modules start it: it halves the processor time of a start.
 */
public final class PackagedApi {

    /** The jar; absent until the module is packaged. */
    public static final Path JAR = Checkout.root().resolve("bookstore-api/target/bookstore-api.jar");

    /** The archive; absent until the proofs have made it. */
    public static final Path CLASSES = JAR.resolveSibling("proof").resolve("classes.jsa");

    private PackagedApi() {}

    /** Returns a command that starts it, by the archive if there is one that fits. */
    public static Command command(int heapMegabytes, String... flags) {
        return Command.java(heapMegabytes, flags)
                .and(Files.exists(CLASSES) ? classes("-XX:SharedArchiveFile=") : List.of())
                .and("-jar", JAR.toString());
    }

    /**
     * Returns flags about the archive that also keep the JVM from naming, on standard output, each class that it leaves out.
     *
     * @param flag the one that takes the archive's path
     */
    public static List<String> classes(String flag) {
        return Runtime.version().feature() < 24
                ? List.of(flag + CLASSES, "-Xlog:cds*=off")
                : List.of(flag + CLASSES, "-Xlog:cds*=off", "-Xlog:aot*=off");
    }
}
