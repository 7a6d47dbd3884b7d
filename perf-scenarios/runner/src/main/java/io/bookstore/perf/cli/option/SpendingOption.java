package io.bookstore.perf.cli.option;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The money that the answers of a command may cost. */
public final class SpendingOption {

    @Option(
            names = "--max-usd",
            paramLabel = "USD",
            description = "Stop when the answers have cost more. Default: no limit.")
    private @Nullable Double maxUsd;

    /**
     * The limit; null for none.
     *
     * @throws PerfException if the limit is not positive
     */
    @Nullable
    public Double limit() {
        if (maxUsd != null && !(maxUsd > 0)) {
            throw new PerfException(ExitCode.USAGE, "--max-usd must be more than 0, was " + maxUsd + ".");
        }
        return maxUsd;
    }

    /** The limit; infinite for none. */
    public double usd() {
        Double limit = limit();
        return limit == null ? Double.POSITIVE_INFINITY : limit;
    }
}
