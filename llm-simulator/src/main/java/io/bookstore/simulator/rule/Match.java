package io.bookstore.simulator.rule;

import io.bookstore.simulator.rule.RequestPart.Kind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The conditions of a rule, all of which a request must meet. Immutable. */
public final class Match {

    private static final Match ANY = new Match(Map.of());

    private final Map<RequestPart, TextMatch> conditions;

    private Match(Map<RequestPart, TextMatch> conditions) {
        this.conditions = Collections.unmodifiableMap(conditions);
    }

    private static Match of(RequestPart part, TextMatch condition) {
        return new Match(Map.of(part, condition));
    }

    /** Any request. */
    public static Match any() {
        return ANY;
    }

    /** The last text of the user, in whatever format it came. */
    public static Text prompt() {
        return new Text(RequestPart.of(Kind.PROMPT));
    }

    /** The name of the model that is asked. */
    public static Text model() {
        return new Text(RequestPart.of(Kind.MODEL));
    }

    /** A model of this name. */
    public static Match model(String name) {
        return model().equalTo(name);
    }

    /** The number of the answer in its conversation: 1 for the first, 2 for a request with one answer in its history. */
    public static Match turn(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("turn must be >= 1, was " + number);
        }
        return new Text(RequestPart.of(Kind.TURN)).equalTo(String.valueOf(number));
    }

    /** A request that offers a tool of this name. */
    public static Match tool(String name) {
        return new Text(RequestPart.of(Kind.TOOL)).equalTo(name);
    }

    /** A request that brings the result of a tool of this name. */
    public static Match toolResult(String name) {
        return new Text(RequestPart.of(Kind.TOOL_RESULT)).equalTo(name);
    }

    /** The header of this name; the case of the name does not matter. */
    public static Text header(String name) {
        return new Text(RequestPart.of(Kind.HEADER, name));
    }

    /**
     * The values at a path of the request's body, of which one must meet the condition.
     *
     * @param jsonPath such as {@code $.metadata.user_id}
     * @throws IllegalArgumentException if it is no path, or has parts that are not supported
     */
    public static Text body(String jsonPath) {
        return new Text(RequestPart.of(Kind.BODY, jsonPath));
    }

    /**
     * Both conditions.
     *
     * @throws IllegalArgumentException if both are on the same part of the request
     */
    public Match and(Match other) {
        Map<RequestPart, TextMatch> both = new LinkedHashMap<>(conditions);
        other.conditions.forEach((part, condition) -> {
            if (both.put(part, condition) != null) {
                throw new IllegalArgumentException(
                        (part.kind().key() + " " + part.argument()).strip() + " has two conditions; give it one");
            }
        });
        return new Match(both);
    }

    Map<RequestPart, TextMatch> conditions() {
        return conditions;
    }

    boolean test(RuleRequest request) {
        return conditions.entrySet().stream()
                .allMatch(
                        condition -> condition.getKey().values(request).stream().anyMatch(condition.getValue()::test));
    }

    /** Returns whether each request that meets the other conditions meets these too, as far as that can be told. */
    boolean covers(Match other) {
        return conditions.entrySet().stream().allMatch(condition -> {
            TextMatch narrower = other.conditions.get(condition.getKey());
            return narrower != null && condition.getValue().covers(narrower);
        });
    }

    /** A part of a request that awaits its condition. */
    public static final class Text {

        private final RequestPart part;

        Text(RequestPart part) {
            this.part = part;
        }

        public Match equalTo(String text) {
            return of(part, new TextMatch.EqualTo(text));
        }

        public Match contains(String text) {
            return of(part, new TextMatch.Containing(text));
        }

        /**
         * A pattern that is found anywhere in the text.
         *
         * @throws IllegalArgumentException if it is no regular expression
         */
        public Match containsPattern(String regularExpression) {
            try {
                return of(part, new TextMatch.Finding(Pattern.compile(regularExpression)));
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException(
                        "The pattern \"" + regularExpression + "\" is no regular expression: " + e.getDescription(), e);
            }
        }
    }
}
