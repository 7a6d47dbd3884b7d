package io.bookstore.perf.results;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Summary requests, tokens and money as three parties counted them, from the start of the run to its end.
 *
 * @param engine             requests the engine sent to the summary route
 * @param service            the same in the service's own metrics; null if they could not be read
 * @param simulator          attempts in the simulator's journal; null if no simulator took part
 * @param simulatorMedianMs  median of what the simulator took for an attempt; null as above
 * @param engineMedianMs     median of what the engine saw; null if it saw no summary
 * @param serviceUsage       tokens and cost of all calls in the service's own metrics; null if they could not be read
 * @param simulatorUsage     true tokens of all chats in the simulator's journal; null if no simulator took part
 */
public record CrossCheck(
        long engine,
        @Nullable Long service,
        @Nullable Long simulator,
        @Nullable Double simulatorMedianMs,
        @Nullable Double engineMedianMs,
        @Nullable UsageTotals serviceUsage,
        @Nullable UsageTotals simulatorUsage) {

    /** Requests and times without tokens. */
    public CrossCheck(
            long engine,
            @Nullable Long service,
            @Nullable Long simulator,
            @Nullable Double simulatorMedianMs,
            @Nullable Double engineMedianMs) {
        this(engine, service, simulator, simulatorMedianMs, engineMedianMs, null, null);
    }

    /** Returns whether all parties that could be asked counted the same. */
    public boolean agree() {
        return (service == null || service == engine) && (simulator == null || simulator == engine);
    }

    /** Differences between what answers told and what the others counted, one sentence for each; see {@link UsageCheck}. */
    List<String> wrongUsage(UsageTotals told) {
        UsageCheck check = new UsageCheck(told);
        List<String> differences = new ArrayList<>(check.differences("the simulator's journal has", simulatorUsage));
        differences.addAll(check.differences("the service's metrics have", serviceUsage));
        return List.copyOf(differences);
    }

    /**
     * The time that the service adds on the way: the engine's median less the simulator's; null if either is unknown, or if it
     * would be negative, for then many requests never came to the simulator and the two medians are not of the same calls.
     */
    public @Nullable Double overheadMs() {
        if (simulatorMedianMs == null || engineMedianMs == null || engineMedianMs < simulatorMedianMs) {
            return null;
        }
        return engineMedianMs - simulatorMedianMs;
    }
}
