package io.bookstore.perf.capacity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

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
 * <p>A single stall makes a slope too: the times rise once, and fall or stay from there on. So the growth is certain only if the
 * batches before and those after a step still rise with 97.5 %, wherever the step is.
 *
 * @param grows    true if the service was over-saturated, or had a stall
 * @param certain  true if no single stall explains the growth
 * @param overload the part by which the load was too high although the service was not over-saturated, 0.02 for 2 %; 0 if
 *                 nothing shows it
 * @param unseen   the largest overload that such response times may hide; 0 if too few requests tell
 */
public record Backlog(boolean grows, boolean certain, double overload, double unseen) {

    /** No growth at all. */
    public static final Backlog NONE = new Backlog(false, false, 0, 0);

    /** The growth of a service that had a stall, or falls behind. */
    public static final Backlog STALL_OR_ENDLESS = new Backlog(true, false, 0, 0);

    /** The growth of a service that falls behind. */
    public static final Backlog ENDLESS = new Backlog(true, true, 0, 0);

    static final double OVERLOAD = 0.015;

    private static final int BATCHES = 10;
    private static final int FEWEST = 2 * BATCHES;
    private static final double SETTLING = 0.25;

    // Quantiles of Student's t with 8 degrees of freedom, and with 7 for a line with a step. T_995 is for the lower end
    // of the interval, which the search sets at rates whose slope was small by chance.
    private static final double T_975 = 2.306;
    private static final double T_975_STEP = 2.365;
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
        List<Request> batches = batches(judged);
        Line line = Line.through(batches);
        double margin = T_975 * line.standardError;
        if (line.slope - margin > OVERLOAD) {
            return risesBesideAnyStep(batches) ? ENDLESS : STALL_OR_ENDLESS;
        }
        return new Backlog(
                false,
                false,
                line.slope > margin ? line.slope : 0,
                Math.max(0, line.slope + Math.hypot(T_995 * line.standardError, chanceOfWork(judged))));
    }

    private static boolean risesBesideAnyStep(List<Request> batches) {
        return IntStream.range(1, batches.size())
                .mapToObj(step -> Line.withStep(batches.subList(0, step), batches.subList(step, batches.size())))
                .allMatch(line -> line.slope > T_975_STEP * line.standardError);
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
            Sums sums = Sums.of(points);
            return sums.line(points.size() - 2);
        }

        /** The common slope of two lines, each with a height of its own. */
        static Line withStep(List<Request> before, List<Request> after) {
            return Sums.of(before).and(Sums.of(after)).line(before.size() + after.size() - 3);
        }
    }

    /** The sums of squares and products about the means. */
    private record Sums(double starts, double products, double responses) {

        static Sums of(List<Request> points) {
            double meanStart = mean(points, Request::startSeconds);
            double meanResponse = mean(points, Request::responseSeconds);
            double starts = 0;
            double products = 0;
            double responses = 0;
            for (Request point : points) {
                double start = point.startSeconds() - meanStart;
                double response = point.responseSeconds() - meanResponse;
                starts += start * start;
                products += start * response;
                responses += response * response;
            }
            return new Sums(starts, products, responses);
        }

        Sums and(Sums other) {
            return new Sums(starts + other.starts, products + other.products, responses + other.responses);
        }

        Line line(int freedom) {
            double slope = products / starts;
            double residues = Math.max(0, responses - slope * products);
            return new Line(slope, Math.sqrt(residues / freedom / starts));
        }
    }
}
