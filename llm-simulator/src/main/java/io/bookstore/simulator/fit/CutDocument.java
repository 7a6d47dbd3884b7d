package io.bookstore.simulator.fit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** A JSON document without its end. */
final class CutDocument {

    private static final JsonFactory factory = new JsonFactory();

    private CutDocument() {}

    /** Returns the document up to its last whole span, or element of its array, and closed there; empty if there is none. */
    static String sound(String text) throws IOException {
        int end = 0;
        String brackets = "";
        try (JsonParser parser = factory.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.END_OBJECT && isCall(parser.getParsingContext())) {
                    end = (int) parser.currentLocation().getCharOffset();
                    brackets = brackets(parser.getParsingContext());
                }
            }
        } catch (JsonProcessingException e) {
            // The text ends here.
        }
        return text.substring(0, end) + brackets;
    }

    /** Returns whether the objects in it are spans, or the elements of a document that is an array. */
    private static boolean isCall(JsonStreamContext around) {
        JsonStreamContext owner = around.getParent();
        return around.inArray() && (owner.inRoot() || "spans".equals(owner.getCurrentName()));
    }

    private static String brackets(JsonStreamContext innermost) {
        StringBuilder brackets = new StringBuilder();
        for (JsonStreamContext each = innermost; !each.inRoot(); each = each.getParent()) {
            brackets.append(each.inArray() ? ']' : '}');
        }
        return brackets.toString();
    }
}
