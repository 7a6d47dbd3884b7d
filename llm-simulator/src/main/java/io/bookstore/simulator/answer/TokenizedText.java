package io.bookstore.simulator.answer;

import java.util.Arrays;
import java.util.List;

/**
 * A text in the pieces a model would emit it in.
 *
 * @param pieces never empty strings; joined they are the text
 */
public record TokenizedText(List<Piece> pieces) {

    /**
     * The smallest part that is a whole number of tokens and of characters.
     *
     * @param tokens 1, or more where a character outside the common alphabets spreads over several tokens
     */
    public record Piece(String text, int tokens) {}

    public TokenizedText {
        pieces = List.copyOf(pieces);
    }

    public int tokens() {
        int tokens = 0;
        for (Piece piece : pieces) {
            tokens += piece.tokens();
        }
        return tokens;
    }

    /** The longest beginning with at most that many tokens. */
    TokenizedText first(int maxTokens) {
        int tokens = 0;
        for (int i = 0; i < pieces.size(); i++) {
            tokens += pieces.get(i).tokens();
            if (tokens > maxTokens) {
                return new TokenizedText(pieces.subList(0, i));
            }
        }
        return this;
    }

    /** The pieces in the groups they travel in: the first alone, then at least {@code tokensPerChunk} tokens together. */
    public Chunks chunks(int tokensPerChunk) {
        int[] ends = new int[pieces.size()];
        int[] tokens = new int[pieces.size()];
        StringBuilder text = new StringBuilder();
        int chunks = 0;
        for (Piece piece : pieces) {
            text.append(piece.text());
            tokens[chunks] += piece.tokens();
            ends[chunks] = text.length();
            if (tokens[chunks] >= tokensPerChunk || chunks == 0) {
                chunks++;
            }
        }
        if (chunks < pieces.size() && tokens[chunks] > 0) {
            chunks++;
        }
        return new Chunks(text.toString(), Arrays.copyOf(ends, chunks), Arrays.copyOf(tokens, chunks));
    }
}
