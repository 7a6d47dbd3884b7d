package io.bookstore.simulator.fit;

import io.bookstore.simulator.draw.Draws;
import io.bookstore.simulator.latency.Decode;
import io.bookstore.simulator.latency.LatencyModel;
import io.bookstore.simulator.latency.Prefill;
import io.bookstore.simulator.latency.Profile;
import io.bookstore.simulator.latency.Profiles;
import io.bookstore.simulator.latency.ResponsePlan;
import io.bookstore.simulator.latency.Serving;
import io.bookstore.simulator.latency.SlotWait;
import io.bookstore.simulator.latency.Stall;
import io.bookstore.simulator.simulation.Behaviour;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * The profile whose answers are distributed as those of the calls.
 *
 * <p>Logarithms of paces and first tokens are freed of the effect of other calls, then of the prompt's length, each by the
 * share that leaves the least variance. What is left is lognormal. Chance has a fixed seed: the same calls give the same
 * profile.
 */
final class Fit {

    private static final long SEED = 1;
    private static final int DRAWS_PER_CALL = 10;
    private static final int SLOTS_PER_SEEN = 10;
    private static final double MOST_LOAD_FACTOR = 100;

    /** The profile that has what the calls do not tell. The use of tools is never fitted. */
    static final String BASE = "sonnet-class";

    private static final Profile base = Profiles.named(BASE);

    private static final MathContext DIGITS = new MathContext(4);

    private final List<Call> calls;
    private final Measured measured;
    private final Evidence evidence;
    private final List<String> unknown = new ArrayList<>();

    private Fit(List<Call> calls) {
        this.calls = calls;
        this.measured = Measured.of(calls, base);
        this.evidence = measured.evidence();
    }

    /**
     * Fits a profile.
     *
     * @param calls  of one model
     * @param name   of the profile
     * @param source of the calls, for the profile's {@code sources}
     * @throws IllegalArgumentException if fewer than 30 calls tell how fast the provider is
     */
    static Fitted of(List<Call> calls, String name, String source) {
        return new Fit(calls).fit(name, source);
    }

    private Fitted fit(String name, String source) {
        int streams = measured.streams().size();
        if (streams < Measured.FEWEST) {
            throw tooFew(streams);
        }
        Certain certain = certain();
        unknown.add(
                "A wait in the provider's queue is part of the time to the first token: queue and slots are not told.");
        Failures failures = new Failures(calls);
        unknown.addAll(failures.unknown());
        List<Estimate> estimates = new ArrayList<>(estimates(certain.numbers(), certain.intervals(), streams));
        estimates.addAll(failures.estimates());
        sayWhatIsUntold(certain.numbers());
        Numbers completed = evidence.completed(certain.numbers().rounded(), base);
        Map<String, String> sources = sources(estimates, source);
        sources.putAll(Untold.sources(evidence, completed, source, base));
        Profile profile = profile(name, completed, sources);
        Behaviour behaviour = Behaviour.defaults()
                .withProfile(profile)
                .withLimits(failures.limits())
                .withFaults(failures.rules());
        return new Fitted(
                behaviour, evidence, streams, calls.size(), estimates, goodness(profile, certain.numbers()), unknown);
    }

    /** The numbers of the calls, without the effects that do not stand out from chance. */
    private Certain certain() {
        List<Measured.One> streams = measured.streams();
        boolean byPrompt = tellsPrompt();
        boolean byLoad = tellsLoad();
        Numbers numbers = Numbers.of(streams, byPrompt, byLoad);
        Intervals intervals = Intervals.of(streams, byPrompt, byLoad);
        if (byPrompt && intervals.of("prefill.perPromptTokenMs").low() == 0) {
            byPrompt = false;
            unknown.add("An effect of the prompt's length does not stand out from chance: taken as none.");
        }
        if (byLoad && intervals.of(Numbers.SLOWDOWN).low() == 0) {
            byLoad = false;
            unknown.add("An effect of up to " + measured.mostAtOnce()
                    + " calls at once does not stand out from chance: taken as none.");
        }
        Numbers kept = Numbers.of(streams, byPrompt, byLoad);
        return new Certain(kept, kept.equals(numbers) ? intervals : Intervals.of(streams, byPrompt, byLoad));
    }

