package io.bookstore.perf.validity;

import io.bookstore.k6.run.RunPlan;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.TimeSeries;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
    static Optional<SteadyStage> of(RunResult result, @Nullable RunPlan plan) {
        if (plan == null || plan.scenarios().size() != 1) {
            return Optional.empty();
        }
        List<TimeSeries.Request> requests = requests(result.series());
        // The load begins with its first request; what setup took is unknown.
        double zero = requests.stream()
                .mapToDouble(request -> request.atSeconds() - request.latencyMs() / 1000)
                .min()
                .orElse(0);
        Span longest = longest(plan.scenarios().get(0));
        return longest == null || longest.length() < SHORTEST_SECONDS
                ? Optional.empty()
                : Optional.of(new SteadyStage(requests.stream()
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

    private static @Nullable Span longest(RunPlan.Scenario scenario) {
        if (scenario.stages().isEmpty()) {
            return scenario.executor().startsWith("constant-")
                    ? new Span(0, scenario.duration().toMillis() / 1000.0)
                    : null;
        }
        Span longest = null;
        double at = 0;
        double begin = 0;
        int before = -1;
        for (RunPlan.Stage stage : scenario.stages()) {
            double end = at + stage.duration().toMillis() / 1000.0;
            begin = stage.target() == before ? begin : end;
            Span steady = new Span(begin, end);
            longest = stage.target() > 0 && (longest == null || steady.length() > longest.length()) ? steady : longest;
            at = end;
            before = stage.target();
        }
        return longest;
    }

    /** One sentence if its end is much slower, or faster, than its beginning. */
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

    /** A time of the plan, in seconds from its begin. */
    private record Span(double begin, double end) {
        double length() {
            return end - begin;
        }

        boolean has(double moment) {
            return moment >= begin && moment <= end;
        }
    }
}
