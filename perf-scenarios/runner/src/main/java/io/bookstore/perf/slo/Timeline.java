package io.bookstore.perf.slo;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * Requests by the moment for which they were scheduled, in equal intervals: the steady window is known only when the run is
 * over. Intervals last 100 ms, and twice as long whenever a run has more than {@value #MOST} of them.
 */
final class Timeline {

    private static final int MOST = 6_000;

    private long lengthMillis = 100;
    private TreeMap<Long, Interval> intervals = new TreeMap<>();

    static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }

    /** The interval of a moment. */
    Interval at(Instant moment) {
        Interval interval =
                intervals.computeIfAbsent(Math.floorDiv(moment.toEpochMilli(), lengthMillis), key -> new Interval());
        if (intervals.size() > MOST) {
            widen();
            return at(moment);
        }
        return interval;
    }

    private void widen() {
        lengthMillis *= 2;
        TreeMap<Long, Interval> wider = new TreeMap<>();
        intervals.forEach((key, interval) -> wider.computeIfAbsent(Math.floorDiv(key, 2), first -> new Interval())
                .add(interval));
        intervals = wider;
    }

    /** The sum over the intervals of a window; all of a run that is judged as a whole. */
    Interval sum(Instant begin, SteadyWindow window) {
        Interval sum = new Interval();
        for (Map.Entry<Long, Interval> each : intervals.entrySet()) {
            Instant middle = Instant.ofEpochMilli(each.getKey() * lengthMillis + lengthMillis / 2);
            if (!window.steady() || window.has(seconds(begin, middle))) {
                sum.add(each.getValue());
            }
        }
        return sum;
    }
}
