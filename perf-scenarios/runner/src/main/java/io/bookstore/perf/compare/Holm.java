package io.bookstore.perf.compare;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Holm's step-down correction: with it the chance of any false alarm among several metrics is at most that of one.
 *
 * @see <a href="https://www.jstor.org/stable/4615733">Holm, A simple sequentially rejective multiple test procedure, 1979</a>
 */
final class Holm {

    private Holm() {}

    /** The adjusted probabilities, in the order of the given ones. */
    static List<Double> adjusted(List<Double> probabilities) {
        int count = probabilities.size();
        List<Integer> smallestFirst = IntStream.range(0, count)
                .boxed()
                .sorted(Comparator.comparing(probabilities::get))
                .toList();
        Double[] adjusted = new Double[count];
        double largest = 0;
        for (int rank = 0; rank < count; rank++) {
            int index = smallestFirst.get(rank);
            largest = Math.max(largest, Math.min(1, (count - rank) * probabilities.get(index)));
            adjusted[index] = largest;
        }
        return List.of(adjusted);
    }
}
