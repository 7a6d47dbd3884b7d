package io.bookstore.simulator.fit;

import io.bookstore.simulator.latency.OutputLength;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The lognormal behind lengths that are cut to a range. Lengths at an end of the range that occur often were cut: they count
 * as "so long or longer" by expectation and maximisation (Dempster, Laird and Rubin, 1977).
 */
final class LengthFit {

    private static final NormalDistribution normal = NormalDistribution.of(0, 1);
    private static final int ROUNDS = 200;
    private static final double CUT_SHARE = 0.005;
    private static final int FEWEST_CUT = 3;
    private static final double HALF_A_TOKEN = 0.5;

    private final int[] lengths;
    private final int least;
    private final int most;
    private final int cutAtLeast;
    private final int cutAtMost;
    private double mean;
    private double sigma;

    private LengthFit(int[] lengths, int least, int most) {
        this.lengths = lengths;
        this.least = least;
        this.most = most;
        cutAtLeast = cut(least);
        cutAtMost = cut(most);
    }

    /** @param lengths at least 1 each, of at least one answer */
    static OutputLength of(int[] lengths) {
        int least = Integer.MAX_VALUE;
        int most = 0;
        for (int length : lengths) {
            least = Math.min(least, length);
            most = Math.max(most, length);
        }
        LengthFit fit = new LengthFit(lengths, least, most);
        fit.fit();
        int median = (int) Math.round(Math.exp(fit.mean));
        return new OutputLength(Math.max(least, Math.min(most, median)), fit.sigma, least, most);
    }

    /** The number of lengths that were cut at an end of the range; 0 if too few lie there. */
    private int cut(int end) {
        int there = 0;
        for (int length : lengths) {
            there += length == end ? 1 : 0;
        }
        return there >= Math.max(FEWEST_CUT, CUT_SHARE * lengths.length) ? there : 0;
    }

    private void fit() {
        if (least == most) {
            mean = Math.log(least);
            return;
        }
        double sum = 0;
        double squares = 0;
        for (int length : lengths) {
            double log = Math.log(length);
            sum += log;
            squares += log * log;
        }
        settle(sum, squares);
        if (cutAtLeast + cutAtMost > 0) {
            double shortest = Math.log(least);
            double longest = Math.log(most);
            double wholeSum = sum - cutAtLeast * shortest - cutAtMost * longest;
            double wholeSquares = squares - cutAtLeast * shortest * shortest - cutAtMost * longest * longest;
            for (int i = 0; i < ROUNDS; i++) {
                round(wholeSum, wholeSquares);
            }
        }
    }

    /** Only the cut lengths depend on mean and deviation, and all at one end alike: a round costs the same for any number. */
    private void round(double wholeSum, double wholeSquares) {
        double sum = wholeSum;
        double squares = wholeSquares;
        if (cutAtMost > 0) {
            double from = (Math.log(most - HALF_A_TOKEN) - mean) / sigma;
            double hazard = normal.density(from) / normal.survivalProbability(from);
            sum += cutAtMost * (mean + sigma * hazard);
            squares += cutAtMost * square(hazard, 1 + from * hazard);
        }
        if (cutAtLeast > 0) {
            double to = (Math.log(least + HALF_A_TOKEN) - mean) / sigma;
            double hazard = normal.density(to) / normal.cumulativeProbability(to);
            sum += cutAtLeast * (mean - sigma * hazard);
            squares += cutAtLeast * square(-hazard, 1 - to * hazard);
        }
        settle(sum, squares);
    }

    private void settle(double sum, double squares) {
        mean = sum / lengths.length;
        sigma = Math.sqrt(Math.max(0, squares / lengths.length - mean * mean));
    }

    /** The expected square of a value whose standardised form has these two moments. */
    private double square(double first, double second) {
        return mean * mean + 2 * mean * sigma * first + sigma * sigma * second;
    }
}
