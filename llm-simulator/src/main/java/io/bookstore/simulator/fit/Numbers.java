package io.bookstore.simulator.fit;

import io.bookstore.simulator.latency.OutputLength;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The numbers that a set of streams tells.
 *
 * @param slowdown by how much each other call that is served makes everything slower, as a share
 */
record Numbers(
        double medianMs,
        double perPromptTokenMs,
        double ttftSigma,
        double tokenMs,
        double paceSigma,
        double jitter,
        double stallProbability,
        double shortestStallMs,
        double longestStallMs,
        OutputLength length,
        double slowdown) {

    private static final double LEAST_SHARE = 1e-7;
    private static final double MOST_PROMPT_SHARE = 10;
    private static final double MOST_SLOWDOWN = 2;

    /** The key of each number that has an interval, and where it stands. */
    record Key(String text, ToDoubleFunction<Numbers> value) {}

    static final String SLOWDOWN = "slower by each other call";

    static final List<Key> keys = List.of(
            new Key("prefill.medianMs", Numbers::medianMs),
            new Key("prefill.perPromptTokenMs", Numbers::perPromptTokenMs),
            new Key("prefill.sigma", Numbers::ttftSigma),
            new Key("decode.tokenMs", Numbers::tokenMs),
            new Key("decode.sigma", Numbers::paceSigma),
            new Key("decode.jitter", Numbers::jitter),
            new Key("stall.probability", Numbers::stallProbability),
            new Key("stall.shortestMs", Numbers::shortestStallMs),
            new Key("stall.longestMs", Numbers::longestStallMs),
            new Key("outputLength.median", numbers -> numbers.length().median()),
            new Key("outputLength.sigma", numbers -> numbers.length().sigma()),
            new Key(SLOWDOWN, Numbers::slowdown));

    /**
     * The numbers that fit best.
     *
     * @param byPrompt true to look for an effect of the prompt's length
     * @param byLoad   true to look for an effect of other calls
     */
    static Numbers of(List<Measured.One> streams, boolean byPrompt, boolean byLoad) {
        int n = streams.size();
        double[] pace = new double[n];
        double[] ttft = new double[n];
        double[] others = new double[n];
        double[] prompt = new double[n];
        double squares = 0;
        long freedom = 0;
        for (int i = 0; i < n; i++) {
            Measured.One one = streams.get(i);
            pace[i] = Math.log(one.told().pace().tokenMs());
            // A first token within the clock's resolution has no logarithm.
            ttft[i] = Math.log(Math.max(one.told().ttftMs(), 0.001));
            others[i] = one.others();
            prompt[i] = one.call().uncachedTokens();
            squares += one.told().pace().squares();
            freedom += one.told().pace().freedom();
        }
        double slowdown = byLoad ? slowdown(pace, others) : 0;
        reduce(pace, others, slowdown);
        reduce(ttft, others, slowdown);
        double share = byPrompt ? Minimum.of(each -> variance(ttft, prompt, each), LEAST_SHARE, MOST_PROMPT_SHARE) : 0;
        reduce(ttft, prompt, share);
        double medianMs = Math.exp(mean(ttft));
        double[] stalls = streams.stream()
                .mapToDouble(one -> one.told().pace().stallMs())
                .filter(millis -> millis > 0)
                .sorted()
                .toArray();
        return new Numbers(
                medianMs,
                medianMs * share,
                deviation(ttft),
                Math.exp(mean(pace)),
                deviation(pace),
                Math.min(1, Math.sqrt(3 * squares / Math.max(1, freedom))),
                (double) stalls.length / n,
                end(stalls, 0),
                end(stalls, stalls.length - 1),
                LengthFit.of(streams.stream()
                        .mapToInt(one -> Math.max(1, one.call().outputTokens()))
                        .toArray()),
                slowdown);
    }

    /** Returns the same with as many digits as the data tell. */
    Numbers rounded() {
        return new Numbers(
                Fit.rounded(medianMs),
                Fit.rounded(perPromptTokenMs),
                Fit.rounded(ttftSigma),
                Fit.rounded(tokenMs),
                Fit.rounded(paceSigma),
                Fit.rounded(jitter),
                Fit.rounded(stallProbability),
                Fit.rounded(shortestStallMs),
                Fit.rounded(longestStallMs),
                new OutputLength(length.median(), Fit.rounded(length.sigma()), length.least(), length.most()),
                slowdown);
    }

    /** The logarithms of the paces, freed of the effect of other calls. */
    static double[] freedPaces(List<Measured.One> streams, boolean byLoad) {
        double[] pace = streams.stream()
                .mapToDouble(one -> Math.log(one.told().pace().tokenMs()))
                .toArray();
        double[] others = streams.stream().mapToDouble(Measured.One::others).toArray();
        reduce(pace, others, byLoad ? slowdown(pace, others) : 0);
        return pace;
    }

    private static double slowdown(double[] pace, double[] others) {
        return Minimum.of(share -> variance(pace, others, share), LEAST_SHARE, MOST_SLOWDOWN);
    }

    /**
     * An end of the range of evenly distributed values: the least of n lies a gap of the range above its lower end, the
     * greatest one below its upper end.
     */
    private static double end(double[] sorted, int index) {
        if (sorted.length < 2) {
            return sorted.length == 0 ? 0 : sorted[0];
        }
        double gap = (sorted[sorted.length - 1] - sorted[0]) / (sorted.length - 1);
        return index == 0 ? Math.max(0, sorted[0] - gap) : sorted[index] + gap;
    }

    private static void reduce(double[] logs, double[] by, double share) {
        for (int i = 0; i < logs.length; i++) {
            logs[i] -= Math.log1p(share * by[i]);
        }
    }

    private static double variance(double[] logs, double[] by, double share) {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < logs.length; i++) {
            double rest = logs[i] - Math.log1p(share * by[i]);
            sum += rest;
            squares += rest * rest;
        }
        double mean = sum / logs.length;
        return squares / logs.length - mean * mean;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double deviation(double[] values) {
        double mean = mean(values);
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / (values.length - 1));
    }
}
