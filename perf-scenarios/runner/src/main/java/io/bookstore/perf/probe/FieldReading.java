package io.bookstore.perf.probe;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The reading of one field of an answer: its value, or the place where its path ended.
 *
 * @param name    the field of the descriptor, such as {@code inputTokens}
 * @param path    its path in the JSON of the answer
 * @param value   null if the path leads nowhere
 * @param missing the first key of the path that is not there; null with a value, or without any JSON
 * @param after   the path up to that key; empty at the top
 * @param found   the type of JSON there, as JavaScript names it, {@code list} or {@code null}
 * @param keys    the keys that are there
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record FieldReading(
        String name,
        String path,
        @Nullable JsonNode value,
        @Nullable String missing,
        @Nullable String after,
        @Nullable String found,
        @Nullable List<String> keys) {

    private static final int SHOWN = 60;

    /** Returns whether a value was read, and a text for the field that must be one. */
    public boolean wasRead() {
        return value != null
                && !value.isNull()
                && (!name.equals("text")
                        || value.isTextual() && !value.textValue().isBlank());
    }

    /** The value, or the reason why there is none. */
    public String sentence() {
        if (value != null) {
            return path + " = " + shown(value);
        }
        if (missing == null) {
            return path + ": the answer is no JSON";
        }
        return path + ": " + (after == null || after.isEmpty() ? "the answer" : after) + " " + end(missing);
    }

    private String end(String key) {
        if ("object".equals(found)) {
            return keys == null || keys.isEmpty()
                    ? "is an empty object"
                    : "has no \"" + key + "\", but " + String.join(", ", keys);
        }
        if ("list".equals(found)) {
            return "is a list without an entry \"" + key + "\"";
        }
        return "is " + ("null".equals(found) ? "null" : "a " + found) + ", and has no \"" + key + "\"";
    }

    private static String shown(JsonNode value) {
        String text = value.toString();
        return text.length() <= SHOWN
                ? text
                : text.substring(0, SHOWN) + "… (" + (value.isTextual() ? value.textValue() : text).length()
                        + " characters)";
    }
}
