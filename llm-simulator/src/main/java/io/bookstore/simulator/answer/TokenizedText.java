package io.bookstore.simulator.answer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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

    /** Splits a text that is written once, such as a document: nothing of it is kept. */
    public static TokenizedText of(String text) {
        return Tokenizer.splitNew(text);
    }

    public String text() {
        StringBuilder text = new StringBuilder();
        pieces.forEach(piece -> text.append(piece.text()));
        return text.toString();
    }

    /** A text that says nothing, of that many pieces with one token each, as those of English prose are. */
    public static TokenizedText ofTokens(int tokens) {
        return new TokenizedText(Collections.nCopies(tokens, new Piece("-", 1)));
    }

    /** The beginning with that many characters; a piece that is cut still costs its tokens. */
    public TokenizedText upTo(int characters) {
        List<Piece> kept = new ArrayList<>();
        int left = characters;
        for (Piece piece : pieces) {
            if (left <= 0) {
                break;
            }
            String text = piece.text().substring(0, Math.min(left, piece.text().length()));
            kept.add(new Piece(text, piece.tokens()));
            left -= text.length();
        }
        return new TokenizedText(kept);
    }

    /** The longest beginning with at most that many tokens. */
    public TokenizedText first(int maxTokens) {
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
