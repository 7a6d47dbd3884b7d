package io.bookstore.perf.cli.capacity;

import io.bookstore.perf.PerfException;
import io.bookstore.perf.capacity.CapacityRules;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The user's rules for a search. */
final class SearchOption {

    private static final CapacityOptions DEFAULTS = CapacityOptions.defaults();

    @Option(
            names = "--from",
            paramLabel = "RATE",
            description = "Lowest rate, in arrivals a minute. Default: ${DEFAULT-VALUE}.")
    private double from = DEFAULTS.from();

    @Option(
            names = "--to",
            paramLabel = "RATE",
            description = "Highest rate, in arrivals a minute. Default: ${DEFAULT-VALUE}.")
    private double to = DEFAULTS.to();

    @Option(
            names = "--attainment",
            paramLabel = "PERCENT",
            description = "Wanted share of good requests. Default: ${DEFAULT-VALUE}.")
    private double attainment = DEFAULTS.attainment();

    @Option(
            names = "--probe",
            paramLabel = "TIME",
            description = "Length of a probe, such as 30s or 2m. Default: ${DEFAULT-VALUE}.")
    private String probe = DEFAULTS.probe();

    @Option(names = "--probes", paramLabel = "NUMBER", description = "Most probes. Default: ${DEFAULT-VALUE}.")
    private int probes = DEFAULTS.probes();

    @Option(
            names = "--width",
            paramLabel = "PERCENT",
            description = "End when the interval is narrower than this part of the rate. Default: ${DEFAULT-VALUE}.")
    private double width = DEFAULTS.width();

    SearchOption() {}

    /** @throws PerfException naming the option that is wrong */
    CapacityRules rules() {
        return options().rules("--");
    }

    /** The length of a probe as it was given. */
    String probeText() {
        return probe;
    }

    /** @throws PerfException if it is no length, or too short to say anything */
    Duration probe() {
        return options().length("--");
    }

    private CapacityOptions options() {
        return new CapacityOptions(from, to, attainment, probe, probes, width);
    }
}
