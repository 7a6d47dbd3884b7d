package io.bookstore.simulator.record;

import io.bookstore.simulator.record.Recorded.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The differences between two recordings of the same requests.
 *
 * @param pairs        of requests that are in both
 * @param onlyInFirst  answers in the first recording alone
 * @param onlyInSecond answers in the second alone
 */
record Drift(int pairs, int onlyInFirst, int onlyInSecond, List<Row> rows) {

    private static final double CHANCE = 0.05;

    /**
     * A measure of both recordings.
     *
     * @param first   its value in the first, as text
     * @param pairs   that have it in both
     * @param drifted true if the difference counts
     */
    record Row(String measure, String first, String second, int pairs, String verdict, boolean drifted) {}

    private record Answer(Recorded line, AnswerReading reading) {

        private String status() {
            return line.outcome() == Outcome.CUT ? line.status() + " cut" : String.valueOf(line.status());
        }

        private double ttftMs() {
            double[] at = reading.textMs();
            return at.length == 0 ? Double.NaN : at[0];
        }

        /** Milliseconds from chunk to chunk of text. */
        private double paceMs() {
            double[] at = reading.textMs();
            return at.length < 2 ? Double.NaN : (at[at.length - 1] - at[0]) / (at.length - 1);
        }

        private double outputTokens() {
            return reading.outputTokens() == 0 ? Double.NaN : reading.outputTokens();
        }
    }

    private record Pair(Answer first, Answer second) {}

    boolean found() {
        return rows.stream().anyMatch(Row::drifted);
    }

    /**
     * The drift from the first recording to the second.
     *
     * @param tolerance  the share by which a median may differ, such as 0.2
     * @param similarity the least that texts must have in common in the median, from 0 to 1
     * @throws IllegalArgumentException if no request is in both
     */
    static Drift of(List<Recorded> first, List<Recorded> second, double tolerance, double similarity) {
        Map<String, Deque<Recorded>> partners = new HashMap<>();
        List<Recorded> candidates = second.stream()
                .filter(line -> line.outcome() != Outcome.CANCELLED)
                .toList();
        candidates.forEach(line -> partners.computeIfAbsent(line.request().key(), any -> new ArrayDeque<>())
                .add(line));
        List<Pair> pairs = new ArrayList<>();
        int alone = 0;
        for (Recorded line : first) {
            if (line.outcome() != Outcome.CANCELLED) {
                Deque<Recorded> equal = partners.get(line.request().key());
                Recorded partner = equal == null ? null : equal.poll();
                if (partner == null) {
                    alone++;
                } else {
                    pairs.add(new Pair(answer(line), answer(partner)));
                }
            }
        }
        if (pairs.isEmpty()) {
            throw new IllegalArgumentException("No request is in both recordings: record the same requests twice");
        }
        List<Row> rows = List.of(
                same("status", pairs, Answer::status),
                same("finish reason", pairs, answer -> answer.reading().finishReason()),
                text(pairs, similarity),
                median("output tokens", pairs, Answer::outputTokens, tolerance),
                median("first token, ms", pairs, Answer::ttftMs, tolerance),
                median("chunk to chunk, ms", pairs, Answer::paceMs, tolerance));
        return new Drift(pairs.size(), alone, candidates.size() - pairs.size(), rows);
    }

    private static Answer answer(Recorded line) {
        return new Answer(line, AnswerReading.of(line));
    }

    private static Row same(String measure, List<Pair> pairs, Function<Answer, @Nullable String> value) {
        List<Pair> others = pairs.stream()
                .filter(pair -> !Objects.equals(value.apply(pair.first()), value.apply(pair.second())))
                .toList();
        // An example says more than a number.
        Pair shown = others.isEmpty() ? pairs.get(0) : others.get(0);
        return new Row(
                measure,
                shown(value.apply(shown.first())),
                shown(value.apply(shown.second())),
                pairs.size(),
                pairs.size() - others.size() + " of " + pairs.size() + " the same",
                !others.isEmpty());
    }

    private static Row text(List<Pair> pairs, double least) {
        double[] similar = pairs.stream()
                .mapToDouble(pair -> similarity(
                        pair.first().reading().text(), pair.second().reading().text()))
                .toArray();
        long same = pairs.stream()
                .filter(pair -> pair.first()
                        .reading()
                        .text()
                        .equals(pair.second().reading().text()))
                .count();
        double median = middle(similar);
        return new Row(
                "text",
                "",
                "",
                pairs.size(),
                String.format(
                        Locale.ROOT, "%d of %d the same, similarity %.2f in the median", same, pairs.size(), median),
                median < least);
    }

    /** Medians, and the sign test on the pairs: with the same provider each of two answers is as often the greater one. */
    private static Row median(String measure, List<Pair> pairs, ToDoubleFunction<Answer> value, double tolerance) {
        double[][] both = pairs.stream()
                .map(pair -> new double[] {value.applyAsDouble(pair.first()), value.applyAsDouble(pair.second())})
                .filter(each -> !Double.isNaN(each[0]) && !Double.isNaN(each[1]))
                .toArray(double[][]::new);
        if (both.length == 0) {
            return new Row(measure, "", "", 0, "not known", false);
        }
        double first = middle(Arrays.stream(both).mapToDouble(each -> each[0]).toArray());
        double second = middle(Arrays.stream(both).mapToDouble(each -> each[1]).toArray());
        int greater =
                (int) Arrays.stream(both).filter(each -> each[1] > each[0]).count();
        int less = (int) Arrays.stream(both).filter(each -> each[1] < each[0]).count();
        boolean beyond = Math.abs(second - first) > tolerance * first;
        boolean chance = chance(Math.min(greater, less), greater + less) > CHANCE;
        String change = first == 0 ? "" : String.format(Locale.ROOT, "%+.0f %%", 100 * (second / first - 1));
        String verdict =
                beyond && chance ? change + ", which " + both.length + " pairs cannot tell from chance" : change;
        return new Row(measure, number(first), number(second), both.length, verdict, beyond && !chance);
    }

    /** The chance that the rarer of two equally likely signs comes up at most so often, in either direction. */
    static double chance(int rarer, int of) {
        double sum = 0;
        double ways = Math.pow(0.5, of);
        for (int i = 0; i <= rarer; i++) {
            sum += ways;
            ways = ways * (of - i) / (i + 1);
        }
        return Math.min(1, 2 * sum);
    }

    /** The share of words in common, each as often as both texts have it (Dice, 1945); 1 for two empty texts. */
    static double similarity(String one, String other) {
        List<String> words = words(one);
        List<String> left = new ArrayList<>(words(other));
        int all = words.size() + left.size();
        if (all == 0) {
            return 1;
        }
        Map<String, Integer> counts = new HashMap<>();
        left.forEach(word -> counts.merge(word, 1, Integer::sum));
        int common = 0;
        for (String word : words) {
            int count = counts.getOrDefault(word, 0);
            if (count > 0) {
                common++;
                counts.put(word, count - 1);
            }
        }
        return 2.0 * common / all;
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static double middle(double[] values) {
        Arrays.sort(values);
        int half = values.length / 2;
        return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    }

    private static String shown(@Nullable String value) {
        return value == null ? "none" : value;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.1f", value);
    }
}
