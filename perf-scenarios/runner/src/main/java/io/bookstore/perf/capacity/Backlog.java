package io.bookstore.perf.capacity;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The growth of response times during a probe, the sign of a load that a service cannot sustain. While a service works off
 * less than arrives, each second adds {@code rate / sustained - 1} seconds to the wait, so the slope of the response times is
 * the part by which the load is too high. Without it, a probe that ends before the wait has reached the limit would look good.
 *
 * <p>The service is saturated if, behind the first quarter of the probe, the slope is above {@value #OVERLOAD} by two standard
 * errors, and the line rises by {@value #RISE} standard deviations of the times around it: a queue also grows by chance, and
 * shrinks again. GuideLLM has the same idea, with slopes of concurrency and of time to first token.
 *
 * @param grows    true if the service was saturated
 * @param overload the part by which the load was too high although the service was not saturated, 0.02 for 2 %; 0 if nothing
 *                 shows it
 * @param unseen   the largest overload that such response times may hide; 0 if too few requests tell
 */
public record Backlog(boolean grows, double overload, double unseen) {

    /** No growth at all. */
    public static final Backlog NONE = new Backlog(false, 0, 0);

    /** The growth of a service that falls behind. */
    public static final Backlog ENDLESS = new Backlog(true, 0, 0);

    static final double OVERLOAD = 0.01;
    static final double RISE = 1.5;

    private static final int FEWEST = 20;
    private static final double STANDARD_ERRORS = 2;
    // One more, for the search keeps the rates whose slope was small by chance.
    private static final double STANDARD_ERRORS_UNSEEN = 3;
    private static final double SETTLING = 0.25;

    /**
     * An answered request.
     *
     * @param startSeconds since any moment
     */
    public record Request(double startSeconds, double responseSeconds) {}

    /** The growth that these requests show, in any order. */
    public static Backlog of(List<Request> requests) {
        double begin = requests.stream().mapToDouble(Request::startSeconds).min().orElse(0);
        double end = requests.stream().mapToDouble(Request::startSeconds).max().orElse(0);
        double settled = begin + SETTLING * (end - begin);
        List<Request> judged = requests.stream()
                .filter(request -> request.startSeconds() >= settled)
                .toList();
        if (judged.size() < FEWEST || begin == end) {
            return NONE;
        }
        Line line = Line.through(judged);
        double margin = STANDARD_ERRORS * line.standardError;
        boolean grows = line.slope - margin > OVERLOAD && line.slope * (end - settled) >= RISE * line.scatter;
        return grows
                ? ENDLESS
                : new Backlog(
                        false,
                        line.slope > margin ? line.slope : 0,
                        Math.max(0, line.slope + STANDARD_ERRORS_UNSEEN * line.standardError));
    }

    /**
     * The line of least squares.
     *
     * @param standardError of the slope
     * @param scatter       standard deviation of the times around the line
     */
    private record Line(double slope, double standardError, double scatter) {

        static Line through(List<Request> requests) {
            double meanStart = mean(requests, Request::startSeconds);
            double meanResponse = mean(requests, Request::responseSeconds);
            double squares = 0;
            double products = 0;
            for (Request request : requests) {
                double start = request.startSeconds() - meanStart;
                squares += start * start;
                products += start * (request.responseSeconds() - meanResponse);
            }
            double slope = products / squares;
            double residues = 0;
            for (Request request : requests) {
                double residue =
                        request.responseSeconds() - meanResponse - slope * (request.startSeconds() - meanStart);
                residues += residue * residue;
            }
            double scatter = Math.sqrt(residues / (requests.size() - 2));
            return new Line(slope, scatter / Math.sqrt(squares), scatter);
        }

        private static double mean(List<Request> requests, ToDoubleFunction<Request> value) {
            return requests.stream().mapToDouble(value).average().orElse(0);
        }
    }
}
