package io.bookstore.perf.export;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A script and every file that it may read, small enough for a ConfigMap.
 *
 * @param script path of the script below the root, with slashes
 * @param files  texts by their path below the root, in the order of the paths
 */
record ScriptBundle(String script, Map<String, String> files) {

    // A ConfigMap holds 1 MiB, names and manifest included.
    private static final int MAX_BYTES = 1_000_000;

    private static final List<String> suffixes =
            List.of(".js", ".json", ".jsonl", ".ndjson", ".csv", ".yml", ".yaml", ".txt");

    /**
     * The script with its folder, or with all of {@code kit} if it lies in there: our scripts import from beside
     * their own folder.
     */
    static ScriptBundle of(Path script, Path kit) {
        Path file = script.toAbsolutePath().normalize();
        Path home = kit.toAbsolutePath().normalize();
        Path root = file.startsWith(home) ? home : file.resolveSibling("");
        try (Stream<Path> all = Files.walk(root)) {
            Map<String, String> files = new LinkedHashMap<>();
            int bytes = 0;
            for (Path each : all.filter(ScriptBundle::belongs).sorted().toList()) {
                String text = Files.readString(each);
                bytes += text.length();
                files.put(path(root, each), text);
            }
            if (bytes > MAX_BYTES) {
                throw new PerfException(
                        ExitCode.USAGE,
                        "The scripts in " + root + " have " + bytes + " bytes, and a ConfigMap holds " + MAX_BYTES
                                + ": move the script with what it reads into a folder of its own.");
            }
            return new ScriptBundle(path(root, file), files);
        } catch (MalformedInputException e) {
            throw new PerfException(
                    ExitCode.NO_INPUT,
                    "A file in " + root + " is no UTF-8 text: move the script into a folder of its own.");
        } catch (IOException e) {
            throw new PerfException(ExitCode.NO_INPUT, "Cannot read " + root + " (" + e.getMessage() + ").");
        }
    }

    /** The key of a ConfigMap, which must not have a slash. */
    static String key(String path) {
        return path.replaceAll("[^-._a-zA-Z0-9]", "__");
    }

    private static boolean belongs(Path file) {
        String name = file.getFileName().toString();
        return Files.isRegularFile(file)
                && suffixes.stream().anyMatch(name::endsWith)
                && !file.toString().contains("node_modules");
    }

    private static String path(Path root, Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }
}
