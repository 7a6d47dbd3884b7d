package io.bookstore.perf.validity;

import io.bookstore.perf.metrics.MetricNames;
import io.bookstore.perf.results.CrossCheck;
import io.bookstore.perf.results.Evidence;
import io.bookstore.perf.results.MetricSummary;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.UsageTotals;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The rule about distinct inputs: whether a cache that tells nothing of itself gave the answers in place of the model. */
final class InputRules {

    private static final int FEWEST = 20;

    /** Beyond a half the median may be the time of a cache. */
    private static final double HALF = 0.5;

    /** A cache is faster than a model by more than a hundred times; a service gets faster as it warms up by less than five. */
    private static final double SHARE_OF_A_CACHE = 0.2;

    /** No hosted model writes a whole answer in less; what does may be a cache that an earlier run has filled. */
    private static final double QUICKEST_MODEL_MS = 250;

    private static final String ASK_THE_MODEL =
            "have the service ask the model each time, give the run an item for each request, or run with --env"
                    + " SUMMARY_CACHE=use if this is what you measure.";

    private final RunResult result;
    private final Circumstances circumstances;
    private final Findings findings;

    InputRules(RunResult result, Circumstances circumstances, Findings findings) {
        this.result = result;
        this.circumstances = circumstances;
        this.findings = findings;
    }

    /** Returns whether the run is about the cache. */
    static boolean cacheIsWanted(RunResult result) {
        return "use".equalsIgnoreCase(result.run().env().getOrDefault("SUMMARY_CACHE", "bypass"));
    }

    void look() {
        Evidence.Inputs inputs = result.evidence().inputs();
        if (inputs != null
                && inputs.answers() >= FEWEST
                && inputs.repeats() > HALF * inputs.answers()
                && !cacheIsWanted(result)
                && !findings.has(ValidityRule.CACHED_ANSWERS)) {
            lookAtRepeats(inputs);
        }
    }

    private void lookAtRepeats(Evidence.Inputs inputs) {
        CrossCheck counts = result.crossCheck();
        Long attempts = counts == null ? null : counts.simulator();
        long calls =
                Math.max(attempts == null ? 0 : attempts, circumstances.spans().asked());
        boolean asked = calls >= HALF * inputs.answers();
        String times = times(inputs);
        if (attempts != null && !asked) {
            add(
                    inputs,
                    true,
                    "only %,d of all had a call in the simulator's journal or in spans, so a cache gave the others: %s",
                    calls,
                    ASK_THE_MODEL);
        } else if (!asked && tooQuick(inputs)) {
            add(inputs, true, "%s, so a cache gave the repeats: %s", times, ASK_THE_MODEL);
        } else if (promptsWereCached(counts)) {
            add(
                    inputs,
                    circumstances.strict(),
                    "the provider's prompt cache had most of their tokens, so time and cost of distinct inputs are unknown: give"
                            + " the run an item for each request.");
        } else if (!asked && !toldOfTheCache(inputs) && !asSlowAsTheModel(inputs)) {
            add(
                    inputs,
                    circumstances.strict(),
                    "nothing tells whether the model or a cache gave them (%s), so whose times these are is unknown: give the run"
                            + " an item for each request, or let the service tell, by answer.cache of the descriptor or by spans.",
                    times);
        }
    }

    private void add(Evidence.Inputs inputs, boolean invalid, String rest, @Nullable Object... figures) {
        findings.add(
                ValidityRule.REPEATED_INPUTS,
                invalid,
                "%,d of %,d answers repeat an input of the run, and %s",
                inputs.repeats(),
                inputs.answers(),
                String.format(Locale.ROOT, rest, figures));
    }

    private static String times(Evidence.Inputs inputs) {
        return String.format(
                Locale.ROOT,
                "a repeat took %,.0f ms at the median, a first answer %,.0f ms",
                inputs.repeatMs(),
                inputs.firstMs());
    }

    /** A few first answers may all have waited for a cold service. */
    private static boolean tooQuick(Evidence.Inputs inputs) {
        return inputs.answers() - inputs.repeats() >= FEWEST
                && inputs.firstMs() >= QUICKEST_MODEL_MS
                && inputs.repeatMs() < SHARE_OF_A_CACHE * inputs.firstMs();
    }

    private static boolean asSlowAsTheModel(Evidence.Inputs inputs) {
        return inputs.repeatMs() >= QUICKEST_MODEL_MS && inputs.repeatMs() >= SHARE_OF_A_CACHE * inputs.firstMs();
    }

    /** Returns whether the provider's simulator charged most of the input as cached; no other provider is asked. */
    private static boolean promptsWereCached(@Nullable CrossCheck counts) {
        UsageTotals simulated = counts == null ? null : counts.simulatorUsage();
        UsageTotals.Total input = simulated == null ? null : simulated.input();
        return input != null && input.cached() > HALF * input.amount();
    }

    private boolean toldOfTheCache(Evidence.Inputs inputs) {
        long told = result.rate(MetricNames.LLM_CACHE_HITS)
                .map(MetricSummary.Rate::total)
                .orElse(0L);
        return told >= HALF * inputs.answers();
    }
}
