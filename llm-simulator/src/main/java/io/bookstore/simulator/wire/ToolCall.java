package io.bookstore.simulator.wire;

/**
 * A call of a tool in an answer.
 *
 * @param id         24 letters and digits; each provider has its own prefix
 * @param arguments  as JSON; the beginning of it if the answer was cut there
 * @param whole      false if the answer was cut within the arguments
 * @param firstChunk the chunk of the answer that begins the call
 */
public record ToolCall(String id, String name, String arguments, boolean whole, int firstChunk) {

    /** The arguments as an object, for a provider that has them so: empty if they were cut. */
    public String input() {
        return whole ? arguments : "{}";
    }
}
