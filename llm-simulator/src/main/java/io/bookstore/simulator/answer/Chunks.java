package io.bookstore.simulator.answer;

import java.util.List;
import java.util.stream.IntStream;

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

    /** The chunks of several texts one after the other; no chunk belongs to two. */
    public static Chunks joined(List<Chunks> parts) {
        StringBuilder text = new StringBuilder();
        int[] ends = new int[parts.stream().mapToInt(Chunks::size).sum()];
        int[] tokens = new int[ends.length];
        int chunk = 0;
        for (Chunks part : parts) {
            for (int i = 0; i < part.size(); i++) {
                ends[chunk] = text.length() + part.ends[i];
                tokens[chunk++] = part.tokens[i];
            }
            text.append(part.text);
        }
        return new Chunks(text.toString(), ends, tokens);
    }

    /**
     * The chunks of several texts in one stream.
     *
     * @param order the text that each chunk is taken from, by its index
     */
    public static Chunks interleaved(List<Chunks> parts, List<Integer> order) {
        StringBuilder text = new StringBuilder();
        int[] ends = new int[order.size()];
        int[] tokens = new int[order.size()];
        int[] taken = new int[parts.size()];
        for (int i = 0; i < ends.length; i++) {
            Chunks part = parts.get(order.get(i));
            int chunk = taken[order.get(i)]++;
            text.append(part.text(chunk));
            ends[i] = text.length();
            tokens[i] = part.tokens[chunk];
        }
        return new Chunks(text.toString(), ends, tokens);
    }

    /** The same text in one chunk. */
    public Chunks whole() {
        return new Chunks(
                text, new int[] {text.length()}, new int[] {IntStream.of(tokens).sum()});
    }

    /** The same with so many more tokens in the first chunk. */
    public Chunks withMoreTokens(int more) {
        int[] increased = tokens.clone();
        increased[0] += more;
        return new Chunks(text, ends, increased);
    }

    /** The same text, which stands for that many tokens: each chunk has its share. */
    public Chunks standingFor(int total) {
        long own = Math.max(1, IntStream.of(tokens).sum());
        int[] shares = new int[tokens.length];
        long seen = 0;
        int given = 0;
        for (int i = 0; i < shares.length; i++) {
            seen += tokens[i];
            int until = (int) (seen * total / own);
            shares[i] = until - given;
            given = until;
        }
        return new Chunks(text, ends, shares);
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
