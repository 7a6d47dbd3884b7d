package io.bookstore.perf.results;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The facts that speak for or against the measurement of a run.
 *
 * @param crossCheck summary requests counted by service and simulator; null if neither could be asked
 * @param evidence   the part of the samples that tells of the measurement itself
 * @param findings   rules of a valid measurement that the run broke
 */
public record ValidityFacts(@Nullable CrossCheck crossCheck, Evidence evidence, List<ValidityFinding> findings) {

    /** The facts of a result that no other party has looked at yet. */
    public static final ValidityFacts NONE = of(Evidence.NONE);

    public ValidityFacts {
        // Files of earlier versions have neither.
        evidence = Objects.requireNonNullElse(evidence, Evidence.NONE);
        findings = List.copyOf(Objects.requireNonNullElse(findings, List.of()));
    }

    /** The facts of samples that no other party has looked at yet. */
    public static ValidityFacts of(Evidence evidence) {
        return new ValidityFacts(null, evidence, List.of());
    }

    ValidityFacts with(CrossCheck counted) {
        return new ValidityFacts(counted, evidence, findings);
    }

    ValidityFacts with(List<ValidityFinding> broken) {
        return new ValidityFacts(crossCheck, evidence, broken);
    }

    List<String> wrongUsage() {
        return crossCheck == null ? List.of() : crossCheck.wrongUsage(evidence.told());
    }
}
