package io.bookstore.perf.engine.embedded.script;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The findings of {@link K6Language} in the files of one script, each file read once. Thread-safe. */
final class LanguageCheck {
    private final Map<Path, List<K6Language.Finding>> files = new TreeMap<>();

    /** The first thing in a file for which k6 would not load it. */
    synchronized Optional<K6Language.Finding> unloadable(Path file, String text) {
        return files.computeIfAbsent(file, key -> K6Language.findings(text)).stream()
                .filter(K6Language.Finding::unloadable)
                .findFirst();
    }

    synchronized List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        files.forEach((file, findings) -> findings.forEach(
                finding -> warnings.add("On k6 this runs otherwise: " + file + ":" + finding.sentence())));
        return warnings;
    }
}
