package io.bookstore.perf.cli.capacity;

import io.bookstore.perf.capacity.Backlog;
import io.bookstore.perf.capacity.Capacity;
import io.bookstore.perf.capacity.CapacityRules;
import io.bookstore.perf.capacity.CapacitySoFar;
import io.bookstore.perf.capacity.Probe;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A capacity in words. */
public final class CapacityWords {

    private final Capacity capacity;
    private final CapacityRules rules;
    private final String wanted;

    CapacityWords(Capacity capacity, CapacityRules rules) {
        this.capacity = capacity;
        this.rules = rules;
        this.wanted = percent(rules.attainment()) + " within limits";
    }

    /** The answer in one sentence, and what to do next where there is something to do. */
    List<String> sentences() {
        return switch (capacity.ending()) {
            case NARROW -> List.of(found());
            case PROBES_USED -> List.of(found(), tooWide());
            case LOWEST_FAILS ->
                List.of(
                        "Does not hold " + rate(rules.from()) + " a minute: " + shareAt(rules.from()) + ", and "
                                + percent(rules.attainment()) + " are wanted.",
                        "Lower --from, or look at what the service does at that rate.");
            case HIGHEST_HOLDS -> List.of(noFailure(), "Raise --to to find the end.");
            case INVALID -> invalid();
        };
    }

    private String found() {
        Double estimate = capacity.estimate();
        return estimate == null
                ? noFailure()
                : "Holds %s a minute (%s) with %s%s.".formatted(rate(estimate), interval(), wanted, firstFailure());
    }

    private String noFailure() {
        Double lower = capacity.lower();
        return lower == null
                ? "No rate up to %s a minute certainly failed, and none certainly held.".formatted(rate(highest()))
                : "Holds at least %s a minute with %s; %s is the highest rate that was tried."
                        .formatted(rate(lower), wanted, rate(highest()));
    }

    private String interval() {
        Double lower = capacity.lower();
        Double upper = capacity.upper();
        return lower == null || upper == null
                ? "below " + rate(upper == null ? rules.to() : upper)
                : rate(lower) + " to " + rate(upper);
    }

    private String firstFailure() {
        Double upper = capacity.upper();
        return upper == null ? "" : "; at " + rate(upper) + " " + shareAt(upper);
    }

    private String tooWide() {
        return "The interval is wider than %s after %d probes: longer probes (--probe) or more (--probes) make it narrower."
                .formatted(percent(rules.width()), capacity.probes().size());
    }

    private List<String> invalid() {
        Probe last = capacity.probes().get(capacity.probes().size() - 1);
        String stopped = "Stopped at probe %d, %s a minute, which is no valid measurement: %s"
                .formatted(capacity.probes().size(), rate(last.rate()), last.invalid());
        Double lower = capacity.lower();
        return lower == null ? List.of(stopped) : List.of(stopped, "Up to then " + rate(lower) + " a minute held.");
    }

    private double highest() {
        return capacity.probes().stream().mapToDouble(Probe::rate).max().orElse(rules.from());
    }

    /** The outcome at a rate; of several probes that of the worst. */
    private String shareAt(double rate) {
        CapacitySoFar soFar = CapacitySoFar.of(capacity);
        Optional<Probe> worst = capacity.probes().stream()
                .filter(probe -> probe.rate() == rate && probe.invalid() == null)
                .filter(probe -> soFar.saturated(probe) || !probe.backlog().grows())
                .min(Comparator.comparing((Probe probe) -> !soFar.saturated(probe))
                        .thenComparing(Probe::share));
        return worst.map(probe -> soFar.saturated(probe)
                        ? "response times grew without end"
                        : "the share was " + percent(probe.share()))
                .orElse("nothing was measured");
    }

    /** The outcome of a probe, for its line. */
    static String outcome(Probe probe) {
        if (probe.invalid() != null) {
            return "INVALID";
        }
        return "%s of %s good, %s%s"
                .formatted(
                        count(probe.good()), count(probe.scheduled()), percent(probe.share()), growth(probe.backlog()));
    }

    private static String growth(Backlog backlog) {
        if (!backlog.grows()) {
            return "";
        }
        return backlog.certain()
                ? ", over-saturated: response times grew without end"
                : ", response times grew: a stall, or over-saturated if they grow again at this rate";
    }

    /** A rate for a person: three digits, whole from 100 on. */
    public static String rate(double perMinute) {
        return perMinute >= 100
                ? String.format(Locale.ROOT, "%,.0f", perMinute)
                : String.format(Locale.ROOT, perMinute >= 10 ? "%.1f" : "%.2f", perMinute)
                        .replaceFirst("\\.?0+$", "");
    }

    static String percent(double share) {
        String text = String.format(Locale.ROOT, "%.1f", share * 100).replaceFirst("\\.0$", "");
        // A share that is not all must not read as all.
        return (text.equals("100") && share < 1 ? "99.9" : text) + " %";
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
