package io.bookstore.console.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.console.service.Totals.LineId;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TotalsTest {

    private static final LineId LINE = new LineId("Latency", "all");
    private static final Totals NOTHING = new Totals(Map.of(), Map.of(), Map.of());

    @Test
    void percentileIsOnAStraightLineWithinItsBucket() {
        Totals before = histogram(10, 10, 10);

        assertThat(histogram(10, 110, 110).since(before, 5)).containsExactly(Map.entry(LINE, 1.95));
    }

    @Test
    void percentileBeyondTheLastBoundIsThatBound() {
        assertThat(histogram(0, 5, 10).since(NOTHING, 5)).containsExactly(Map.entry(LINE, 2.0));
    }

    @Test
    void percentileOfNothingIsUnknown() {
        Totals same = histogram(10, 20, 30);

        assertThat(same.since(same, 5)).isEmpty();
    }

    /** A histogram with the bounds 1 and 2, whose buckets have counted so many until now. */
    private static Totals histogram(double one, double two, double all) {
        return new Totals(
                Map.of(),
                Map.of(),
                Map.of(LINE, new TreeMap<>(Map.of(1.0, one, 2.0, two, Double.POSITIVE_INFINITY, all))));
    }
}