    /** Adds the sentences on the answers used and the numbers they lack. */
    private void sayWhatIsUntold(Numbers numbers) {
        int streams = measured.streams().size();
        long whole = calls.stream().filter(Call::isWhole).count();
        if (whole > streams + measured.paused()) {
            unknown.add(
                    0,
                    "Numbers come from " + streams + " of " + whole + " whole answers alone: the " + evidence.calls()
                            + ".");
        }
        unknown.addAll(0, Untold.sentences(evidence, numbers.medianMs(), measured.paused(), base));
    }

    private IllegalArgumentException tooFew(int streams) {
        long whole = calls.stream().filter(Call::isWhole).count();
        if (streams == 0 && whole > 0) {
            return new IllegalArgumentException("None of " + whole
                    + " whole answers tells its output tokens, nor the time of its first token: " + Evidence.NONE);
        }
        return new IllegalArgumentException("A fit needs at least " + Measured.FEWEST + " " + evidence.calls()
                + (streams == 1 ? ", and there is " : ", and there are ") + streams + " in " + calls.size() + " calls: "
                + evidence.remedy());
    }

    private boolean tellsPrompt() {
        if (!evidence.tellsFirst()) {
            return false;
        }
        if (measured.streams().stream().allMatch(one -> one.call().uncachedTokens() == 0)) {
            unknown.add("No call tells its input tokens: the effect of the prompt's length is not told.");
            return false;
        }
        boolean differ = promptsDiffer(measured.streams());
        if (!differ) {
            unknown.add("All prompts are about as long: the effect of their length is not told.");
        }
        return differ;
    }

    private boolean tellsLoad() {
        if (evidence == Evidence.FIRST) {
            return false;
        }
        boolean atOnce = measured.mostAtOnce() > 1;
        if (!atOnce) {
            unknown.add("No two calls were served at once: the effect of load is not told.");
        }
        return atOnce;
    }

    /** Prompts that differ by less than half of the shortest cannot show a slope from an intercept. */
    private static boolean promptsDiffer(List<Measured.One> streams) {
        int[] tokens = streams.stream()
                .mapToInt(one -> one.call().uncachedTokens())
                .sorted()
                .toArray();
        return tokens[tokens.length * 9 / 10] > 1.5 * tokens[tokens.length / 10];
    }

    private List<Estimate> estimates(Numbers numbers, Intervals intervals, int streams) {
        List<Estimate> estimates = new ArrayList<>();
        for (Numbers.Key key : Numbers.keys) {
            Intervals.Interval interval = intervals.of(key.text());
            if (!Untold.keys(evidence).contains(key.text())) {
                estimates.add(estimate(key, numbers, interval, streams));
            } else if (evidence == Evidence.WHOLE && key.text().equals("prefill.medianMs")) {
                double median = base.latency().prefill().medianMs();
                estimates.add(new Estimate(
                        "whole answer, times " + BASE,
                        numbers.medianMs() / median,
                        interval.low() / median,
                        interval.high() / median,
                        ""));
            }
        }
        return estimates;
    }

    private static Estimate estimate(Numbers.Key key, Numbers numbers, Intervals.Interval interval, int streams) {
        double high = interval.high();
        String note = "";
        if (key.text().equals("stall.probability") && numbers.stallProbability() == 0) {
            // None of n: at most 3/n, with 95 % confidence (Hanley and Lippman-Hand, 1983).
            high = 3.0 / streams;
            note = "none was seen";
        }
        return new Estimate(key.text(), key.value().applyAsDouble(numbers), interval.low(), high, note);
    }

