package io.bookstore.perf.export;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A script and every file that it may read, small enough for a ConfigMap.
 *
 * @param script path of the script below the root, with slashes
 * @param files  texts by their path below the root, in the order of the paths
 */
record ScriptBundle(String script, Map<String, String> files) {

    private static final Pattern secretFile = Pattern.compile("\\$\\{file:([^}]+)}");

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
            for (Path each : all.filter(ScriptBundle::belongs).sorted().toList()) {
                files.put(path(root, each), Files.readString(each));
            }
            files.keySet().removeAll(secretFiles(files));
            refuseCredentials(root, files);
            return new ScriptBundle(path(root, file), files);
        } catch (MalformedInputException e) {
            throw new PerfException(
                    ExitCode.NO_INPUT,
                    "A file in " + root + " is no UTF-8 text: move the script into a folder of its own.");
        } catch (IOException e) {
            throw new PerfException(ExitCode.NO_INPUT, "Cannot read " + root + " (" + e.getMessage() + ").");
        }
    }

    /** The files that a descriptor among these names as <code>${file:PATH}</code>: a secret goes into no ConfigMap. */
    private static Set<String> secretFiles(Map<String, String> files) {
        Set<String> secret = new HashSet<>();
        files.forEach((path, text) -> {
            if (isDescriptor(path)) {
                secretFile
                        .matcher(text)
                        .results()
                        .map(found ->
                                Path.of(path).resolveSibling(found.group(1)).normalize())
                        .forEach(file -> secret.add(file.toString().replace('\\', '/')));
            }
        });
        return secret;
    }

    /** Descriptors beside the script are in the ConfigMap too. */
    private static void refuseCredentials(Path root, Map<String, String> files) {
        files.forEach((path, text) -> {
            if (isDescriptor(path)) {
                PodDescriptor.refuseCredentials(root.resolve(path), text);
            }
        });
    }

    private static boolean isDescriptor(String path) {
        return path.endsWith(".yml") || path.endsWith(".yaml");
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
