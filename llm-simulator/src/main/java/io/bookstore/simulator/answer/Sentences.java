package io.bookstore.simulator.answer;

import io.bookstore.simulator.answer.TokenizedText.Piece;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The sentences of {@code sentences.txt}.
 *
 * <p>Closing sentences are known by their length, so that an answer can end with a full stop at exactly the wanted token.
 */
record Sentences(List<String> opening, List<String> body, TreeMap<Integer, TokenizedText> closingByTokens) {

    private static final class Bank {
        static final Sentences sentences = read();
    }

    static Sentences bank() {
        return Bank.sentences;
    }

    int shortestClosing() {
        return closingByTokens.firstKey();
    }

    int longestClosing() {
        return closingByTokens.lastKey();
    }

    /** Closing sentences of that many tokens together; of more, if there is none so short. */
    List<Piece> closing(int tokens) {
        List<Piece> pieces = new ArrayList<>();
        int left = tokens;
        do {
            Map.Entry<Integer, TokenizedText> last = closingByTokens.floorEntry(left);
            if (last == null) {
                last = closingByTokens.firstEntry();
            } else if (last.getKey() < left) {
                // What remains after this one must again be a sentence.
                Map.Entry<Integer, TokenizedText> next = closingByTokens.floorEntry(left - shortestClosing());
                last = next == null ? last : next;
            }
            pieces.addAll(last.getValue().pieces());
            left -= last.getKey();
        } while (left > 0);
        return pieces;
    }

    private static Sentences read() {
        Map<String, List<String>> sections = new HashMap<>();
        List<String> section = new ArrayList<>();
        for (String line : text().split("\n")) {
            if (line.startsWith("[")) {
                section = sections.computeIfAbsent(line, name -> new ArrayList<>());
            } else if (!line.startsWith("#")) {
                section.add(line);
            }
        }
        TreeMap<Integer, TokenizedText> closing = new TreeMap<>();
        for (String sentence : sections.getOrDefault("[closing]", List.of())) {
            TokenizedText split = Tokenizer.split(" " + sentence);
            closing.put(split.tokens(), split);
        }
        return new Sentences(
                List.copyOf(sections.getOrDefault("[opening]", List.of())),
                List.copyOf(sections.getOrDefault("[body]", List.of())),
                closing);
    }

    private static String text() {
        try (InputStream in = Sentences.class.getResourceAsStream("sentences.txt")) {
            if (in == null) {
                throw new IllegalStateException("sentences.txt is not beside " + Sentences.class.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
