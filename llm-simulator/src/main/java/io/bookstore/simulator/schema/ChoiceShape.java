package io.bookstore.simulator.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * The values of any of several shapes, or of exactly one of them.
 *
 * @param drawn how many of the choices, from the first on, are drawn from; the others are only accepted
 */
record ChoiceShape(List<SchemaPlace> choices, int drawn, boolean exactlyOne) implements Shape {

    private static final int TRIES = 20;

    ChoiceShape {
        choices = List.copyOf(choices);
    }

    @Override
    public JsonNode draw(Drawing drawing, int depth) {
        int lowest = height() - 1;
        List<SchemaPlace> open = choices.subList(0, drawn).stream()
                .filter(choice -> depth < Drawing.SOFT_DEPTH ? choice.height() != NEVER : choice.height() == lowest)
                .toList();
        SchemaException failure = null;
        for (int i = 0; i < TRIES; i++) {
            SchemaPlace choice = i < TRIES / 2 ? drawing.anyOf(open) : open.get(i % open.size());
            try {
                JsonNode value = choice.draw(drawing, depth);
                if (accepts(value)) {
                    return value;
                }
            } catch (SchemaException e) {
                failure = e;
            }
        }
        throw failure == null ? new SchemaException("#", "no value was found for exactly one of oneOf") : failure;
    }

    @Override
    public boolean accepts(JsonNode value) {
        long accepting = choices.stream()
                .filter(choice -> choice.accepts(value))
                .limit(2)
                .count();
        return exactlyOne ? accepting == 1 : accepting > 0;
    }

    @Override
    public int height() {
        return Shape.above(choices.subList(0, drawn).stream()
                .mapToInt(SchemaPlace::height)
                .min()
                .orElse(NEVER));
    }

    @Override
    public SchemaException reason(String path) {
        return choices.isEmpty()
                ? new SchemaException(path, "no type is left that all rules allow")
                : choices.get(0).reason(path);
    }
}
