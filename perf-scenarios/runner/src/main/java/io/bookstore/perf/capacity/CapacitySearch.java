package io.bookstore.perf.capacity;

import io.bookstore.perf.capacity.Capacity.Ending;
import io.bookstore.perf.capacity.MonotoneAttainment.Interval;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds a capacity with few probes. The rate grows until a probe certainly fails; then the widest gap between neighbouring
 * rates inside the interval is halved; and when no gap is wider than half of what the interval may be, the rate of the
 * estimate is tried. No rate above one that certainly failed is tried, so an overloaded service is never loaded more.
 */
public final class CapacitySearch {

    private static final double SLOWEST_GROWTH = 2;

    /** Growing takes no more steps than these; the other probes are for the interval. */
    private static final int MOST_STEPS = 4;

    private static final MathContext fourDigits = new MathContext(4);

    private final CapacityRules rules;
    private final double growth;
    private final List<Probe> probes = new ArrayList<>();
    private Interval interval = new Interval(null, null);

    private CapacitySearch(CapacityRules rules) {
        this.rules = rules;
        this.growth = Math.max(SLOWEST_GROWTH, Math.pow(rules.to() / rules.from(), 1.0 / MOST_STEPS));
    }

    /** Searches until one of the rules ends it. */
    public static Capacity find(CapacityRules rules, Prober prober) throws InterruptedException {
        return new CapacitySearch(rules).find(prober);
    }

    private Capacity find(Prober prober) throws InterruptedException {
        double rate = rules.from();
        Ending ending = take(prober, rate);
        while (ending == null) {
            rate = mayHaveStalled() ? rate : next(rate);
            ending = take(prober, rate);
        }
        return new Capacity(
                interval.upper() == null || ending == Ending.LOWEST_FAILS ? null : (Double) estimate(),
                lower(),
                interval.upper(),
                ending,
                probes);
    }

    /** Makes a probe and takes it in; null if the search goes on. */
    private @Nullable Ending take(Prober prober, double rate) throws InterruptedException {
        Probe probe = prober.probe(rate, probes.size() + 1);
        probes.add(probe);
        List<Level> levels = Level.of(probes);
        if (!levels.isEmpty()) {
            interval = MonotoneAttainment.interval(levels, rules.attainment());
        }
        prober.learned(new CapacitySoFar(lower(), interval.upper(), probes));
        return ending(probe);
    }

    /** Returns whether the last probe was the first at its rate, and a single stall explains its growth. */
    private boolean mayHaveStalled() {
        Probe last = probes.get(probes.size() - 1);
        return Level.isStall(last, probes)
                && probes.stream().filter(probe -> probe.rate() == last.rate()).count() == 1;
    }

    /** The lower end as the answer has it; null if no rate certainly holds. */
    private @Nullable Double lower() {
        Double lower = interval.lower();
        return lower == null ? null : (Double) sustained(lower);
    }

    private @Nullable Ending ending(Probe last) {
        Double lower = interval.lower();
        Double upper = interval.upper();
        if (last.invalid() != null) {
            return Ending.INVALID;
        }
        if (lower == null && upper != null && upper == rules.from()) {
            return Ending.LOWEST_FAILS;
        }
        if (upper == null && lower != null && lower == rules.to()) {
            return Ending.HIGHEST_HOLDS;
        }
        if (lower != null && upper != null && upper / sustained(lower) <= 1 + rules.width()) {
            return Ending.NARROW;
        }
        return probes.size() == rules.mostProbes() ? Ending.PROBES_USED : null;
    }

    private double next(double last) {
        Double upper = interval.upper();
        return upper == null ? Math.min(rules.to(), rounded(last * growth)) : between(bottom(), upper);
    }

    private double between(double lower, double upper) {
        double[] rates = Level.of(probes).stream()
                .mapToDouble(Level::rate)
                .filter(rate -> rate >= lower && rate <= upper)
                .toArray();
        int widest = 1;
        for (int i = 2; i < rates.length; i++) {
            if (rates[i] / rates[i - 1] > rates[widest] / rates[widest - 1]) {
                widest = i;
            }
        }
        return rates[widest] / rates[widest - 1] > 1 + rules.width() / 2
                ? rounded(Math.sqrt(rates[widest] * rates[widest - 1]))
                : rounded(estimate());
    }

    /** The middle of what the probes allow; the interval has an upper end. */
    private double estimate() {
        Double upper = interval.upper();
        return MedianCapacity.between(
                sustained(bottom()), upper == null ? rules.to() : upper, Level.of(probes), rules.attainment());
    }

    /** The lower end of the interval; the lowest rate as long as none certainly holds. */
    private double bottom() {
        Double lower = interval.lower();
        return lower == null ? rules.from() : lower;
    }

    /** The lower end of the interval, which is a little below the highest rate that holds: see {@link Backlog#unseen}. */
    private double sustained(double holding) {
        return Level.of(probes).stream()
                .filter(level -> level.rate() <= holding)
                .mapToDouble(Level::certainlySustained)
                .max()
                .orElse(holding);
    }

    private static double rounded(double rate) {
        return new BigDecimal(rate).round(fourDigits).doubleValue();
    }
}
