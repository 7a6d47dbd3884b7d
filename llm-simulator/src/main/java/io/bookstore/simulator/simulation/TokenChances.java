package io.bookstore.simulator.simulation;

import io.bookstore.simulator.answer.TokenizedText.Piece;
import io.bookstore.simulator.draw.Draw;
import io.bookstore.simulator.wire.TokenOdds;
import io.bookstore.simulator.wire.TokenOdds.Candidate;
import io.bookstore.simulator.wire.TokenOdds.Token;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws the log probabilities of a text's tokens.
 *
 * <p>The token that was written is always the likeliest, as at a temperature of 0, and the others in its place are tokens of
 * the same text. All probabilities of a place add up to less than 1. None of it is what a model would say.
 */
final class TokenChances {

    private static final double LEAST_REST = 1e-6;
    // The tokens that are not listed have the rest of it; rounding takes far less.
    private static final double LISTED_SHARE = 0.9;
    private static final double DIGITS = 1e8;

    private TokenChances() {}

    static TokenOdds of(AnswerContent content, int likeliest, Draw draw) {
        List<Piece> pieces = content.pieces();
        List<List<Token>> chunks = new ArrayList<>();
        int next = 0;
        for (int chunk = 0; chunk < content.chunks().size(); chunk++) {
            List<Token> tokens = new ArrayList<>();
            int left = content.chunks().text(chunk).length();
            while (left > 0 && next < pieces.size()) {
                tokens.add(token(pieces, next, likeliest, draw));
                left -= pieces.get(next++).text().length();
            }
            chunks.add(List.copyOf(tokens));
        }
        return new TokenOdds(chunks);
    }

    private static Token token(List<Piece> pieces, int index, int likeliest, Draw draw) {
        double strayed = draw.uniform();
        double rest = Math.max(LEAST_REST, strayed * strayed * strayed / 2);
        Candidate chosen = new Candidate(pieces.get(index).text(), log(1 - rest));
        rest *= LISTED_SHARE;
        List<Candidate> top = new ArrayList<>();
        if (likeliest > 0) {
            top.add(chosen);
        }
        for (int other = 1; other < pieces.size() && top.size() < likeliest; other++) {
            String text = pieces.get((index + other) % pieces.size()).text();
            if (top.stream().noneMatch(each -> each.text().equals(text))) {
                rest /= 2;
                top.add(new Candidate(text, log(rest)));
            }
        }
        return new Token(chosen, top);
    }

    /** Rounded, so that the number is short. */
    private static double log(double probability) {
        return Math.round(Math.log(probability) * DIGITS) / DIGITS;
    }
}
