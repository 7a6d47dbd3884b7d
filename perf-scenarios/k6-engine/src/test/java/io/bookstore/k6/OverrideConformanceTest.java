package io.bookstore.k6;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.k6.run.LoadFlags;
import io.bookstore.k6.run.RunPlan;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Flags and variables of the environment that go before the load that a script asks for: cases 40, 46 and 50. */
@Execution(ExecutionMode.CONCURRENT)
class OverrideConformanceTest {

    private static final String TWO_SCENARIOS = """
        {"scenarios": {
           "reading": {"executor": "per-vu-iterations", "vus": 2, "iterations": 2, "exec": "read", "env": {"WHO": "r"}},
           "writing": {"executor": "constant-vus", "vus": 3, "duration": "240s", "exec": "write", "env": {"WHO": "w"}}},
         "thresholds": {
           "iterations": ["count>0"],
           "iterations{scenario:reading}": ["count>3"],
           "iterations{scenario:writing}": ["count>100"]}}\
        """;

    @Test
    void case40EnvironmentOverridesHowMuchTheScriptRuns() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/40-environment.js")
                .processEnvironment("K6_ITERATIONS", "6")
                .run();

        assertThat(run.exitCode()).isZero();
        assertThat(run.count("iterations")).isEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'vus': 2, 'duration': '240s'} | | | 4 | | shared-iterations 2 4",
                "{'vus': 2, 'iterations': 2} | | | 4 | | shared-iterations 2 4",
                "{'iterations': 4} | 2 | | | | shared-iterations 2 4",
                "{} | 3 | | | | shared-iterations 3 3",
                "{'scenarios': {'s': {'executor': 'per-vu-iterations', 'exec': 'other'}}} | | 1s | | | constant-vus 1",
                "{'scenarios': {'s': {'executor': 'per-vu-iterations', 'exec': 'other'}}} | 2 | | | | shared-iterations 2 2",
                "{'duration': '240s'} | 1 | | | 500ms:2,500ms:1 | ramping-vus 2"
            })
    void case46FlagsGoBeforeTheScript(
            String options, Integer vus, String duration, Integer iterations, String stages, String planned)
            throws Exception {
        ScriptRun run = ScriptRun.of("conformance/46-flags.js")
                .env("OPTIONS", options.replace('\'', '"'))
                .flags(new LoadFlags(
                        vus, duration, iterations, stages == null ? List.of() : List.of(stages.split(",", -1))))
                .run();

        assertThat(run.exitCode()).isZero();
        assertThat(run.logged()).isNotEmpty().containsOnly("ran");
        RunPlan.Scenario scenario = run.plan().scenarios().get(0);
        String[] expected = planned.split(" ", -1);
        assertThat(run.plan().scenarios()).hasSize(1);
        assertThat(scenario.executor()).isEqualTo(expected[0]);
        assertThat(scenario.peak()).isEqualTo(Integer.parseInt(expected[1]));
        if (expected.length > 2) {
            assertThat(run.count("iterations")).isEqualTo(Long.parseLong(expected[2]));
        }
        if (ScriptRun.EMBEDDED) {
            assertThat(run.logged("warning")).hasSize(options.contains("scenarios") ? 1 : 0);
        }
    }

    @Test
    void case46FlagsAreJudgedTogetherWithWhatTheScriptSays() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/46-flags.js")
                .env("OPTIONS", "{\"vus\": 2, \"iterations\": 5}")
                .flags(new LoadFlags(10, null, null, List.of()))
                .run();

        assertThat(run.exitCode()).isEqualTo(104);
        assertThat(run.logged()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "reading | false | read in reading r,read in reading r,read in reading r,read in reading r | 0",
                "writing | true  | write in writing w                                                      | 99",
                "reading,writing | true | read in reading r,write in writing w                            | 99"
            })
    void case50SelectedScenariosRunWithTheirLoadOrOnce(String names, boolean once, String logged, int exitCode)
            throws Exception {
        ScriptRun run = ScriptRun.of("conformance/50-selected-scenarios.js")
                .env("OPTIONS", TWO_SCENARIOS)
                .flags(LoadFlags.selecting(List.of(names.split(",", -1)), once))
                .run();

        assertThat(run.logged()).containsExactlyInAnyOrder(logged.split(",", -1));
        assertThat(run.exitCode()).isEqualTo(exitCode);
        assertThat(run.plan().scenarios())
                .extracting(RunPlan.Scenario::name)
                .containsExactlyInAnyOrder(names.split(",", -1));
        if (ScriptRun.EMBEDDED && names.equals("reading")) {
            assertThat(run.logged("warning"))
                    .containsExactly(
                            "The threshold on iterations{scenario:writing} is left out: its scenario does not run.");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'vus': 5, 'duration': '240s'} | default in default",
                "{} | default in default",
                "{'scenarios': {'s': {'executor': 'ramping-vus', 'startTime': '240s', 'stages': [{'duration': '240s', 'target': 5}], 'exec': 'read', 'env': {'WHO': 'me'}}}} | read in s me"
            })
    void case50ScriptRunsOnceWhateverItsLoad(String options, String logged) throws Exception {
        ScriptRun run = ScriptRun.of("conformance/50-selected-scenarios.js")
                .env("OPTIONS", options.replace('\'', '"'))
                .flags(LoadFlags.selecting(List.of(), true))
                .run();

        assertThat(run.exitCode()).isZero();
        assertThat(run.logged()).containsExactly(logged);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nowhere | false | --scenario 'nowhere' is none of the script's: [reading, writing].",
                "''      | true  | --once runs a single scenario, and the script has [reading, writing]; select with --scenario."
            })
    void case50SelectionThatTheScriptDoesNotAllowIsRefused(String names, boolean once, String sentence)
            throws Exception {
        ScriptRun run = ScriptRun.of("conformance/50-selected-scenarios.js")
                .env("OPTIONS", TWO_SCENARIOS)
                .flags(LoadFlags.selecting(names.isEmpty() ? List.of() : List.of(names), once))
                .run();

        assertThat(run.exitCode()).isEqualTo(104);
        assertThat(run.logged()).isEmpty();
        if (ScriptRun.EMBEDDED) {
            assertThat(run.problem()).isEqualTo(sentence);
        }
    }

    @Test
    void onceGoesBeforeTheEnvironment() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/50-selected-scenarios.js")
                .env("OPTIONS", "{\"scenarios\": {\"s\": {\"executor\": \"per-vu-iterations\", \"exec\": \"read\"}}}")
                .processEnvironment("K6_ITERATIONS", "6")
                .flags(LoadFlags.selecting(List.of(), true))
                .run();

        assertThat(run.logged()).containsExactly("read in s undefined");
        assertThat(run.logged("warning")).containsExactly("--once overrides K6_ITERATIONS.");
    }

    @Test
    void flagsGoBeforeTheEnvironment() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/40-environment.js")
                .processEnvironment("K6_ITERATIONS", "6")
                .flags(new LoadFlags(null, null, 4, List.of()))
                .run();

        assertThat(run.count("iterations")).isEqualTo(4);
    }
}
