package io.bookstore.simulator.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression from which texts are drawn: literals, classes, groups, alternatives, repeats, and anchors at its
 * ends. Lookarounds, back references and flags are refused, since no text is found for them by writing one.
 */
final class TextPattern {

    /** A part of the expression, which writes a text that it matches. */
    @FunctionalInterface
    private interface Part {
        void write(Drawing drawing, StringBuilder text, int mostRepeats);
    }

    private final Pattern pattern;
    private final Part whole;

    private TextPattern(Pattern pattern, Part whole) {
        this.pattern = pattern;
        this.whole = whole;
    }

    /** @throws SchemaException if it is no regular expression, or one that no text can be drawn for */
    static TextPattern of(String regex, String path) {
        try {
            return new TextPattern(Pattern.compile(regex), new Reader(regex, path).whole());
        } catch (PatternSyntaxException e) {
            throw new SchemaException(path, "'" + regex + "' is not a valid regular expression");
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new SchemaException(path, "no text can be drawn for '" + regex + "': it is not read to its end");
        }
    }

    /** @param mostRepeats of a part that may be repeated without a limit */
    String draw(Drawing drawing, int mostRepeats) {
        StringBuilder text = new StringBuilder();
        whole.write(drawing, text, mostRepeats);
        return text.toString();
    }

    boolean isFoundIn(String text) {
        return pattern.matcher(text).find();
    }

    @Override
    public String toString() {
        return pattern.pattern();
    }

    /** Reads an expression that Java's own parser has accepted. */
    private static final class Reader {

        private static final String DIGITS = "0123456789";
        private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
        private static final String CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        private static final String WORD = LETTERS + CAPITALS + DIGITS + "_";
        private static final String OTHERS = "-.,:;/";
        private static final int BROAD = 200;
        private static final int UNLIMITED = -1;
        private static final int MOST_REPEATS = 10_000;

        private final String regex;
        private final String path;
        private int at;

        Reader(String regex, String path) {
            this.regex = regex;
            this.path = path;
        }

        Part whole() {
            Part whole = alternatives();
            if (at < regex.length()) {
                throw refused("')' without '('");
            }
            return whole;
        }

        private Part alternatives() {
            List<Part> alternatives = new ArrayList<>();
            do {
                alternatives.add(sequence());
            } while (take('|'));
            return (drawing, text, most) -> drawing.anyOf(alternatives).write(drawing, text, most);
        }

        private Part sequence() {
            List<Part> parts = new ArrayList<>();
            while (at < regex.length() && regex.charAt(at) != '|' && regex.charAt(at) != ')') {
                if (take('^') || take('$')) {
                    continue;
                }
                parts.add(repeated(atom()));
            }
            return (drawing, text, most) -> parts.forEach(part -> part.write(drawing, text, most));
        }

        private Part atom() {
            if (take('(')) {
                if (take('?') && !take(':')) {
                    int name = regex.indexOf('>', at);
                    if (!take('<') || regex.charAt(at) == '=' || regex.charAt(at) == '!') {
                        throw refused("lookarounds and flags");
                    }
                    at = name + 1;
                }
                Part group = alternatives();
                take(')');
                return group;
            }
            String choice = take('[') ? choice() : take('.') ? WORD : single();
            return (drawing, text, most) ->
                    text.append(choice.charAt(drawing.draw().below(choice.length())));
        }

        /** The characters of a class in brackets, whose first bracket has been read. */
        private String choice() {
            boolean not = take('^');
            StringBuilder choice = new StringBuilder();
            boolean first = true;
            while (first || !take(']')) {
                first = false;
                if (regex.startsWith("&&", at) || regex.charAt(at) == '[') {
                    throw refused("classes within classes");
                }
                String from = single();
                if (from.length() == 1 && regex.startsWith("-", at) && regex.charAt(at + 1) != ']') {
                    at++;
                    choice.append(range(from.charAt(0), single().charAt(0)));
                } else {
                    choice.append(from);
                }
            }
            if (!not) {
                return choice.toString();
            }
            String left = without(WORD + OTHERS + " ", choice.toString());
            if (left.isEmpty()) {
                throw refused("classes that exclude all plain characters");
            }
            return left;
        }

