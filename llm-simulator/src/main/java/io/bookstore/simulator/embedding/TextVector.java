package io.bookstore.simulator.embedding;

import io.bookstore.simulator.draw.Draw;
import io.bookstore.simulator.draw.Draws;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;

/**
 * A text as a vector of length 1 that depends on the text alone: a bag of hashed words. Each word, in lower case, adds 1 or -1
 * to {@value #PLACES} places that its hash chooses; English stop words add nothing, unless the text has no others. So the
 * cosine of two texts grows with the words that they share, in any order. Nothing is learned: a synonym is a stranger.
 */
public final class TextVector {

    private static final Pattern WORDS = Pattern.compile("[\\p{L}\\p{N}]+");

    // Several places a word: two words rarely share all of them, even where a vector is short.
    private static final int PLACES = 8;

    // Two texts of the same words are not the same text; a third of a word's weight keeps them apart and near.
    private static final double OWN_WEIGHT = 0.3;

    private static final Set<String> stopWords =
            Set.of(("a about above after again all am an and any are as at be because"
                            + " been before being below between both but by can could did do does doing down during each few for"
                            + " from further had has have having he her here hers him his how i if in into is it its just me more"
                            + " most my no nor not now of off on once only or other our out over own s same she should so some such"
                            + " t than that the their them then there these they this those through to too under until up very was"
                            + " we were what when where which while who whom why will with would you your")
                    .split(" "));

    private final float[] values;

    private TextVector(float[] values) {
        this.values = values;
    }

    /** @param dimensions at least 1 */
    public static TextVector of(String text, int dimensions) {
        double[] sum = new double[dimensions];
        List<String> all = WORDS.matcher(text)
                .results()
                .map(word -> word.group().toLowerCase(Locale.ROOT))
                .toList();
        List<String> telling =
                all.stream().filter(word -> !stopWords.contains(word)).toList();
        List<String> words = telling.isEmpty() ? all : telling;
        words.forEach(word -> add(sum, word, 1));
        add(sum, text, OWN_WEIGHT * Math.sqrt(Math.max(1, words.size())));
        double length = Math.sqrt(DoubleStream.of(sum).map(each -> each * each).sum());
        float[] values = new float[dimensions];
        for (int i = 0; i < dimensions; i++) {
            // All words may cancel out where there are few places.
            values[i] = length == 0 ? (i == 0 ? 1 : 0) : (float) (sum[i] / length);
        }
        return new TextVector(values);
    }

    private static void add(double[] sum, String text, double weight) {
        Draw draw = Draws.of(0, text, 1).stream("embedding");
        Set<Integer> places = new HashSet<>();
        while (places.size() < Math.min(PLACES, sum.length)) {
            int place = draw.below(sum.length);
            boolean positive = draw.happens(0.5);
            if (places.add(place)) {
                sum[place] += positive ? weight : -weight;
            }
        }
    }

    /** An array of JSON. */
    public String json() {
        StringBuilder numbers = new StringBuilder("[");
        for (int i = 0; i < values.length; i++) {
            numbers.append(i == 0 ? "" : ",");
            // Most places are empty.
            if (values[i] == 0) {
                numbers.append("0.0");
            } else {
                numbers.append(values[i]);
            }
        }
        return numbers.append(']').toString();
    }

    /** An array of JSON with 1 for each number above 0, and 0 for each other. */
    public String bits() {
        StringBuilder bits = new StringBuilder("[");
        for (int i = 0; i < values.length; i++) {
            bits.append(i == 0 ? "" : ",").append(values[i] > 0 ? '1' : '0');
        }
        return bits.append(']').toString();
    }

    /** Little-endian floats in base64, without quotes. */
    public String base64() {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
