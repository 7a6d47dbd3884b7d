package io.bookstore.simulator.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A string.
 *
 * @param least    shortest, in characters (code points)
 * @param patterns all of which must be found in it
 * @param format   null if it has none that is known
 */
record TextShape(
        int least,
        int most,
        List<TextPattern> patterns,
        @Nullable TextFormat format) implements Shape {

    private static final int TRIES = 40;

    TextShape {
        patterns = List.copyOf(patterns);
    }

    @Override
    public JsonNode draw(Drawing drawing, int depth) {
        for (int i = 0; i < TRIES; i++) {
            String text = text(drawing, i);
            if (accepts(text)) {
                return Drawing.nodes.textNode(text);
            }
        }
        throw new SchemaException("#", "no text was found for " + rules());
    }

    private String text(Drawing drawing, int before) {
        if (format != null) {
            return format.draw(drawing, least, most);
        }
        if (patterns.isEmpty()) {
            return Words.text(drawing, least, most);
        }
        // Later attempts repeat more often, for a text that has to be long.
        return patterns.get(0).draw(drawing, 3 + before * Math.max(1, least / TRIES + 1));
    }

    private boolean accepts(String text) {
        int length = text.codePointCount(0, text.length());
        return length >= least
                && length <= most
                && (format == null || format.accepts(text))
                && patterns.stream().allMatch(pattern -> pattern.isFoundIn(text));
    }

    @Override
    public boolean accepts(JsonNode value) {
        return value.isTextual() && accepts(value.textValue());
    }

    @Override
    public int height() {
        return least > most ? NEVER : 1;
    }

    @Override
    public SchemaException reason(String path) {
        return new SchemaException(path, "minLength " + least + " is above maxLength " + most);
    }

    private String rules() {
        return (format == null ? "" : "format " + format.text() + ", ")
                + (patterns.isEmpty() ? "" : "pattern " + patterns.get(0) + ", ") + "minLength " + least
                + (most == Integer.MAX_VALUE ? "" : ", maxLength " + most);
    }
}
