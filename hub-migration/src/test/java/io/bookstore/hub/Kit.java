package io.bookstore.hub;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The zip that the build made, unpacked. */
record Kit(Path root) {

    static final Path ZIP = Path.of("target", "llm-perf-kit.zip");

    static Kit unpackInto(Path folder) throws IOException {
        try (InputStream in = Files.newInputStream(ZIP);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = folder.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(zip, file);
                }
            }
        }
        return new Kit(folder.resolve("llm-perf-kit-" + System.getProperty("project.version")));
    }

    Path perfJar() {
        return root.resolve("perf/perf.jar");
    }

    Path repository() {
        return root.resolve("repository");
    }

    /** Copies the hub's descriptor under another name, with another address, for free: the only edits that a port needs. */
    void describe(String name, String baseUrl) throws IOException {
        Path targets = root.resolve("k6/targets");
        String hub = Files.readString(targets.resolve("hub-services.yml"));
        Files.writeString(
                targets.resolve(name + ".yml"),
                hub.replace("http://localhost:8080", baseUrl).replace("paid: true", "paid: false"));
    }
}
