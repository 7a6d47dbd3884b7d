package io.bookstore.simulator.answer;

/**
 * A text in the pieces it travels in. A piece is cut when it is asked for: five thousand streams would keep a hundred
 * thousand strings for the collector to copy.
 */
public final class Chunks {

    private final String text;
    private final int[] ends;
    private final int[] tokens;

    /**
     * @param ends   where each chunk ends in the text, in characters
     * @param tokens of each chunk
     */
    Chunks(String text, int[] ends, int[] tokens) {
        this.text = text;
        this.ends = ends;
        this.tokens = tokens;
    }

    /** The text of all chunks. */
    public String text() {
        return text;
    }

    public int size() {
        return ends.length;
    }

    /** @param chunk from 0 */
    public String text(int chunk) {
        return text.substring(chunk == 0 ? 0 : ends[chunk - 1], ends[chunk]);
    }

    /** The tokens of each chunk. */
    public int[] tokens() {
        return tokens.clone();
    }
}
