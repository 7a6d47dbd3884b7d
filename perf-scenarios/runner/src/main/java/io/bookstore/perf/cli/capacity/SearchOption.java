package io.bookstore.perf.cli.capacity;

import io.bookstore.k6.options.DurationText;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.capacity.CapacityRules;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The user's rules for a search. */
final class SearchOption {

    private static final Duration SHORTEST_PROBE = Duration.ofSeconds(5);

    @Option(
            names = "--from",
            paramLabel = "RATE",
            description = "Lowest rate, in arrivals a minute. Default: ${DEFAULT-VALUE}.")
    private double from = 10;

    @Option(
            names = "--to",
            paramLabel = "RATE",
            description = "Highest rate, in arrivals a minute. Default: ${DEFAULT-VALUE}.")
    private double to = 600;

    @Option(
            names = "--attainment",
            paramLabel = "PERCENT",
            description = "Wanted share of good requests. Default: ${DEFAULT-VALUE}.")
    private double attainment = 95;

    @Option(
            names = "--probe",
            paramLabel = "TIME",
            description = "Length of a probe, such as 30s or 2m. Default: ${DEFAULT-VALUE}.")
    private String probe = "1m";

    @Option(names = "--probes", paramLabel = "NUMBER", description = "Most probes. Default: ${DEFAULT-VALUE}.")
    private int probes = 10;

    @Option(
            names = "--width",
            paramLabel = "PERCENT",
            description = "End when the interval is narrower than this part of the rate. Default: ${DEFAULT-VALUE}.")
    private double width = 10;

    SearchOption() {}

    /** @throws PerfException naming the option that is wrong */
    CapacityRules rules() {
        require(
                from >= CapacityRules.LOWEST_RATE && from < CapacityRules.HIGHEST_RATE,
                "--from must be from 1 to 1,000,000 arrivals a minute, was %s.",
                from);
        require(
                to > from && to <= CapacityRules.HIGHEST_RATE,
                "--to must be more than --from and at most 1,000,000 arrivals a minute, was %s.",
                to);
        require(
                attainment >= 50 && attainment <= 99.9,
                "--attainment must be from 50 to 99.9 percent, was %s.",
                attainment);
        require(
                probes >= CapacityRules.FEWEST_PROBES && probes <= CapacityRules.MOST_PROBES,
                "--probes must be from 3 to 100, was %s.",
                probes);
        require(width >= 1 && width <= 100, "--width must be from 1 to 100 percent, was %s.", width);
        return new CapacityRules(from, to, attainment / 100, probes, width / 100);
    }

    /** The length of a probe as it was given. */
    String probeText() {
        return probe;
    }

    /** @throws PerfException if it is no length, or too short to say anything */
    Duration probe() {
        return DurationText.parse(probe)
                .filter(length -> length.compareTo(SHORTEST_PROBE) >= 0)
                .orElseThrow(() -> new PerfException(
                        ExitCode.USAGE,
                        "--probe must be a time of at least 5s, such as 30s or 2m, was \"" + probe + "\"."));
    }

    private static void require(boolean holds, String sentence, Object value) {
        if (!holds) {
            throw new PerfException(
                    ExitCode.USAGE,
                    String.format(Locale.ROOT, sentence, String.valueOf(value).replaceFirst("\\.0$", "")));
        }
    }
}
