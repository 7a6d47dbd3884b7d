package io.bookstore.perf.engine.container;

import io.bookstore.perf.scenario.ScriptFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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

    private static final Pattern variable =
            Pattern.compile("__ENV(?:\\s*\\??\\.\\s*|\\[['\"])([A-Za-z_][A-Za-z0-9_]*)");

    ScriptFolder {
        variables = Set.copyOf(variables);
    }

    static ScriptFolder of(Path script) throws IOException {
        ScriptFiles files = ScriptFiles.of(script);
        Set<String> variables = new HashSet<>();
        for (Path file : files.named()) {
            if (ScriptFiles.isCode(file)) {
                variable.matcher(Files.readString(file)).results().forEach(found -> variables.add(found.group(1)));
            }
        }
        return new ScriptFolder(files.root(), files.root().relativize(files.script()), variables);
    }

    /** Returns the variables of a process that the scripts read; k6 on this host would inherit all of them. */
    Map<String, String> variablesFrom(Map<String, String> process) {
        Map<String, String> read = new TreeMap<>(process);
        read.keySet().retainAll(variables);
        return read;
    }
}
