package io.bookstore.k6.script;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The language of the files of one script: what {@link K6Language} finds, and the kind of module; each file is read once. Thread-safe. */
final class LanguageCheck {
    private static final int MOST_KNOWN = 64;

    /** The texts that were checked last in this JVM: the look at a script, its run and the next run read the same files. */
    private static final Map<String, Checked> known =
            Collections.synchronizedMap(new LinkedHashMap<>(MOST_KNOWN, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Checked> eldest) {
                    return size() > MOST_KNOWN;
                }
            });

    private final Map<Path, Checked> files = new TreeMap<>();

    private record Checked(List<K6Language.Finding> findings, boolean commonJs) {}

    /** The first thing in a file for which k6 would not load it. */
    Optional<K6Language.Finding> unloadable(Path file, String text) {
        return checked(file, text).findings().stream()
                .filter(K6Language.Finding::unloadable)
                .findFirst();
    }

    /** Returns whether the file is a CommonJS module and not an ES module. */
    boolean commonJs(Path file, String text) {
        return checked(file, text).commonJs();
    }

    private synchronized Checked checked(Path file, String text) {
        return files.computeIfAbsent(file, key -> known.computeIfAbsent(text, LanguageCheck::check));
    }

    private static Checked check(String text) {
        return new Checked(K6Language.findings(text), CommonJsFiles.isCommonJs(text));
    }

    /** A sentence for each file and kind, at its first place. */
    synchronized List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        files.forEach((file, checked) -> {
            Set<String> kinds = new HashSet<>();
            checked.findings().stream()
                    .filter(finding -> kinds.add(finding.what()))
                    .forEach(finding -> warnings.add("On k6 this runs otherwise: " + file + ":" + finding.sentence()));
        });
        return warnings;
    }
}
