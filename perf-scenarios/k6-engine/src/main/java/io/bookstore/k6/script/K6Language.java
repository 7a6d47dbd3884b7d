package io.bookstore.k6.script;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The JavaScript that k6's engine lacks and others have, found by reading a script. A script that uses it runs in node and
 * passes a type check, and on k6 does not load, or does something else without a word.
 */
public final class K6Language {

    /**
     * Something that k6's JavaScript lacks.
     *
     * @param line       from 1
     * @param column     from 1
     * @param what       as a user would call it
     * @param rule       half a sentence: what k6 does with it, and what to write instead
     * @param unloadable true if k6 does not load the file at all
     */
    public record Finding(int line, int column, String what, String rule, boolean unloadable) {
        /** The place, the thing and the rule, for example {@code 3:5 has \p{...}: ...}. */
        public String sentence() {
            return "%d:%d has %s: %s".formatted(line, column, what, rule);
        }
    }

    /** @param words one of which stands in all that the pattern finds: looking for them costs next to nothing */
    private record Rule(Pattern pattern, List<String> words, String what, String rule, boolean unloadable) {

        boolean mayBeIn(String code) {
            return words.stream().anyMatch(code::contains);
        }
    }

    private static final String NOT_BEFORE = "(?<![.\\w$#])(?<!function )";

    private static final List<Rule> RULES = List.of(
            unloadable("\\bfor\\s+await\\b", List.of("await"), "for await", "await each value in an ordinary loop"),
            unloadable(
                    "\\basync\\s+function\\s*\\*|\\basync\\s*\\*\\s*[\\w$#\\[]",
                    List.of("async"),
                    "an async generator",
                    "return an array from an async function"),
            unloadable(
                    NOT_BEFORE + "import\\s*\\(",
                    List.of("import"),
                    "a dynamic import()",
                    "use an import statement at the top"),
            unloadable(
                    "(?<![\\w$)\\]])@[A-Za-z_$]|\\baccessor\\s+[\\w$#]+\\s*[=;]",
                    List.of("@", "accessor"),
                    "a decorator or an accessor field",
                    "call the function, and write a getter and a setter"),
            missing("Object\\s*\\.\\s*groupBy\\b", "groupBy", "Object.groupBy", "group with reduce()"),
            missing("Map\\s*\\.\\s*groupBy\\b", "groupBy", "Map.groupBy", "group with reduce()"),
            missing("Array\\s*\\.\\s*fromAsync\\b", "fromAsync", "Array.fromAsync", "await Promise.all() of an array"),
            missing(
                    "Promise\\s*\\.\\s*withResolvers\\b",
                    "withResolvers",
                    "Promise.withResolvers",
                    "use new Promise()"),
            missing("Promise\\s*\\.\\s*try\\b", "Promise", "Promise.try", "use an async function"),
            missing("Intl\\s*\\.", "Intl", "format by hand"),
            missing("structuredClone\\s*\\(", "structuredClone", "use JSON.parse(JSON.stringify(value))"),
            missing("queueMicrotask\\s*\\(", "queueMicrotask", "use Promise.resolve().then()"),
            missing("new\\s+WeakRef\\b", "WeakRef", "keep the object itself"),
            missing("new\\s+FinalizationRegistry\\b", "FinalizationRegistry", "keep the object itself"),
            missing("new\\s+SharedArrayBuffer\\b", "SharedArrayBuffer", "use SharedArray of k6/data"),
            missing("Atomics\\s*\\.", "Atomics", "virtual users share no memory"),
            missing("fetch\\s*\\(", "fetch", "use k6/http"),
            missing("new\\s+AbortController\\b", "AbortController", "use the parameter timeout of k6/http"),
            missing("new\\s+URL(SearchParams)?\\b", "URL", "keep a copy of the url library beside the script"),
            new Rule(
                    Pattern.compile(NOT_BEFORE + "(?:btoa|atob)\\s*\\("),
                    List.of("btoa", "atob"),
                    "btoa and atob",
                    "k6 does not have it; use k6/encoding",
                    false),
            missing("Buffer\\s*\\.", "Buffer", "use ArrayBuffer and k6/encoding"),
            missing("process\\s*\\.", "process", "use __ENV"),
            missing("performance\\s*\\.", "performance", "use Date.now()"),
            missing("console\\s*\\.\\s*table\\b", "console", "console.table", "use console.log()"),
            missing("import\\s*\\.\\s*meta\\s*\\.\\s*url\\b", "meta", "import.meta.url", "use import.meta.resolve()"));

