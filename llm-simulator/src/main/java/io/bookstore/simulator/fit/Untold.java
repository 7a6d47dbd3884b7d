package io.bookstore.simulator.fit;

import io.bookstore.simulator.latency.Profile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The numbers that the calls do not tell, which are those of a base, and the sentences about them. */
final class Untold {

    /** The numbers of the base that are multiplied where only whole answers were seen. */
    private static final List<String> SCALED =
            List.of("prefill.medianMs", "prefill.perPromptTokenMs", "decode.tokenMs");

    private Untold() {}

    /** Returns the keys of all numbers that have no estimate of their own. */
    static Set<String> keys(Evidence evidence) {
        Set<String> keys = new HashSet<>(evidence.untold());
        if (evidence == Evidence.WHOLE) {
            keys.addAll(SCALED);
        }
        if (evidence == Evidence.FIRST) {
            keys.add(Numbers.SLOWDOWN);
        }
        return keys;
    }

    /**
     * Returns a sentence for each thing that the calls do not tell.
     *
     * @param medianMs of the first token, as fitted
     * @param paused   answers that were left out for a pause in them
     */
    static List<String> sentences(Evidence evidence, double medianMs, int paused, Profile base) {
        List<String> sentences = new ArrayList<>();
        switch (evidence) {
            case CHUNKS -> {
                // All is told.
            }
            case FIRST_AND_END ->
                sentences.add("Too few calls have the times of their chunks: decode.jitter, decode.tokensPerChunk and"
                        + " stall are those of " + base.name() + ".");
            case WHOLE ->
                sentences.add("Too few calls have the time of their first token: prefill.medianMs, perPromptTokenMs and"
                        + " decode.tokenMs are those of " + base.name() + " times "
                        + FitText.number(factor(medianMs, base))
                        + ", so that whole answers take as long as they did; prefill.sigma, decode.sigma, jitter,"
                        + " tokensPerChunk and stall are those of " + base.name() + ".");
            case FIRST ->
                sentences.add("Too few calls have output tokens: decode, stall and outputLength are those of "
                        + base.name() + ", and the effect of load is not told.");
        }
        if (paused > 0) {
            sentences.add(paused + (paused == 1 ? " answer" : " answers")
                    + " took far longer than the length explains, as after a pause: left out of the numbers.");
        }
        return sentences;
    }

    private static double factor(double medianMs, Profile base) {
        return medianMs / base.latency().prefill().medianMs();
    }

    /** Returns the source of each number that is not told, or told only as a part of whole answers. */
    static Map<String, String> sources(Evidence evidence, Numbers numbers, String source, Profile base) {
        Map<String, String> sources = new TreeMap<>();
        evidence.untold().forEach(key -> sources.put(key, "that of " + base.name() + ": not told by " + source));
        if (evidence == Evidence.WHOLE) {
            String factor = FitText.number(factor(numbers.medianMs(), base));
            SCALED.forEach(key -> sources.put(
                    key, "that of " + base.name() + " times " + factor + ", by the whole answers of " + source));
        }
        return sources;
    }
}
