package io.bookstore.simulator.schema;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.bookstore.simulator.draw.Draw;
import java.util.List;

/** A document under way: its chances, and a bound on its size. */
final class Drawing {

    /** The depth from which on optional parts are left out. */
    static final int SOFT_DEPTH = 5;

    /** Keeps every number as it is written: 1.50 stays 1.50. */
    static final JsonNodeFactory nodes = JsonNodeFactory.withExactBigDecimals(true);

    private static final int MOST_VALUES = 20_000;

    private final Draw draw;
    private int values;

    Drawing(Draw draw) {
        this.draw = draw;
    }

    Draw draw() {
        return draw;
    }

    /** Counts one more value of the document. */
    void countValue() {
        if (++values > MOST_VALUES) {
            throw new SchemaException("#", "a document would have more than " + MOST_VALUES + " values");
        }
    }

    <T> T anyOf(List<T> choices) {
        return choices.get(draw.below(choices.size()));
    }

    /** Uniform, both ends included. */
    int between(int least, int most) {
        return least + draw.below(most - least + 1);
    }
}
