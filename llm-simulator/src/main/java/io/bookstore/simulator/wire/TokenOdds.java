package io.bookstore.simulator.wire;

import java.util.List;

/**
 * The log probabilities of the tokens of a text.
 *
 * @param chunks the tokens of each chunk of the text
 */
public record TokenOdds(List<List<Token>> chunks) {

    /** A token that might have been chosen. */
    public record Candidate(String text, double logProbability) {}

    /**
     * A token of the text.
     *
     * @param top the most likely tokens in its place, itself the first; empty if none were asked for
     */
    public record Token(Candidate chosen, List<Candidate> top) {

        public Token {
            top = List.copyOf(top);
        }
    }

    public TokenOdds {
        chunks = List.copyOf(chunks);
    }

    /** The tokens of a chunk; beyond the last one it begins anew. */
    public List<Token> ofChunk(int chunk) {
        return chunks.get(chunk % chunks.size());
    }

    /** The tokens of the whole text. */
    public List<Token> all() {
        return chunks.stream().flatMap(List::stream).toList();
    }
}
