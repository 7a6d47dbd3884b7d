package io.bookstore.simulator.wire;

import org.jspecify.annotations.Nullable;

/**
 * The calls of tools since the last word of the user.
 *
 * @param turns  how many answers had calls
 * @param mark   by which all requests of the loop know it: that of the first call; null if there was none
 * @param byText true if calls are marked by their content, for want of an identifier that comes back
 */
public record ToolLoop(int turns, @Nullable String mark, boolean byText) {

    /** No call yet, and the next has an identifier. */
    public static final ToolLoop NONE = new ToolLoop(0, null, false);

    /** No call yet, and the next will be known by its content. */
    public static final ToolLoop NONE_BY_TEXT = new ToolLoop(0, null, true);

    /** The same after one more answer with calls. */
    public ToolLoop after(String firstCall) {
        return new ToolLoop(turns + 1, mark == null ? firstCall : mark, byText);
    }

    /** The part of a call's identifier that is drawn: each provider puts a prefix of its own before it. */
    public static String markOfId(String id) {
        return id.substring(Math.max(0, id.length() - ToolCall.ID_LENGTH));
    }
}
