package io.bookstore.perf.cli.capacity;

import io.bookstore.k6.options.DurationText;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.capacity.CapacityRules;
import java.time.Duration;
import java.util.Locale;

/**
 * The options of a search as a person gives them.
 *
 * @param from       lowest rate, in arrivals a minute
 * @param to         highest rate
 * @param attainment wanted share of good requests, in percent
 * @param probe      length of a probe, such as {@code 30s}
 * @param probes     most probes
 * @param width      the search ends when the interval is narrower, in percent of the rate
 */
public record CapacityOptions(double from, double to, double attainment, String probe, int probes, double width) {

    private static final Duration SHORTEST_PROBE = Duration.ofSeconds(5);

    public static CapacityOptions defaults() {
        return new CapacityOptions(10, 600, 95, "1m", 10, 10);
    }

    /**
     * Checks them.
     *
     * @param prefix stands before their names in messages
     * @throws PerfException naming the option that is wrong
     */
    public CapacityRules rules(String prefix) {
        require(
                from >= CapacityRules.LOWEST_RATE && from < CapacityRules.HIGHEST_RATE,
                prefix + "from must be from 1 to 1,000,000 arrivals a minute, was %s.",
                from);
        require(
                to > from && to <= CapacityRules.HIGHEST_RATE,
                prefix + "to must be more than " + prefix + "from and at most 1,000,000 arrivals a minute, was %s.",
                to);
        require(
                attainment >= 50 && attainment <= 99.9,
                prefix + "attainment must be from 50 to 99.9 percent, was %s.",
                attainment);
        require(
                probes >= CapacityRules.FEWEST_PROBES && probes <= CapacityRules.MOST_PROBES,
                prefix + "probes must be from 3 to 100, was %s.",
                probes);
        require(width >= 1 && width <= 100, prefix + "width must be from 1 to 100 percent, was %s.", width);
        return new CapacityRules(from, to, attainment / 100, probes, width / 100);
    }

    /**
     * The length of a probe.
     *
     * @param prefix stands before its name in the message
     * @throws PerfException if it is no length, or too short to say anything
     */
    public Duration length(String prefix) {
        return DurationText.parse(probe)
                .filter(length -> length.compareTo(SHORTEST_PROBE) >= 0)
                .orElseThrow(() -> new PerfException(
                        ExitCode.USAGE,
                        prefix + "probe must be a time of at least 5s, such as 30s or 2m, was \"" + probe + "\"."));
    }

    private static void require(boolean holds, String sentence, Object value) {
        if (!holds) {
            throw new PerfException(
                    ExitCode.USAGE,
                    String.format(Locale.ROOT, sentence, String.valueOf(value).replaceFirst("\\.0$", "")));
        }
    }
}
