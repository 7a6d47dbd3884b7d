package io.bookstore.k6.script;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * The text of a script with its strings, comments and regular expressions apart, so that a search in the code finds code
 * only. Needs no parser: it knows where a literal starts and ends, which also holds for minified files.
 */
final class JavaScriptText {
    /** Words after which a slash starts a regular expression; after any other word it divides. */
    private static final Set<String> BEFORE_EXPRESSION = Set.of(
            "return",
            "typeof",
            "case",
            "in",
            "of",
            "delete",
            "void",
            "throw",
            "new",
            "instanceof",
            "do",
            "else",
            "yield",
            "await");

    private final String text;
    private final StringBuilder code;
    private final List<Regex> regexes = new ArrayList<>();
    /** The depth of braces at which each open template literal goes on. */
    private final Deque<Integer> templates = new ArrayDeque<>();

    private int depth;
    private int at;

    /** A regular expression literal and where it starts. */
    record Regex(int offset, String body, String flags) {}

    JavaScriptText(String text) {
        this.text = text;
        this.code = new StringBuilder(text.length());
        while (at < text.length()) {
            readNext();
        }
    }

    /** A text of the same length, each character at its place; those of strings and comments are blanks, those of regular expressions zeros. */
    String code() {
        return code.toString();
    }

    List<Regex> regexes() {
        return regexes;
    }

    private void readNext() {
        char c = text.charAt(at);
        if (text.startsWith("//", at)) {
            blankTo(end(text.indexOf('\n', at), 0));
        } else if (text.startsWith("/*", at)) {
            blankTo(end(text.indexOf("*/", at + 2), 2));
        } else if (c == '"' || c == '\'') {
            readString(c);
        } else if (c == '`') {
            keep();
            readTemplate();
        } else if (c == '}' && !templates.isEmpty() && templates.getFirst() == depth) {
            templates.removeFirst();
            keep();
            readTemplate();
        } else if (c == '/' && startsExpression()) {
            readRegex();
        } else {
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            keep();
        }
    }

    private int end(int found, int length) {
        return found < 0 ? text.length() : found + length;
    }

    private void keep() {
        code.append(text.charAt(at++));
    }

    private void blankTo(int end) {
        while (at < end && at < text.length()) {
            code.append(text.charAt(at++) == '\n' ? '\n' : ' ');
        }
    }

    private void readString(char quote) {
        keep();
        int end = at;
        while (end < text.length() && text.charAt(end) != quote && text.charAt(end) != '\n') {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        blankTo(end);
        if (at < text.length() && text.charAt(at) == quote) {
            keep();
        }
    }

    /** The text of a template up to its end, or to the code that stands in it. */
    private void readTemplate() {
        int end = at;
        while (end < text.length() && text.charAt(end) != '`' && !text.startsWith("${", end)) {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        blankTo(end);
        if (at >= text.length()) {
            return;
        }
        if (text.charAt(at) == '$') {
            templates.addFirst(depth);
            keep();
        }
        keep();
    }

    private void readRegex() {
        boolean inClass = false;
        int end = at + 1;
        while (end < text.length() && (inClass || text.charAt(end) != '/')) {
            char c = text.charAt(end);
            if (c == '\n') {
                // Then it was a division after all.
                keep();
                return;
            }
            inClass = c == '[' || inClass && c != ']';
            end += c == '\\' ? 2 : 1;
        }
        if (end >= text.length()) {
            keep();
            return;
        }
        int flags = end + 1;
        while (flags < text.length() && Character.isLetter(text.charAt(flags))) {
            flags++;
        }
        regexes.add(new Regex(at, text.substring(at + 1, end), text.substring(end + 1, flags)));
        code.append("0".repeat(flags - at));
        at = flags;
    }

    /** Returns whether an expression starts here, judged by what stands before; otherwise a slash divides. */
    private boolean startsExpression() {
        int last = code.length() - 1;
        while (last >= 0 && Character.isWhitespace(code.charAt(last))) {
            last--;
        }
        if (last < 0) {
            return true;
        }
        char before = code.charAt(last);
        if (Character.isJavaIdentifierPart(before)) {
            int first = last;
            while (first > 0 && Character.isJavaIdentifierPart(code.charAt(first - 1))) {
                first--;
            }
            return BEFORE_EXPRESSION.contains(code.substring(first, last + 1));
        }
        boolean counted = last > 0 && (before == '+' || before == '-') && code.charAt(last - 1) == before;
        return !counted && ")]\"'`".indexOf(before) < 0;
    }
}
