package io.bookstore.simulator.answer;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.IntArrayList;
import io.bookstore.simulator.answer.TokenizedText.Piece;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts tokens with OpenAI's cl100k_base. Claude's and Gemini's tokenizers are not public; for English prose theirs differ
 * from this by some per cent, which a load test does not notice as long as all of its counts come from one counter.
 *
 * <p>Thread-safe. The first use in a JVM reads the vocabulary, which takes most of a second: {@link #load} does it early.
 */
public final class Tokenizer {

    // Beyond this a count would hold up the event loop for milliseconds: the rest is estimated from the beginning.
    private static final int MAX_COUNTED_CHARS = 8_192;

    // The same instructions and sentences come with every request of a load test. A full cache is emptied: simplest
    // bound.
    private static final int MAX_CACHED = 4_096;

    private static final Map<String, Integer> counts = new ConcurrentHashMap<>();
    private static final Map<String, TokenizedText> splits = new ConcurrentHashMap<>();

    private Tokenizer() {}

    private static final class Vocabulary {
        static final Encoding encoding = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.CL100K_BASE);
    }

    /** Reads the vocabulary, if that has not happened yet. */
    public static void load() {
        Vocabulary.encoding.countTokensOrdinary("warm");
    }

    /** Exact up to 8,192 characters; beyond, extrapolated from those. */
    public static int count(String text) {
        if (text.length() > MAX_COUNTED_CHARS) {
            long sample = Vocabulary.encoding.countTokensOrdinary(text.substring(0, MAX_COUNTED_CHARS));
            return (int) (sample * text.length() / MAX_COUNTED_CHARS);
        }
        Integer known = counts.get(text);
        if (known != null) {
            return known;
        }
        int count = Vocabulary.encoding.countTokensOrdinary(text);
        remember(counts, text, count);
        return count;
    }

    static TokenizedText split(String text) {
        TokenizedText known = splits.get(text);
        if (known != null) {
            return known;
        }
        TokenizedText split = splitNew(text);
        remember(splits, text, split);
        return split;
    }

    /** Splits a text that nobody will ask for again. */
    static TokenizedText splitNew(String text) {
        IntArrayList tokens = Vocabulary.encoding.encodeOrdinary(text);
        List<Piece> pieces = new ArrayList<>();
        IntArrayList pending = new IntArrayList();
        for (int i = 0; i < tokens.size(); i++) {
            pending.add(tokens.get(i));
            String whole = characters(Vocabulary.encoding.decodeBytes(pending));
            if (whole != null) {
                pieces.add(new Piece(whole, pending.size()));
                pending.clear();
            }
        }
        return new TokenizedText(pieces);
    }

    private static <V> void remember(Map<String, V> cache, String text, V value) {
        if (cache.size() >= MAX_CACHED) {
            cache.clear();
        }
        cache.put(text, value);
    }

    /** The text of the bytes; null if they end in the middle of a character. */
    private static @Nullable String characters(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
