package io.bookstore.console.runs;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sentence for a body of a request that is not what it must be: the member, its value and the rule. */
final class BodyProblem {

    private static final int LONGEST_VALUE = 60;

    private static final Pattern twice = Pattern.compile("Duplicate field '(.*)'.*", Pattern.DOTALL);

    private static final Map<Class<?>, String> RULES = Map.of(
            String.class, "a text",
            Double.class, "a number",
            Integer.class, "a whole number",
            Boolean.class, "true or false",
            Map.class, "an object of texts, such as {\"DURATION_SCALE\": \"0.1\"}");

    private final Class<?> body;

    /** @param body the record that a body is read as */
    BodyProblem(Class<?> body) {
        this.body = body;
    }

    /** A body that cannot be parsed, or has a member twice. */
    static IllegalArgumentException ofText(JacksonException failure) {
        Matcher member = twice.matcher(failure.getOriginalMessage());
        if (member.matches()) {
            return new IllegalArgumentException(
                    "The body has the member \"" + member.group(1) + "\" twice: leave one out.");
        }
        String rule = "The body must be JSON, such as {\"scenario\": \"ai-smoke\"}, and ";
        // A document beyond the parser's own limits, such as its depth, fails at no place.
        JsonLocation place = failure.getLocation();
        return new IllegalArgumentException(
                place == null
                        ? rule + "is nested too deep, or has a value that is too long."
                        : rule + "is none at line " + place.getLineNr() + ", column " + place.getColumnNr() + ".");
    }

    /** A body of JSON with a member that is unknown, or of another type. */
    IllegalArgumentException of(JsonMappingException failure, JsonNode read) {
        if (failure instanceof UnrecognizedPropertyException unknown) {
            return new IllegalArgumentException("Unknown option \"" + unknown.getPropertyName() + "\": use "
                    + members(unknown.getReferringClass()) + ".");
        }
        Class<?> type = body;
        JsonNode value = read;
        String name = "The body";
        for (JsonMappingException.Reference step : failure.getPath()) {
            type = type(type, step.getFieldName());
            value = value.path(step.getFieldName());
            name = step.getFieldName();
        }
        return new IllegalArgumentException(name + " must be " + rule(type) + ", was " + shortened(value) + ".");
    }

    private static Class<?> type(Class<?> owner, String member) {
        return components(owner)
                .filter(component -> component.getName().equals(member))
                .<Class<?>>map(RecordComponent::getType)
                .findFirst()
                // The values of the variables.
                .orElse(String.class);
    }

    private static String rule(Class<?> type) {
        String rule = RULES.get(type);
        return rule == null ? "an object with members of " + members(type) : rule;
    }

    private static String members(Class<?> type) {
        return components(type).map(RecordComponent::getName).collect(Collectors.joining(", "));
    }

    private static Stream<RecordComponent> components(Class<?> type) {
        return type.isRecord() ? List.of(type.getRecordComponents()).stream() : Stream.empty();
    }

    private static String shortened(JsonNode value) {
        String text = value.toString();
        return text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) + "…" : text;
    }
}
