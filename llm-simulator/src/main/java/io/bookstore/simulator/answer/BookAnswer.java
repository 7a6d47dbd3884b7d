package io.bookstore.simulator.answer;

import io.bookstore.simulator.answer.TokenizedText.Piece;
import io.bookstore.simulator.draw.Draw;
import java.util.ArrayList;
import java.util.List;

/** Writes a summary that reads like one and has exactly the wanted number of tokens. */
public final class BookAnswer {

    private BookAnswer() {}

    /**
     * @param prompt       where the book's title, author and genre are looked for
     * @param wantedTokens length at which the answer ends of itself, at least 1
     * @param maxTokens    length at which it is cut off, at least 1
     * @param draw         which sentences are taken
     */
    public static TokenizedText write(String prompt, int wantedTokens, int maxTokens, Draw draw) {
        AskedBook book = AskedBook.in(prompt);
        Sentences sentences = Sentences.bank();
        List<Piece> pieces = new ArrayList<>();
        int left = wantedTokens;
        int before = -1;
        while (left > sentences.longestClosing()) {
            boolean first = pieces.isEmpty();
            List<String> choice = first ? sentences.opening() : sentences.body();
            int chosen = draw.below(choice.size());
            if (!first && chosen == before) {
                chosen = (chosen + 1) % choice.size();
            }
            before = first ? -1 : chosen;
            TokenizedText sentence = Tokenizer.split((first ? "" : " ") + book.fill(choice.get(chosen)));
            if (sentence.tokens() + sentences.shortestClosing() > left) {
                break;
            }
            pieces.addAll(sentence.pieces());
            left -= sentence.tokens();
        }
        if (left > 0) {
            pieces.addAll(sentences.closing(left));
        }
        return new TokenizedText(withoutLeadingSpace(pieces)).first(Math.min(wantedTokens, maxTokens));
    }

    /** Closing sentences are kept with the space before them, which belongs to their first token. */
    private static List<Piece> withoutLeadingSpace(List<Piece> pieces) {
        Piece first = pieces.get(0);
        if (first.text().startsWith(" ")) {
            pieces.set(0, new Piece(first.text().substring(1), first.tokens()));
        }
        return pieces;
    }
}
