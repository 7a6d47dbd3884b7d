package io.bookstore.api.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An archive of the service's loaded classes (JDK: "class data sharing"), made by one start of it and used by all others of
 * these tests, each of which takes half the processor time then.
 */
final class ClassesOfService {

    private static final Path ARCHIVE = Path.of("target", "proof", "classes.jsa");
    private static final List<String> FLAGS = flags("-XX:SharedArchiveFile=", make());

    private ClassesOfService() {}

    /** Flags of a JVM that uses the archive; none if it could not be made. */
    static List<String> flags() {
        return FLAGS;
    }

    private static boolean make() {
        try {
            Files.createDirectories(ARCHIVE.toAbsolutePath().getParent());
            Files.deleteIfExists(ARCHIVE);
            try (PackagedService recorded = PackagedService.recorded(flags("-XX:ArchiveClassesAtExit=", true))) {
                recorded.signal("TERM");
                recorded.exitCode();
            }
            return Files.exists(ARCHIVE);
        } catch (IOException e) {
            return false;
        }
    }

    private static List<String> flags(String use, boolean archived) {
        if (!archived) {
            return List.of();
        }
        // The JVM names each class that it leaves out, on standard output.
        return Runtime.version().feature() < 24
                ? List.of(use + ARCHIVE, "-Xlog:cds*=off")
                : List.of(use + ARCHIVE, "-Xlog:cds*=off", "-Xlog:aot*=off");
    }
}
