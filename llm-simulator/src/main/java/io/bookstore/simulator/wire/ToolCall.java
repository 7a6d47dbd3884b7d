package io.bookstore.simulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.answer.Tokenizer;

/**
 * A call of a tool in an answer.
 *
 * @param id         24 letters and digits; each provider has its own prefix
 * @param arguments  as JSON; the beginning of it if the answer was cut there
 * @param whole      false if the answer was cut within the arguments
 * @param firstChunk the chunk of the answer that begins the call
 */
public record ToolCall(String id, String name, String arguments, boolean whole, int firstChunk) {

    public static final int ID_LENGTH = 24;

    /** The tokens of a call beside its name and its arguments. */
    public static final int OVERHEAD_TOKENS = 8; // assumption: no provider publishes them

    /** The arguments as an object, for a provider that has them so: empty if they were cut. */
    public String input() {
        return whole ? arguments : "{}";
    }

    /** The tokens of a call that a request repeats: the same as when it was written. */
    public static int tokens(String name, String arguments) {
        return Tokenizer.count(name) + Tokenizer.count(arguments) + OVERHEAD_TOKENS;
    }

    public static int tokens(String name, JsonNode arguments) {
        return tokens(name, arguments.toString());
    }
}
