package io.bookstore.perf.jvm;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A matter that flags of a JVM decide; where the user has chosen, this program adds none of its own. */
public enum JvmMatter {
    COLLECTOR("-XX:\\+Use\\w*GC"),
    HEAP("-Xm[xsn].*|-XX:(Max|Min|Initial|Soft)?\\w*(Heap|New|RAM)\\w*=.*"),
    COMPILER("-Xint|-Xcomp|-XX:[+-]?Tiered\\w*(=.*)?|-XX:CompilationMode=.*|-XX:\\+\\w*JVMCI\\w*"),
    ARCHIVE("-Xshare:.*|-XX:[+-]?\\w*(Archive|AOT)\\w*(=.*)?");

    private final Pattern flag;

    JvmMatter(String flag) {
        this.flag = Pattern.compile(flag);
    }

    public boolean chosenBy(List<String> flags) {
        return flags.stream().anyMatch(given -> flag.matcher(given).matches());
    }

    /** The flags that a JVM takes from its environment; those in files that it names are not looked for. */
    public static List<String> flagsOf(Map<String, String> environment) {
        return Stream.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS")
                .flatMap(variable ->
                        Stream.of(environment.getOrDefault(variable, "").strip().split("\\s+")))
                .filter(flag -> !flag.isEmpty())
                .toList();
    }
}
