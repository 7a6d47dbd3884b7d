package io.bookstore.perf.promql;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The names in a PromQL expression: which series it selects by which labels, what it groups by, over which ranges.
 *
 * <p>It reads the language our queries are written in and refuses what it does not know, so that no name slips through
 * unchecked; whether an expression is valid is promtool's to say.
 *
 * @param source    the expression
 * @param selectors every series selector, in reading order
 * @param groupings every {@code by (...)}, with the selectors that it groups
 * @param ranges    the text of every range, such as {@code 5m}
 * @param names     every part that a rewriting may change, in reading order
 */
public record PromQl(
        String source, List<Selector> selectors, List<Grouping> groupings, List<String> ranges, List<Name> names) {

    /** A series, the labels that its matchers name, and its own text. */
    public record Selector(String series, Set<String> labels, String text) {}

    /** The labels of a {@code by} and the selectors below its aggregation. */
    public record Grouping(Set<String> labels, List<Selector> over) {}

    /** A part of the expression and its text after a rewriting. */
    record Name(PromQlToken token, Function<Rewriting, String> rewritten) {}

    public PromQl {
        selectors = List.copyOf(selectors);
        groupings = List.copyOf(groupings);
        ranges = List.copyOf(ranges);
        names = List.copyOf(names);
    }

    /** Throws IllegalArgumentException naming what it cannot read. */
    public static PromQl parse(String expression) {
        Reader reader = new Reader(expression);
        List<Selector> selectors = reader.expression();
        reader.expect(PromQlToken.Kind.END, "");
        return new PromQl(expression, selectors, reader.groupings, reader.ranges, reader.names);
    }

    /** The expression with other names; everything between them stays as it is. */
    public String rewritten(Rewriting rewriting) {
        StringBuilder text = new StringBuilder();
        int written = 0;
        for (Name name : names) {
            text.append(source, written, name.token.start()).append(name.rewritten.apply(rewriting));
            written = name.token.end();
        }
        return text.append(source, written, source.length()).toString();
    }

    private static final class Reader {

        private static final Set<String> AGGREGATIONS = Set.of("sum", "min", "max", "avg", "count");
        private static final Set<String> FUNCTIONS =
                Set.of("rate", "increase", "max_over_time", "histogram_quantile", "clamp_min", "predict_linear");
        private static final Set<String> OPERATORS = Set.of("and", "or", "unless");
        private static final Set<String> MATCHINGS = Set.of("on", "ignoring", "group_left", "group_right");

        private final String source;
        private final List<PromQlToken> tokens;
        private final List<Grouping> groupings = new ArrayList<>();
        private final List<String> ranges = new ArrayList<>();
        private final List<Name> names = new ArrayList<>();
        private int position;

        Reader(String source) {
            this.source = source;
            this.tokens = PromQlToken.read(source);
        }

        /** Reads up to a closing parenthesis or the end. */
        List<Selector> expression() {
            List<Selector> found = new ArrayList<>();
            while (!sign(")") && !at(PromQlToken.Kind.END)) {
                found.addAll(part());
            }
            return found;
        }

        private List<Selector> part() {
            if (at(PromQlToken.Kind.NAME)) {
                return named();
            }
            if (sign("(")) {
                return parenthesised();
            }
            if (sign("{")) {
                throw unreadable(); // a selector without a name selects anything
            }
            PromQlToken passed = next();
            if (passed.kind() == PromQlToken.Kind.RANGE) {
                ranges.add(passed.text());
            }
            return List.of();
        }

        private List<Selector> named() {
            PromQlToken name = next();
            if (OPERATORS.contains(name.text())) {
                return List.of();
            }
            if (AGGREGATIONS.contains(name.text())) {
                return aggregation();
            }
            if (MATCHINGS.contains(name.text())) {
                labels();
                return List.of();
            }
            if (!sign("(")) {
                return List.of(selector(name));
            }
            if (!FUNCTIONS.contains(name.text())) {
                throw new IllegalArgumentException("unknown function \"" + name.text() + "\" in: " + source);
            }
            return parenthesised();
        }

        private Selector selector(PromQlToken name) {
            boolean braces = sign("{");
            names.add(new Name(
                    name, rewriting -> rewriting.series(name.text()) + (braces ? "" : withoutBraces(rewriting))));
            Set<String> labels = braces ? matchers() : Set.of();
            String text =
                    source.substring(name.start(), tokens.get(position - 1).end());
            return new Selector(name.text(), labels, text);
        }

        private static String withoutBraces(Rewriting rewriting) {
            String matcher = rewriting.besides(Set.of());
            return matcher.isEmpty() ? "" : "{" + matcher + "}";
        }

        private List<Selector> aggregation() {
            Set<String> labels = by();
            List<Selector> over = parenthesised();
            labels.addAll(by());
            if (!labels.isEmpty()) {
                groupings.add(new Grouping(labels, over));
            }
            return over;
        }

        private Set<String> by() {
            if (!at(PromQlToken.Kind.NAME) || !tokens.get(position).text().equals("by")) {
                return new LinkedHashSet<>();
            }
            next();
            return labels();
        }

        private Set<String> labels() {
            Set<String> labels = new LinkedHashSet<>();
            expect(PromQlToken.Kind.SIGN, "(");
            while (at(PromQlToken.Kind.NAME)) {
                labels.add(label().text());
                skip(",");
            }
            expect(PromQlToken.Kind.SIGN, ")");
            return labels;
        }

        private PromQlToken label() {
            PromQlToken label = next();
            names.add(new Name(label, rewriting -> rewriting.label(label.text())));
            return label;
        }

        private Set<String> matchers() {
            Set<String> labels = new LinkedHashSet<>();
            names.add(new Name(tokens.get(position), rewriting -> openingBrace(rewriting, labels)));
            expect(PromQlToken.Kind.SIGN, "{");
            while (at(PromQlToken.Kind.NAME)) {
                PromQlToken label = label();
                labels.add(label.text());
                next(); // the operator
                if (!at(PromQlToken.Kind.TEXT)) {
                    throw unreadable();
                }
                PromQlToken text = next();
                String value = text.text().substring(1, text.text().length() - 1);
                names.add(new Name(text, rewriting -> '"' + rewriting.value(label.text(), value) + '"'));
                skip(",");
            }
            expect(PromQlToken.Kind.SIGN, "}");
            return labels;
        }

        private static String openingBrace(Rewriting rewriting, Set<String> labels) {
            String matcher = rewriting.besides(labels);
            return "{" + matcher + (matcher.isEmpty() || labels.isEmpty() ? "" : ", ");
        }

        private List<Selector> parenthesised() {
            expect(PromQlToken.Kind.SIGN, "(");
            List<Selector> inside = expression();
            expect(PromQlToken.Kind.SIGN, ")");
            return inside;
        }

        private boolean at(PromQlToken.Kind kind) {
            return tokens.get(position).kind() == kind;
        }

        private boolean sign(String text) {
            return at(PromQlToken.Kind.SIGN) && tokens.get(position).text().equals(text);
        }

        private PromQlToken next() {
            return tokens.get(position++);
        }

        private void expect(PromQlToken.Kind kind, String text) {
            if (!at(kind) || !tokens.get(position).text().equals(text)) {
                throw unreadable();
            }
            position = Math.min(position + 1, tokens.size() - 1);
        }

        private void skip(String text) {
            if (sign(text)) {
                next();
            }
        }

        private IllegalArgumentException unreadable() {
            String rest = source.substring(tokens.get(position).start());
            return new IllegalArgumentException("cannot read \"" + rest + "\" in the expression: " + source);
        }
    }
}