    private static Map<String, String> sources(List<Estimate> estimates, String source) {
        Map<String, String> sources = new TreeMap<>();
        for (Estimate estimate : estimates) {
            if (Profile.numberKeys().contains(estimate.key())) {
                sources.put(
                        estimate.key(),
                        "fitted to " + source + "; 95 % from " + rounded(estimate.low()) + " to "
                                + rounded(estimate.high()));
            }
        }
        return sources;
    }

    private Profile profile(String name, Numbers numbers, Map<String, String> sources) {
        return new Profile(
                name,
                new LatencyModel(
                        new Prefill(numbers.medianMs(), numbers.perPromptTokenMs(), numbers.ttftSigma()),
                        new Decode(numbers.tokenMs(), numbers.paceSigma(), numbers.jitter(), measured.tokensPerChunk()),
                        new Stall(
                                numbers.stallProbability(),
                                numbers.shortestStallMs(),
                                Math.max(numbers.shortestStallMs(), numbers.longestStallMs()))),
                numbers.length(),
                serving(numbers.slowdown()),
                base.agent(),
                base.reasoning(),
                sources);
    }

    /** Slots enough for ten times the load that was seen, so that nothing waits which did not. */
    private Serving serving(double slowdown) {
        if (slowdown == 0) {
            return Serving.UNLIMITED;
        }
        int slots = (int) Math.min(
                SLOTS_PER_SEEN * (double) measured.mostAtOnce(), 1 + Math.floor((MOST_LOAD_FACTOR - 1) / slowdown));
        slots = Math.max(2, slots);
        unknown.add(String.format(
                Locale.ROOT,
                "Up to %d calls were served at once; beyond that the effect of load goes on as a straight line to %d slots.",
                measured.mostAtOnce(),
                slots));
        return new Serving(
                slots, slots, rounded(Math.min(MOST_LOAD_FACTOR, 1 + slowdown * (slots - 1))), Serving.ColdStart.NEVER);
    }

    /** The calls again, as the profile answers them. */
    private List<Goodness> goodness(Profile profile, Numbers numbers) {
        List<Measured.One> streams = measured.streams();
        int n = streams.size();
        double[] ttft = new double[n * DRAWS_PER_CALL];
        double[] duration = new double[n * DRAWS_PER_CALL];
        double[] length = new double[n * DRAWS_PER_CALL];
        for (int i = 0; i < ttft.length; i++) {
            Measured.One one = streams.get(i % n);
            Draws draws = Draws.of(SEED, "fit-" + i, 1);
            ResponsePlan plan = profile.latency()
                    .plan(
                            draws,
                            one.call().uncachedTokens(),
                            StreamPace.chunkTokens(one.call(), measured.tokensPerChunk()))
                    .after(new SlotWait(0, 0, 1 + numbers.slowdown() * one.others()));
            ttft[i] = plan.firstTokenNanos() / 1e6;
            duration[i] = plan.durationNanos() / 1e6;
            length[i] = profile.outputLength().tokens(draws.stream("length"));
        }
        List<Goodness> all = new ArrayList<>();
        if (evidence.tellsFirst()) {
            all.add(new Goodness("First token, ms", measured(one -> one.told().ttftMs()), ttft));
        }
        if (evidence.tellsLength()) {
            all.add(new Goodness("Whole answer, ms", measured(one -> one.call().durationMs()), duration));
            all.add(new Goodness("Length, tokens", measured(one -> one.call().outputTokens()), length));
        }
        return all;
    }

    private double[] measured(ToDoubleFunction<Measured.One> figure) {
        return measured.streams().stream().mapToDouble(figure).toArray();
    }

    /** Four digits; more would be noise. */
    static double rounded(double value) {
        return value == 0 ? 0 : new BigDecimal(value).round(DIGITS).doubleValue();
    }

    private record Certain(Numbers numbers, Intervals intervals) {}
}
