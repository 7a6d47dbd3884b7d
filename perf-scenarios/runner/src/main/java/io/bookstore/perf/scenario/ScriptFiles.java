package io.bookstore.perf.scenario;

import io.bookstore.perf.ContentHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A script with everything that it names by a relative path, directly or through what it imports.
 *
 * @param script absolute
 * @param named  absolute, the script first; a folder stands for the files in it, one of which the script chooses as it runs
 */
public record ScriptFiles(Path script, List<Path> named) {

    // Imports, open() and import.meta.resolve() all take a quoted path that starts with a dot.
    private static final Pattern relativePath = Pattern.compile("[\"'`](\\.{1,2}/[^\"'`\n$]*)");

    // A folder may hold results of gigabytes beside what a script reads.
    private static final List<String> readByScripts =
            List.of(".js", ".json", ".jsonl", ".ndjson", ".csv", ".yml", ".yaml", ".txt");

    public ScriptFiles {
        named = List.copyOf(named);
    }

    /** @throws IOException if one of them cannot be read */
    public static ScriptFiles of(Path script) throws IOException {
        Path start = script.toAbsolutePath().normalize();
        List<Path> named = new ArrayList<>();
        Set<Path> seen = new HashSet<>();
        Deque<Path> open = new ArrayDeque<>(Set.of(start));
        while (!open.isEmpty()) {
            Path file = open.pop();
            if (seen.add(file)) {
                named.add(file);
                if (isCode(file)) {
                    open.addAll(namedIn(file, Files.readString(file)));
                }
            }
        }
        return new ScriptFiles(start, named);
    }

    /** The same with a file that the script is told of when it runs. */
    public ScriptFiles with(Path file) {
        List<Path> more = new ArrayList<>(named);
        more.add(file.toAbsolutePath().normalize());
        return new ScriptFiles(script, more);
    }

    /** Returns whether a file is searched for names of others. */
    public static boolean isCode(Path file) {
        return file.toString().endsWith(".js") && Files.isRegularFile(file);
    }

    /** The folder that holds all of them. */
    public Path root() {
        Path root = script.resolveSibling("");
        for (Path file : named) {
            root = commonAncestor(root, file);
        }
        return root;
    }

    /**
     * The hash of all contents, the same in any folder.
     *
     * @throws IOException if one of them cannot be read
     */
    public String contentHash() throws IOException {
        SortedMap<String, Path> files = new TreeMap<>();
        for (Path each : named) {
            if (Files.isDirectory(each)) {
                try (Stream<Path> inside = Files.list(each)) {
                    inside.filter(ScriptFiles::mayBeRead).forEach(file -> files.put(name(file), file));
                }
            } else {
                files.put(name(each), each);
            }
        }
        return ContentHash.of(files);
    }

    private static boolean mayBeRead(Path file) {
        return Files.isRegularFile(file) && readByScripts.stream().anyMatch(file.toString()::endsWith);
    }

    private String name(Path file) {
        return script.resolveSibling("").relativize(file).toString().replace('\\', '/');
    }

    private static List<Path> namedIn(Path file, String text) {
        List<Path> named = new ArrayList<>();
        Matcher matcher = relativePath.matcher(text);
        while (matcher.find()) {
            Path candidate = file.resolveSibling(matcher.group(1)).normalize();
            if (Files.exists(candidate)) {
                named.add(candidate);
            }
        }
        return named;
    }

    private static Path commonAncestor(Path folder, Path file) {
        Path above = folder.getParent();
        return file.startsWith(folder) || above == null ? folder : commonAncestor(above, file);
    }
}
