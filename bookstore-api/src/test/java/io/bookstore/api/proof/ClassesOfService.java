package io.bookstore.api.proof;

import io.bookstore.testing.PackagedApi;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** Makes the archive of {@link PackagedApi} by one start of the service; these tests and later ones use it for all others. */
final class ClassesOfService {

    private static final List<String> FLAGS = make() ? PackagedApi.classes("-XX:SharedArchiveFile=") : List.of();

    private ClassesOfService() {}

    /** Flags of a JVM that uses the archive; none if it could not be made. */
    static List<String> flags() {
        return FLAGS;
    }

    private static boolean make() {
        try {
            Files.createDirectories(PackagedApi.CLASSES.getParent());
            Files.deleteIfExists(PackagedApi.CLASSES);
            try (PackagedService recorded =
                    PackagedService.recorded(PackagedApi.classes("-XX:ArchiveClassesAtExit="))) {
                recorded.signal("TERM");
                recorded.exitCode();
            }
            return Files.exists(PackagedApi.CLASSES);
        } catch (IOException e) {
            return false;
        }
    }
}
