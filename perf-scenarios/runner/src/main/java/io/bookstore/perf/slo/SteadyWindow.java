package io.bookstore.perf.slo;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.bookstore.perf.Quantity;
import io.bookstore.perf.results.facts.RunFacts.Load;
import java.util.List;
import java.util.Locale;

/**
 * The part of a run that is judged, in seconds from the begin of the load. Ramps and warm-up are cut in three steps:
 *
 * <ol>
 *   <li>Ramps, by the plan: the longest part in which every load stays as it is, at least {@value #SHORTEST_SECONDS} s.
 *   <li>Warm-up, by MSER-5 over the answers that began in that part: they are put into batches of five in the order of their
 *       start, and as many batches are left out at the begin as make the squared standard error of the others' mean smallest. K.
 *       Preston White Jr., An effective truncation heuristic for bias reduction in simulation output, Simulation 69(6), 1997.
 *       A batch counts by its median and not by its mean, so that a single stall, which is a bad request and no warm-up, is
 *       not cut off. Below {@value #FEWEST_ANSWERS} answers nothing is cut.
 *   <li>Drift: there is no steady part if MSER-5 would leave out half of it, or if the medians of the first and the last third
 *       of the rest differ by more than a factor of {@value #MOST_DRIFT}, the limit of the validity rule of that name.
 * </ol>
 *
 * @param steady true if ramps and warm-up are cut; false if the run has no steady part and is judged as a whole
 * @param note   how it was found, or why there is none; a sentence
 */
public record SteadyWindow(boolean steady, double beginSeconds, double endSeconds, String note) {

    private static final double SHORTEST_SECONDS = 10;
    private static final int FEWEST_ANSWERS = 100;
    private static final int BATCH = 5;
    private static final double MOST_DRIFT = 1.5;

    /**
     * Finds the window of a run.
     *
     * @param loads      the plan; empty if it is not known
     * @param answers    those to a class that dominates the load, in the order of their start
     * @param endSeconds the end of the load, which an interrupted run reaches before its plan
     */
    static SteadyWindow of(List<Load> loads, List<Answer> answers, double endSeconds) {
        Plateau plateau = Plateau.longest(loads, endSeconds);
        if (plateau == null) {
            return whole(endSeconds, "the plan has no part in which the load stays as it is");
        }
        if (plateau.length() < SHORTEST_SECONDS) {
            return whole(
                    endSeconds,
                    String.format(
                            Locale.ROOT,
                            "the load stays as it is for %.1f s at most, and %.0f s are needed",
                            plateau.length(),
                            SHORTEST_SECONDS));
        }
        return within(
                plateau,
                answers.stream()
                        .filter(answer -> plateau.has(answer.startSeconds()))
                        .toList(),
                endSeconds);
    }

    private static SteadyWindow within(Plateau plateau, List<Answer> answers, double endSeconds) {
        if (answers.size() < FEWEST_ANSWERS) {
            return new SteadyWindow(
                    true,
                    plateau.begin(),
                    plateau.end(),
                    String.format(
                            Locale.ROOT,
                            "Ramps are cut; a warm-up was not looked for, since there %s and %d are needed.",
                            (answers.size() == 1 ? "is " : "are ") + Quantity.count(answers.size(), "answer"),
                            FEWEST_ANSWERS));
        }
        double[] medians = batchMedians(answers);
        int cut = truncation(medians);
        List<Answer> rest = answers.subList(cut * BATCH, answers.size());
        if (cut == medians.length / 2 || drifts(rest)) {
            return whole(endSeconds, "latency goes on changing while the load stays as it is");
        }
        double begin = cut == 0 ? plateau.begin() : rest.get(0).startSeconds();
        return new SteadyWindow(
                true,
                begin,
                plateau.end(),
                String.format(
                        Locale.ROOT,
                        "Ramps are cut, and %.1f s of warm-up by MSER-5 over %d answers.",
                        begin - plateau.begin(),
                        answers.size()));
    }

    private static SteadyWindow whole(double endSeconds, String reason) {
        return new SteadyWindow(false, 0, endSeconds, "No steady window, so the whole run is judged: " + reason + ".");
    }

    private static double[] batchMedians(List<Answer> answers) {
        double[] medians = new double[answers.size() / BATCH];
        for (int batch = 0; batch < medians.length; batch++) {
            medians[batch] = median(answers.subList(batch * BATCH, (batch + 1) * BATCH));
        }
        return medians;
    }

    /** The number of batches up to half of them without which the squared standard error of the mean is smallest. */
    private static int truncation(double[] batches) {
        double sum = 0;
        double squares = 0;
        int best = 0;
        double smallest = Double.POSITIVE_INFINITY;
        for (int first = batches.length - 1; first >= 0; first--) {
            sum += batches[first];
            squares += batches[first] * batches[first];
            int count = batches.length - first;
            double error = (squares - sum * sum / count) / count / count;
            if (first <= batches.length / 2 && error <= smallest) {
                smallest = error;
                best = first;
            }
        }
        return best;
    }

    private static boolean drifts(List<Answer> answers) {
        int third = answers.size() / 3;
        double first = median(answers.subList(0, third));
        double last = median(answers.subList(answers.size() - third, answers.size()));
        return last > MOST_DRIFT * first || first > MOST_DRIFT * last;
    }

    private static double median(List<Answer> answers) {
        double[] sorted =
                answers.stream().mapToDouble(Answer::latencyMs).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    @JsonIgnore
    public double lengthSeconds() {
        return endSeconds - beginSeconds;
    }

    boolean has(double second) {
        return second >= beginSeconds && second < endSeconds;
    }

    /** A request that was answered. */
    record Answer(double startSeconds, double latencyMs) {}
}
