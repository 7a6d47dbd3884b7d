package io.bookstore.perf.engine.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What has to be in the container besides the script: the folder that holds everything which the script names by a relative
 * path, directly or through what it imports.
 *
 * @param root   the folder
 * @param script the script in it, relative to {@code root}
 */
record ScriptFolder(Path root, Path script) {

    // Imports, open() and import.meta.resolve() all take a quoted path that starts with a dot.
    private static final Pattern relativePath = Pattern.compile("[\"'`](\\.{1,2}/[^\"'`\n$]*)");

    static ScriptFolder of(Path script) throws IOException {
        Path start = script.toAbsolutePath().normalize();
        Path root = start.resolveSibling("");
        Set<Path> seen = new HashSet<>();
        Deque<Path> open = new ArrayDeque<>(Set.of(start));
        while (!open.isEmpty()) {
            Path file = open.pop();
            if (!seen.add(file)) {
                continue;
            }
            root = commonAncestor(root, file);
            if (file.toString().endsWith(".js")) {
                open.addAll(namedIn(file));
            }
        }
        return new ScriptFolder(root, root.relativize(start));
    }

    private static Set<Path> namedIn(Path file) throws IOException {
        Set<Path> named = new HashSet<>();
        Matcher matcher = relativePath.matcher(Files.readString(file));
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
