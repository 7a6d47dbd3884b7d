package io.bookstore.perf.engine.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files that a container needs besides the script: the folder that holds everything which the script names by a relative
 * path, directly or through what it imports.
 *
 * @param root      the folder
 * @param script    the script in it, relative to {@code root}
 * @param variables the names that the files read from {@code __ENV}
 */
record ScriptFolder(Path root, Path script, Set<String> variables) {

    // Imports, open() and import.meta.resolve() all take a quoted path that starts with a dot.
    private static final Pattern relativePath = Pattern.compile("[\"'`](\\.{1,2}/[^\"'`\n$]*)");

    private static final Pattern variable =
            Pattern.compile("__ENV(?:\\s*\\??\\.\\s*|\\[['\"])([A-Za-z_][A-Za-z0-9_]*)");

    ScriptFolder {
        variables = Set.copyOf(variables);
    }

    static ScriptFolder of(Path script) throws IOException {
        Path start = script.toAbsolutePath().normalize();
        Path root = start.resolveSibling("");
        Set<Path> seen = new HashSet<>();
        Set<String> variables = new HashSet<>();
        Deque<Path> open = new ArrayDeque<>(Set.of(start));
        while (!open.isEmpty()) {
            Path file = open.pop();
            if (!seen.add(file)) {
                continue;
            }
            root = commonAncestor(root, file);
            if (file.toString().endsWith(".js")) {
                String text = Files.readString(file);
                open.addAll(namedIn(file, text));
                variable.matcher(text).results().forEach(found -> variables.add(found.group(1)));
            }
        }
        return new ScriptFolder(root, root.relativize(start), variables);
    }

    /** Returns the variables of a process that the scripts read; k6 on this host would inherit all of them. */
    Map<String, String> variablesFrom(Map<String, String> process) {
        Map<String, String> read = new TreeMap<>(process);
        read.keySet().retainAll(variables);
        return read;
    }

    private static Set<Path> namedIn(Path file, String text) {
        Set<Path> named = new HashSet<>();
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
