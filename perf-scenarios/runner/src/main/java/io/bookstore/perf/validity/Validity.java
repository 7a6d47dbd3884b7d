package io.bookstore.perf.validity;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.ValidityFinding;
import io.bookstore.perf.results.Verdict;
import java.util.ArrayList;
import java.util.List;

/** Judges the measurement of a run by {@link ValidityRule}, and the tokens of its answers by what others counted. */
public final class Validity {

    private Validity() {}

    /**
     * The same result with the rules that it broke, and the verdict that follows. A run that ended by itself for another
     * reason than its limits keeps its verdict; wrong tokens are a defect that was seen, so they outweigh an invalid
     * measurement.
     */
    public static RunResult judge(RunResult result, Circumstances circumstances) {
        List<ValidityFinding> findings = findings(result, circumstances);
        RunResult looked = result.with(findings);
        int exitCode = result.verdict().exitCode();
        if (exitCode != ExitCode.OK.value() && exitCode != ExitCode.THRESHOLDS_CROSSED.value()
                || result.verdict().partial()) {
            return looked;
        }
        List<String> problems = new ArrayList<>(result.wrongUsage());
        ExitCode verdict = problems.isEmpty() ? ExitCode.INVALID : ExitCode.WRONG_USAGE;
        findings.stream()
                .filter(ValidityFinding::invalid)
                .map(ValidityFinding::sentence)
                .forEach(problems::add);
        return problems.isEmpty() ? looked : looked.with(Verdict.of(verdict.value(), String.join(" ", problems)));
    }

    /** The rules that a run broke, in the order of {@link ValidityRule}. */
    public static List<ValidityFinding> findings(RunResult result, Circumstances circumstances) {
        Findings found = new Findings(result, circumstances);
        new LoadRules(result, circumstances, found).look();
        new AnswerRules(result, circumstances, found).look();
        new InputRules(result, circumstances, found).look();
        new TelemetryRules(circumstances, found).look();
        return found.list();
    }
}