    private static final Pattern PROPERTY_ESCAPE = Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\\\\[pP]\\{");
    private static final Pattern CONSTRUCTOR = Pattern.compile("(?<![.\\w$#])RegExp\\s*\\(");
    private static final Pattern QUOTED_PROPERTY_ESCAPE = Pattern.compile("\\\\[pP]\\{");

    private K6Language() {}

    private static Rule unloadable(String pattern, List<String> words, String what, String remedy) {
        return new Rule(Pattern.compile(pattern), words, what, "k6 cannot load it; " + remedy, true);
    }

    private static Rule missing(String pattern, String name, String remedy) {
        return missing(pattern, name, name, remedy);
    }

    private static Rule missing(String pattern, String word, String what, String remedy) {
        return new Rule(
                Pattern.compile(NOT_BEFORE + pattern), List.of(word), what, "k6 does not have it; " + remedy, false);
    }

    /** Reads a script or a file that it imports; the findings are in the order of the text. */
    public static List<Finding> findings(String text) {
        JavaScriptText parts = new JavaScriptText(text);
        String code = parts.code();
        List<Finding> findings = new ArrayList<>();
        for (Rule rule : RULES) {
            // A file that asks whether it is there can do without.
            if (rule.mayBeIn(code) && !asksFor(rule.what(), code)) {
                Matcher matcher = rule.pattern().matcher(code);
                while (matcher.find()) {
                    findings.add(finding(code, matcher.start(), rule.what(), rule.rule(), rule.unloadable()));
                }
            }
        }
        for (JavaScriptText.Regex regex : parts.regexes()) {
            if (regex.flags().contains("v")) {
                String remedy = "k6 cannot load it; use the flag u and write the characters out";
                findings.add(finding(code, regex.offset(), "a regular expression with the flag v", remedy, true));
            } else if (regex.flags().contains("u")
                    && PROPERTY_ESCAPE.matcher(regex.body()).find()) {
                findings.add(propertyEscape(code, regex.offset()));
            }
        }
        Matcher constructor = CONSTRUCTOR.matcher(code);
        while (constructor.find()) {
            int end = text.indexOf('\n', constructor.start());
            String line = text.substring(constructor.start(), end < 0 ? text.length() : end);
            if (QUOTED_PROPERTY_ESCAPE.matcher(line).find()) {
                findings.add(propertyEscape(code, constructor.start()));
            }
        }
        findings.sort(Comparator.comparingInt(Finding::line).thenComparingInt(Finding::column));
        return List.copyOf(findings);
    }

    private static boolean asksFor(String name, String code) {
        return name.matches("\\w+")
                && Pattern.compile("typeof\\s+" + name + "\\b").matcher(code).find();
    }

    // https://github.com/grafana/sobek/issues/18
    private static Finding propertyEscape(String code, int offset) {
        return finding(
                code,
                offset,
                "\\p{...} in a regular expression",
                "k6 reads it as the letters between the braces; write the characters out, as in"
                        + " [A-Za-z\\u00C0-\\u024F]",
                false);
    }

    private static Finding finding(String code, int offset, String what, String rule, boolean unloadable) {
        int line = 1
                + (int) code.substring(0, offset).chars().filter(c -> c == '\n').count();
        return new Finding(line, offset - code.lastIndexOf('\n', offset - 1), what, rule, unloadable);
    }
}