        /** The characters of a range; the plain ones of a broad one, which may be most of Unicode. */
        private static String range(int first, int last) {
            StringBuilder range = new StringBuilder();
            if (last - first > BROAD) {
                WORD.chars().filter(c -> c >= first && c <= last).forEach(c -> range.append((char) c));
                return range.isEmpty() ? String.valueOf((char) first) : range.toString();
            }
            for (int c = first; c <= last; c++) {
                range.append((char) c);
            }
            return range.toString();
        }

        private static String without(String all, String some) {
            StringBuilder left = new StringBuilder();
            all.chars().filter(c -> some.indexOf(c) < 0).forEach(c -> left.append((char) c));
            return left.toString();
        }

        /** A character, or those that an escape stands for. */
        private String single() {
            char c = regex.charAt(at++);
            return c == '\\' ? escaped() : String.valueOf(c);
        }

        private String escaped() {
            char c = regex.charAt(at++);
            return switch (c) {
                case 'd' -> DIGITS;
                case 'w' -> WORD;
                case 's' -> " ";
                case 'D' -> LETTERS;
                case 'S' -> WORD;
                case 'W' -> OTHERS;
                case 't' -> "\t";
                case 'n' -> "\n";
                case 'r' -> "\r";
                case 'x' -> code(2);
                case 'u' -> code(4);
                case 'p' -> property();
                default -> {
                    if (Character.isLetterOrDigit(c)) {
                        throw refused("\\" + c);
                    }
                    yield String.valueOf(c);
                }
            };
        }

        private String code(int digits) {
            String code = regex.substring(at, at + digits);
            at += digits;
            return String.valueOf((char) Integer.parseInt(code, 16));
        }

        private String property() {
            int end = regex.indexOf('}', at);
            String name = regex.substring(at, end + 1);
            at = end + 1;
            return switch (name) {
                case "{L}", "{Alpha}" -> LETTERS + CAPITALS;
                case "{Lu}", "{Upper}" -> CAPITALS;
                case "{Ll}", "{Lower}" -> LETTERS;
                case "{N}", "{Nd}", "{Digit}" -> DIGITS;
                case "{Alnum}" -> LETTERS + CAPITALS + DIGITS;
                default -> throw refused("\\p" + name);
            };
        }

        private Part repeated(Part part) {
            int least = 1;
            int most = 1;
            if (take('*')) {
                least = 0;
                most = UNLIMITED;
            } else if (take('+')) {
                most = UNLIMITED;
            } else if (take('?')) {
                least = 0;
            } else if (take('{')) {
                int end = regex.indexOf('}', at);
                String[] counts = regex.substring(at, end).split(",", -1);
                at = end + 1;
                least = Integer.parseInt(counts[0].strip());
                most = counts.length == 1
                        ? least
                        : counts[1].isBlank() ? UNLIMITED : Integer.parseInt(counts[1].strip());
            } else {
                return part;
            }
            // A lazy or a greedy repeat matches the same texts.
            if (!take('?')) {
                take('+');
            }
            if (least > MOST_REPEATS) {
                throw refused("more than " + MOST_REPEATS + " repeats");
            }
            int fewest = least;
            int limit = most;
            return (drawing, text, most2) -> {
                int open = fewest + most2;
                int times = drawing.between(fewest, limit == UNLIMITED ? open : Math.min(limit, open));
                for (int i = 0; i < times; i++) {
                    part.write(drawing, text, most2);
                }
            };
        }

        private boolean take(char wanted) {
            boolean found = at < regex.length() && regex.charAt(at) == wanted;
            at += found ? 1 : 0;
            return found;
        }

        private SchemaException refused(String construct) {
            return new SchemaException(
                    path, "no text can be drawn for '" + regex + "': " + construct + " are not supported");
        }
    }
}
