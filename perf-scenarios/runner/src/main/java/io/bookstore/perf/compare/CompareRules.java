package io.bookstore.perf.compare;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.scenario.Nearest;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The user's own rules for a comparison.
 *
 * @param margins by name of a metric, or {@code p50}, {@code p95} and so on for all judged ones: percent, or points of a share
 * @param allowed names of facts in which the runs may differ
 */
public record CompareRules(Map<String, Double> margins, Set<String> allowed) {

    /** The rules that the kit comes with. */
    public static final CompareRules DEFAULT = new CompareRules(Map.of(), Set.of());

    private static final double WIDEST_MARGIN = 100;

    /** @throws PerfException if a margin is no percentage */
    public CompareRules {
        margins = Map.copyOf(margins);
        allowed = Set.copyOf(allowed);
        margins.forEach((name, margin) -> {
            if (!(margin > 0 && margin <= WIDEST_MARGIN)) {
                throw new PerfException(
                        ExitCode.USAGE,
                        "--margin " + name + " must be more than 0 and at most 100 percent, was "
                                + (Double.isFinite(margin)
                                        ? BigDecimal.valueOf(margin)
                                                .stripTrailingZeros()
                                                .toPlainString()
                                        : margin)
                                + ".");
            }
        });
    }

    /**
     * Refuses names in a rule that these runs do not have.
     *
     * @param option   the rule's option
     * @param names    as the user gave them
     * @param kind     what they should be the names of
     * @param possible names that a message may suggest; {@code known} among them
     */
    static void refuseUnknown(
            String option, Set<String> names, String kind, Collection<String> known, Collection<String> possible) {
        for (String name : new TreeSet<>(names)) {
            if (!known.contains(name)) {
                throw new PerfException(
                        ExitCode.USAGE,
                        option + " " + name + ": these runs have no such " + kind + "; "
                                + Nearest.to(name, possible)
                                        .map(near -> "did you mean " + near + "?")
                                        .orElseGet(() -> "they have " + String.join(", ", possible) + "."));
            }
        }
    }
}
