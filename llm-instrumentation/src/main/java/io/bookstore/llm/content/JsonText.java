package io.bookstore.llm.content;

/** Tells a JSON object from other text, by RFC 8259. */
final class JsonText {

    // What a model writes is not trusted: a text that nests deeper stays a text.
    private static final int MAX_DEPTH = 64;

    private final String text;
    private int at;

    private JsonText(String text) {
        this.text = text;
    }

    /** Returns whether the text is one object and nothing else. */
    static boolean isObject(String text) {
        JsonText json = new JsonText(text);
        json.skipSpace();
        return json.is('{') && json.value(0) && json.at == text.length();
    }

    private boolean value(int depth) {
        if (at >= text.length() || depth > MAX_DEPTH) {
            return false;
        }
        boolean valid = switch (text.charAt(at)) {
            case '{' -> members('}', true, depth);
            case '[' -> members(']', false, depth);
            case '"' -> string();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        };
        skipSpace();
        return valid;
    }

    private boolean members(char end, boolean named, int depth) {
        at++;
        skipSpace();
        if (take(end)) {
            return true;
        }
        do {
            skipSpace();
            if (named && !name()) {
                return false;
            }
            if (!value(depth + 1)) {
                return false;
            }
        } while (take(','));
        return take(end);
    }

    private boolean name() {
        if (!is('"') || !string()) {
            return false;
        }
        skipSpace();
        boolean colon = take(':');
        skipSpace();
        return colon;
    }

    private boolean string() {
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return true;
            }
            if (c < ' ' || c == '\\' && !escape()) {
                return false;
            }
        }
        return false;
    }

    private boolean escape() {
        if (at >= text.length()) {
            return false;
        }
        char c = text.charAt(at++);
        if (c != 'u') {
            return "\"\\/bfnrt".indexOf(c) >= 0;
        }
        for (int end = at + 4; at < end; at++) {
            if (at >= text.length() || "0123456789abcdefABCDEF".indexOf(text.charAt(at)) < 0) {
                return false;
            }
        }
        return true;
    }

    private boolean number() {
        take('-');
        if (!take('0') && !digits()) {
            return false;
        }
        if (take('.') && !digits()) {
            return false;
        }
        if (take('e') || take('E')) {
            if (!take('+')) {
                take('-');
            }
            return digits();
        }
        return true;
    }

    private boolean digits() {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at > start;
    }

    private boolean word(String word) {
        boolean there = text.startsWith(word, at);
        at += there ? word.length() : 0;
        return there;
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean is(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private boolean take(char c) {
        boolean there = is(c);
        at += there ? 1 : 0;
        return there;
    }
}
