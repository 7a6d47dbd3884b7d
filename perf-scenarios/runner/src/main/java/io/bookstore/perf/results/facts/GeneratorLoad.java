package io.bookstore.perf.results.facts;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The use of processors by the load generator and its machine, on average over the samples of the run.
 *
 * @param processors  number of processors that the generator kept busy
 * @param machineBusy share of all processors of the machine that anything kept busy; null if the machine does not tell
 * @param of          number of processors of the machine
 */
public record GeneratorLoad(double processors, @Nullable Double machineBusy, int of) {

    private static final double BUSY = 0.9;
    private static final double LARGE_SHARE = 1 / 3.0;

    /** Returns whether rates and latencies may be the generator's own: it had no processor left, by itself or with others. */
    @JsonIgnore
    public boolean limiting() {
        double share = processors / of;
        return share >= BUSY || (machineBusy != null && machineBusy >= BUSY && share >= LARGE_SHARE);
    }

    /** Returns the load in a sentence for a person. */
    @JsonIgnore
    public String sentence() {
        return String.format(
                Locale.ROOT,
                "The load generator took %.1f of this machine's %d processors%s%s",
                processors,
                of,
                machineBusy == null ? "" : String.format(Locale.ROOT, ", which were %.0f %% busy", machineBusy * 100),
                limiting()
                        ? ": it may have been the limit, and rates and latencies its own. Load with less, or from a"
                                + " machine of its own."
                        : ".");
    }
}
