package io.bookstore.perf.adapt;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A folder of adapted files, with the checksum of each as it was written: so a change by hand is seen. */
public final class AdaptedFolder {

    /** The file of the checksums. */
    static final String CHECKSUMS = ".llm-perf-adapt.json";

    private static final ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Path folder;
    private final Map<String, String> written;

    private AdaptedFolder(Path folder, Map<String, String> written) {
        this.folder = folder;
        this.written = written;
    }

    /**
     * Reads the checksums of a folder, which need not be there yet.
     *
     * @throws PerfException if they cannot be read
     */
    public static AdaptedFolder open(Path folder) {
        Path file = folder.resolve(CHECKSUMS);
        try {
            return new AdaptedFolder(
                    folder,
                    Files.exists(file)
                            ? json.readValue(Files.readString(file), new TypeReference<TreeMap<String, String>>() {})
                            : Map.of());
        } catch (IOException e) {
            throw new PerfException(
                    ExitCode.NO_INPUT,
                    "The checksums in " + file + " cannot be read: restore the file, or remove it to have every file of"
                            + " the folder taken as changed by hand.");
        }
    }

    /** Returns whether something was adapted into the folder before. */
    public boolean isNew() {
        return written.isEmpty();
    }

    /** The files that differ from what they would be, by their paths. */
    public List<FileChange> changes(Map<String, String> files) {
        Set<String> paths = new TreeSet<>(files.keySet());
        paths.addAll(written.keySet());
        return paths.stream()
                .map(path -> change(path, files.get(path)))
                .filter(change -> !Objects.equals(change.before(), change.after()))
                .toList();
    }

    /**
     * Makes the changes and notes the checksums of all files.
     *
     * @throws PerfException if a file cannot be written
     */
    public void write(List<FileChange> changes, Map<String, String> files) {
        try {
            for (FileChange change : changes) {
                Path file = folder.resolve(change.path());
                if (change.after() == null) {
                    Files.delete(file);
                } else {
                    Files.createDirectories(file.toAbsolutePath().getParent());
                    Files.writeString(file, change.after());
                }
            }
            Map<String, String> checksums = new TreeMap<>();
            files.forEach((path, text) -> checksums.put(path, checksum(text)));
            Files.writeString(folder.resolve(CHECKSUMS), json.writeValueAsString(checksums) + "\n");
        } catch (IOException e) {
            throw new PerfException(
                    ExitCode.NO_INPUT, "Cannot write to " + folder + " (" + e + "): name another folder with -o.");
        }
    }

    private FileChange change(String path, @Nullable String after) {
        Path file = folder.resolve(path);
        try {
            String before = Files.exists(file) ? Files.readString(file) : null;
            return new FileChange(
                    path, before, after, before != null && !checksum(before).equals(written.get(path)));
        } catch (IOException e) {
            throw new PerfException(
                    ExitCode.NO_INPUT,
                    "The file " + file + " cannot be read (" + e + "): move it away, or name another folder with -o.");
        }
    }

    private static String checksum(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
