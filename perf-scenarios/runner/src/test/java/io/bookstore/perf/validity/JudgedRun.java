package io.bookstore.perf.validity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.ValidityFinding;
import java.util.List;

/** Runs and what their judgement must say. */
final class JudgedRun {

    static final Circumstances NOTHING_SPECIAL = Circumstances.unknown(false);

    private JudgedRun() {}

    static String iterations(int number) {
        return """
                {
                  scenarios: { ai: { executor: 'shared-iterations', vus: 2, iterations: %d } },
                  thresholds: { llm_operations: ['count>0'] },
                }""".formatted(number);
    }

    static RunResult judged(RunResult result) {
        return Validity.judge(result, NOTHING_SPECIAL);
    }

    static void assertInvalid(RunResult result, String rule, String words) {
        assertThat(result.findings()).extracting(ValidityFinding::rule).containsExactly(rule);
        assertThat(result.verdict().exitCode()).isEqualTo(83);
        assertThat(result.verdict().problem()).contains(words);
        assertThat(result.verdict().partial()).isFalse();
        assertThat(result.remarks()).isEmpty();
    }

    static void assertNoted(RunResult result, String rule, String words) {
        assertThat(result.findings()).extracting(ValidityFinding::rule).containsExactly(rule);
        assertThat(result.verdict().exitCode()).isZero();
        assertThat(result.remarks()).isEqualTo(List.of(result.findings().get(0).sentence()));
        assertThat(result.remarks().get(0)).contains(words);
    }
}
