package io.bookstore.perf.validity;

import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.TimeSeries;
import io.bookstore.perf.results.facts.RunFacts;
import io.bookstore.perf.slo.Plateau;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The longest part of a plan in which the load stays as it is, and the requests that ended in it.
 *
 * @param latencies milliseconds, in the order in which the requests ended
 */
record SteadyStage(List<Double> latencies) {

    private static final double MOST = 1.5;
    private static final int FEWEST = 20;

    /** A JVM that has just begun gets faster for some seconds, whatever it runs. */
    private static final double SHORTEST_SECONDS = 60;

    /** Empty for a plan of several scenarios, and for one that only ramps or stays for less than a minute. */
    static Optional<SteadyStage> of(RunResult result) {
        List<RunFacts.Load> loads = result.run().loads();
        Plateau longest = loads.size() == 1 ? Plateau.longest(loads, Double.POSITIVE_INFINITY) : null;
        if (longest == null || longest.length() < SHORTEST_SECONDS) {
            return Optional.empty();
        }
        double zero = result.series().loadBeginsSeconds();
        return Optional.of(new SteadyStage(requests(result.series()).stream()
                .filter(request -> longest.has(request.atSeconds() - zero))
                .map(TimeSeries.Request::latencyMs)
                .toList()));
    }

    /** A model answers in another time than a database, so their mixture may not drift: the model's alone count if there are any. */
    private static List<TimeSeries.Request> requests(TimeSeries series) {
        List<TimeSeries.Request> llm = series.requests().stream()
                .filter(request -> "llm".equals(request.type()))
                .toList();
        return llm.isEmpty() ? series.requests() : llm;
    }

    /** Returns a sentence if its end is much slower, or faster, than its beginning. */
    Optional<String> drift() {
        int third = latencies.size() / 3;
        if (third < FEWEST) {
            return Optional.empty();
        }
        double first = median(latencies.subList(0, third));
        double last = median(latencies.subList(latencies.size() - third, latencies.size()));
        return last <= MOST * first && first <= MOST * last
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "The steady stage was not steady: its first third has a median of %,.0f ms, its last one %,.0f ms, so a"
                                + " percentile mixes two states. Warm up longer, or look for what grows.",
                        first,
                        last));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
