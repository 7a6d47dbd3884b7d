package io.bookstore.perf.jvm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An archive of a program's loaded classes (JDK: "class data sharing"), which halves the processor time of its start. It
 * costs some seconds at the end of the JVM that makes it, so the second run of the same build on the same JDK makes it and
 * all later ones use it: a build that runs once, as in CI, pays nothing.
 *
 * <p>Archives are in {@code PERF_CACHE}, by default {@code bookstore-perf} of the user's cache folder; the last
 * {@value #KEPT} are kept. Whatever goes wrong with one, the program starts without it.
 */
public final class ClassArchive {

    /** The variable that names the folder of archives; {@code off} for none. */
    public static final String FOLDER = "PERF_CACHE";

    private static final int KEPT = 4;
    private static final int RUNS_REMEMBERED = 50;
    private static final String ARCHIVE = ".jsa";
    private static final String RUN_ONCE = ".once";

    private final @Nullable Path used;
    private final @Nullable Path recorded;
    private final @Nullable Path kept;

    private ClassArchive(@Nullable Path used, @Nullable Path recorded, @Nullable Path kept) {
        this.used = used;
        this.recorded = recorded;
        this.kept = kept;
    }

    private static ClassArchive none() {
        return new ClassArchive(null, null, null);
    }

    /**
     * The archive of one JVM that is about to start on the JDK of this one.
     *
     * @param jar         the program, with its libraries in {@code lib} beside it; no archive for anything else
     * @param environment the environment of this process
     * @param given       the user's own flags
     */
    public static ClassArchive of(Path jar, Map<String, String> environment, List<String> given) {
        String folder = environment.getOrDefault(FOLDER, "");
        if (folder.equals("off") || JvmMatter.ARCHIVE.chosenBy(given)) {
            return none();
        }
        try {
            Path program = jar.toRealPath();
            Path libraries = program.resolveSibling("lib");
            if (!program.toString().endsWith(".jar") || !Files.isDirectory(libraries)) {
                return none();
            }
            Path cache = Files.createDirectories(folder.isEmpty() ? userCache(environment) : Path.of(folder));
            return in(cache, key(program, libraries));
        } catch (IOException | InvalidPathException e) {
            // Nowhere to keep one: the start takes longer, and nothing else is different.
            return none();
        }
    }

    private static ClassArchive in(Path cache, String key) throws IOException {
        prune(cache, ARCHIVE, KEPT);
        prune(cache, RUN_ONCE, RUNS_REMEMBERED);
        Path archive = cache.resolve(key + ARCHIVE);
        Path once = cache.resolve(key + RUN_ONCE);
        if (Files.exists(archive)) {
            Files.setLastModifiedTime(archive, FileTime.from(Instant.now()));
            return new ClassArchive(archive, null, null);
        }
        if (Files.exists(once)) {
            return new ClassArchive(
                    null, cache.resolve(key + "." + ProcessHandle.current().pid() + ".new"), archive);
        }
        Files.createFile(once);
        return none();
    }

    /** Flags that use or make the archive; empty for neither. */
    public List<String> flags() {
        List<String> flags = new ArrayList<>();
        if (used != null) {
            flags.add("-XX:SharedArchiveFile=" + used);
        } else if (recorded != null) {
            flags.add("-XX:ArchiveClassesAtExit=" + recorded);
        } else {
            return flags;
        }
        // It tells of each class that it cannot take, on standard output.
        flags.add("-Xlog:cds*=off");
        if (Runtime.version().feature() >= 24) {
            flags.add("-Xlog:aot*=off");
        }
        return flags;
    }

    /** Returns whether the JVM makes an archive when it ends, which takes it some seconds. */
    public boolean isRecorded() {
        return recorded != null;
    }

    /** Keeps what the JVM has made; to be called when it has ended. */
    public void keep() {
        if (recorded == null || kept == null) {
            return;
        }
        try {
            Files.move(recorded, kept, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // It was killed, or its disk is full: another run makes one.
        }
    }

    /** A program, its libraries and the JDK, as the JVM compares them too: by path, size and time. */
    private static String key(Path program, Path libraries) throws IOException {
        StringBuilder text = new StringBuilder(System.getProperty("java.home") + System.getProperty("java.vm.version"));
        try (Stream<Path> jars = Files.list(libraries)) {
            for (Path jar : Stream.concat(Stream.of(program), jars.sorted()).toList()) {
                text.append('\n')
                        .append(jar)
                        .append(' ')
                        .append(Files.size(jar))
                        .append(' ')
                        .append(Files.getLastModifiedTime(jar));
            }
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            String name = program.getFileName().toString().replace(".jar", "");
            return name + "-" + HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static Path userCache(Map<String, String> environment) {
        String base = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path caches = base.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(base);
        return caches.resolve("bookstore-perf");
    }

    private static void prune(Path cache, String ending, int most) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(cache)) {
            files = all.filter(file -> file.toString().endsWith(ending))
                    .sorted(Comparator.comparing(ClassArchive::time).reversed())
                    .toList();
        }
        for (Path old : files.subList(Math.min(most, files.size()), files.size())) {
            Files.deleteIfExists(old);
        }
    }

    private static FileTime time(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException goneMeanwhile) {
            return FileTime.from(Instant.EPOCH);
        }
    }
}
