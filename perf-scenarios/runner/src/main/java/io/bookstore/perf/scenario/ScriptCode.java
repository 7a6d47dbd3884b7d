package io.bookstore.perf.scenario;

import java.util.regex.Pattern;

/** The source of a script with nothing but its code, so that a search finds no comment and no quoted text. */
final class ScriptCode {

    // Comments, texts of each quote, and regular expressions, which begin where no value can end. The first line is all
    // that
    // most characters meet.
    private static final Pattern notCode = Pattern.compile("""
            (?=[/'"`])(?:
            //[^\\n]*+
            | /\\*[\\s\\S]*?(?:\\*/|\\z)
            | '(?:\\\\[\\s\\S]|[^'\\\\\\n])*+'?
            | "(?:\\\\[\\s\\S]|[^"\\\\\\n])*+"?
            | `(?:\\\\[\\s\\S]|[^`\\\\])*+`?
            | (?<=[(,=:\\[!&|?{};+*%~^<>-]\\s{0,9}|\\breturn\\s{1,9})/(?:\\\\.|\\[(?:\\\\.|[^\\]\\\\\\n])*+]|[^/\\\\\\[\\n])++/
            )""", Pattern.COMMENTS);

    private ScriptCode() {}

    /**
     * Blanks comments, and all of a text or regular expression but its first character. Every other character stays at its
     * place, and so does every end of a line.
     */
    static String of(String source) {
        return notCode.matcher(source).replaceAll(found -> blanked(found.group()));
    }

    private static String blanked(String text) {
        char[] blanks = text.toCharArray();
        boolean comment = text.startsWith("//") || text.startsWith("/*");
        for (int i = comment ? 0 : 1; i < blanks.length; i++) {
            if (blanks[i] != '\n') {
                blanks[i] = ' ';
            }
        }
        return new String(blanks);
    }
}
