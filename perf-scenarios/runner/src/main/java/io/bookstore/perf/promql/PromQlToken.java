package io.bookstore.perf.promql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A word of a PromQL expression and where it stands; the last one is always END. */
record PromQlToken(Kind kind, String text, int start, int end) {

    enum Kind {
        NAME,
        TEXT,
        NUMBER,
        RANGE,
        OFFSET,
        SIGN,
        END
    }

    private static final Pattern WORD =
            Pattern.compile("(?<offset>offset\\s+[$\\w]+)|(?<name>[a-zA-Z_:][\\w:]*)|(?<text>\"(?:[^\"\\\\]|\\\\.)*\")"
                    + "|(?<number>[\\d.]+[a-z]*)|\\[(?<range>[^\\]]*)\\]|(?<sign>=~|!~|!=|==|>=|<=|[-+*/%^<>=(){},])");
    private static final Pattern SPACE = Pattern.compile("\\s*");

    static List<PromQlToken> read(String source) {
        List<PromQlToken> tokens = new ArrayList<>();
        Matcher matcher = WORD.matcher(source);
        int position = skipSpace(source, 0);
        while (position < source.length()) {
            if (!matcher.region(position, source.length()).lookingAt()) {
                throw new IllegalArgumentException(
                        "cannot read \"" + source.substring(position) + "\" in the expression: " + source);
            }
            tokens.add(of(matcher));
            position = skipSpace(source, matcher.end());
        }
        tokens.add(new PromQlToken(Kind.END, "", source.length(), source.length()));
        return tokens;
    }

    private static PromQlToken of(Matcher matcher) {
        for (Kind kind : List.of(Kind.OFFSET, Kind.NAME, Kind.TEXT, Kind.NUMBER, Kind.RANGE, Kind.SIGN)) {
            String text = matcher.group(kind.name().toLowerCase(Locale.ROOT));
            if (text != null) {
                return new PromQlToken(kind, text, matcher.start(), matcher.end());
            }
        }
        throw new IllegalStateException("a word without a kind: " + matcher.group());
    }

    private static int skipSpace(String source, int from) {
        Matcher space = SPACE.matcher(source).region(from, source.length());
        return space.lookingAt() ? space.end() : from;
    }
}
