package io.bookstore.perf.capacity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The growth of response times during a probe, the sign of a load that a service cannot sustain. While a service works off
 * less than arrives, each second adds {@code rate / sustained - 1} seconds to the wait, so the slope of the response times is
 * the part by which the load is too high. Without it, a probe that ends before the wait has reached the limit would look good.
 *
 * <p>Behind the first quarter of a probe the answers are put into ten batches of equal size, in the order of their start, and a
 * line is drawn through the means: neighbours wait in one queue, so single answers would promise too much certainty. The
 * service is over-saturated if the slope is above {@value #OVERLOAD} with 97.5 %. GuideLLM has the same idea, with slopes of
 * concurrency and of time to first token.
 *
 * @param grows    true if the service was over-saturated
 * @param overload the part by which the load was too high although the service was not over-saturated, 0.02 for 2 %; 0 if
 *                 nothing shows it
 * @param unseen   the largest overload that such response times may hide; 0 if too few requests tell
 */
public record Backlog(boolean grows, double overload, double unseen) {

    /** No growth at all. */
    public static final Backlog NONE = new Backlog(false, 0, 0);

    /** The growth of a service that falls behind. */
    public static final Backlog ENDLESS = new Backlog(true, 0, 0);

    static final double OVERLOAD = 0.015;

    private static final int BATCHES = 10;
    private static final int FEWEST = 2 * BATCHES;
    private static final double SETTLING = 0.25;

    // Quantiles of Student's t with 8 degrees of freedom. The second is for the lower end of the interval, which the
    // search sets
    // at rates whose slope was small by chance.
    private static final double T_975 = 2.306;
    private static final double T_995 = 3.355;

    /**
     * An answered request.
     *
     * @param startSeconds since any moment
     */
    public record Request(double startSeconds, double responseSeconds) {}

    /** The growth that these requests show, in any order. */
    public static Backlog of(List<Request> requests) {
        double begin =
                requests.stream().mapToDouble(Request::startSeconds).min().orElse(0);
        double end = requests.stream().mapToDouble(Request::startSeconds).max().orElse(0);
        double settled = begin + SETTLING * (end - begin);
        List<Request> judged = requests.stream()
                .filter(request -> request.startSeconds() >= settled)
                .toList();
        if (judged.size() < FEWEST || begin == end) {
            return NONE;
        }
        Line line = Line.through(batches(judged));
        double margin = T_975 * line.standardError;
        return line.slope - margin > OVERLOAD
                ? ENDLESS
                : new Backlog(
                        false,
                        line.slope > margin ? line.slope : 0,
                        Math.max(0, line.slope + Math.hypot(T_995 * line.standardError, chanceOfWork(judged))));
    }

    /**
     * Two standard errors of the rate at which these requests were worked off. A service that answers in times of a coefficient
     * of variation of c gets through n of them at a pace that differs by c / sqrt(n) from one probe to the next.
     */
    private static double chanceOfWork(List<Request> requests) {
        double mean = mean(requests, Request::responseSeconds);
        double variance = mean(requests, request -> Math.pow(request.responseSeconds() - mean, 2));
        return mean == 0 ? 0 : 2 * Math.sqrt(variance / requests.size()) / mean;
    }

    /** The means of ten batches. */
    private static List<Request> batches(List<Request> requests) {
        List<Request> inOrder = requests.stream()
                .sorted(Comparator.comparingDouble(Request::startSeconds))
                .toList();
        List<Request> means = new ArrayList<>();
        for (int batch = 0; batch < BATCHES; batch++) {
            List<Request> part =
                    inOrder.subList(batch * inOrder.size() / BATCHES, (batch + 1) * inOrder.size() / BATCHES);
            means.add(new Request(mean(part, Request::startSeconds), mean(part, Request::responseSeconds)));
        }
        return means;
    }

    private static double mean(List<Request> requests, ToDoubleFunction<Request> value) {
        return requests.stream().mapToDouble(value).average().orElse(0);
    }

    /**
     * The line of least squares.
     *
     * @param standardError of the slope
     */
    private record Line(double slope, double standardError) {

        static Line through(List<Request> points) {
            double meanStart = mean(points, Request::startSeconds);
            double meanResponse = mean(points, Request::responseSeconds);
            double squares = 0;
            double products = 0;
            for (Request point : points) {
                double start = point.startSeconds() - meanStart;
                squares += start * start;
                products += start * (point.responseSeconds() - meanResponse);
            }
            double slope = products / squares;
            double residues = 0;
            for (Request point : points) {
                double residue = point.responseSeconds() - meanResponse - slope * (point.startSeconds() - meanStart);
                residues += residue * residue;
            }
            return new Line(slope, Math.sqrt(residues / (points.size() - 2) / squares));
        }
    }
}
