package io.bookstore.k6;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.k6.run.EngineOutcome;
import io.bookstore.k6.run.LoadFlags;
import io.bookstore.k6.run.RunPlan;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cases 1 to 3, 13 to 18 and 38 to 40. */
@Execution(ExecutionMode.CONCURRENT)
class LifecycleConformanceTest {

    @Test
    void case1ScriptWithoutOptionsRunsOnce() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/01-no-options.js").run();

        assertThat(run.exitCode()).isZero();
        assertThat(run.count("iterations")).isEqualTo(1);
        assertThat(run.samples("data_sent")).isNotEmpty();
        assertThat(run.samples("vus")).isEmpty();
    }

    @Test
    void case2IterationsAreSharedBetweenVirtualUsers() throws Exception {
        ScriptRun run =
                ScriptRun.of("conformance/02-shared-iterations-shortcut.js").run();

        assertThat(run.exitCode()).isZero();
        assertThat(run.count("iterations")).isEqualTo(5);
        assertThat(run.plan().scenarios().get(0).executor()).isEqualTo("shared-iterations");
    }

    @Test
    void case3FewerIterationsThanVirtualUsersIsAnError() throws Exception {
        ScriptRun run =
                ScriptRun.of("conformance/03-fewer-iterations-than-vus.js").run();

        assertThat(run.exitCode()).isEqualTo(104);
        if (ScriptRun.EMBEDDED) {
            assertThat(run.problem()).isEqualTo("options.iterations (3) must not be smaller than vus (5).");
        }
        assertThat(run.logged()).isEmpty();
    }

    @Test
    void case13ScenariosHaveTheirOwnStartFunctionEnvironmentAndTags() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/13-two-scenarios.js").run();

        assertThat(run.exitCode()).isZero();
        assertThat(run.logged()).containsExactlyInAnyOrder("default for first", "other for second");
        assertThat(run.samples("iterations"))
                .extracting(
                        sample -> sample.tags().get("scenario"),
                        sample -> sample.tags().getOrDefault("kind", "none"))
                .containsExactlyInAnyOrder(tuple("first", "one"), tuple("second", "none"));
        assertThat(run.samples("offset"))
                .filteredOn(sample -> "second".equals(sample.tags().get("scenario")))
                .singleElement()
                .satisfies(sample -> assertThat(sample.value()).isGreaterThanOrEqualTo(1000));
    }

    @Test
    void case14SetupDataIsCopiedOnceForEachVirtualUser() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/14-setup-data.js").run();

        assertThat(run.logged()).containsExactly("[1,null]", "[2,null]", "teardown 1");
        assertThat(Files.readString(run.output().resolve("k6-summary.json")))
                .containsPattern("\"setup_data\"\\s*:\\s*\\{\\s*\"v\"\\s*:\\s*1,\\s*\"u\"\\s*:\\s*null");
    }

    @ParameterizedTest
    @CsvSource({"throw, 107", "sleep, 100"})
    void case15FailedSetupEndsTheTestWithASummary(String how, int exitCode) throws Exception {
        ScriptRun run =
                ScriptRun.of("conformance/15-failing-setup.js").env("HOW", how).run();

        assertThat(run.exitCode()).isEqualTo(exitCode);
        assertThat(run.logged()).isEmpty();
        assertThat(run.printed()).isEqualTo("summary");
    }

    @Test
    void case16ThrowingInitCodeEndsEverything() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/16-throwing-init.js").run();

        assertThat(run.exitCode()).isEqualTo(107);
        if (ScriptRun.EMBEDDED) {
            assertThat(run.problem())
                    .matches("The init code of /.*/16-throwing-init.js threw Error: no init today"
                            + " at /.*/16-throwing-init.js:1:\\d+\\.");
        }
        assertThat(run.printed()).isEmpty();
    }

    @Test
    void case17ThrowingIterationCountsAndTheTestGoesOn() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/17-throwing-iteration.js").run();

        assertThat(run.exitCode()).isZero();
        assertThat(run.count("iterations")).isEqualTo(2);
        assertThat(run.samples("iteration_duration")).hasSize(2);
        assertThat(run.logged("error")).singleElement().asString().contains("first one", "17-throwing-iteration.js:4:");
    }

    @Test
    void case18ThrowingCheckIsRecordedAndThrownOn() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/18-checks.js").run();

        assertThat(run.logged()).containsExactly("false", "caught inside");
        assertThat(run.tags("checks", "check")).containsExactly("a", "b", "thrown");
        assertThat(run.values("checks")).containsExactly(1.0, 0.0, 0.0);
        assertThat(run.summary("checks", "value")).isEqualTo(1.0 / 3);
    }

    @Test
    void case38SharedArrayIsBuiltOnceAndCannotBeChanged() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/38-shared-array.js").run();

        String seen = "3 2 undefined 123 3 true true 012 3";
        assertThat(run.logged()).containsExactly("built", seen, seen, seen);
    }

    @ParameterizedTest
    @CsvSource({"texts, true", "empty, true", "throws, false", "nothing, false"})
    void case39HandleSummaryReplacesTheDefaultSummary(String how, boolean replaced) throws Exception {
        ScriptRun run =
                ScriptRun.of("conformance/39-handle-summary.js").env("HOW", how).run();

        assertThat(run.exitCode()).isZero();
        assertThat(run.printed().contains("TOTAL RESULTS")).isNotEqualTo(replaced);
        if (how.equals("texts")) {
            assertThat(run.printed()).isEqualTo("to stdout");
            assertThat(run.output().resolve("own.txt")).hasContent("to a file");
        }
        if (how.equals("throws")) {
            assertThat(run.logged("error")).anyMatch(message -> message.contains("no summary today"));
        }
    }

    @Test
    void case40AbortEndsTheTestButNotTheTeardown() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/40-ending-early.js")
                .env("HOW", "abort")
                .run();

        assertThat(run.exitCode()).isEqualTo(108);
        if (ScriptRun.EMBEDDED) {
            assertThat(run.problem()).isEqualTo("The script aborted the test: enough");
        }
        assertThat(run.logged()).containsExactly("teardown");
        assertThat(run.count("iterations")).as("the one that aborted").isEqualTo(1);
        assertThat(run.samples("iteration_duration")).hasSize(1);
        assertThat(run.printed()).isEqualTo("summary");
    }

    @Test
    void case40AbortInInitCodeRunsNothing() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/40-ending-early.js")
                .env("HOW", "abort in init code")
                .run();

        assertThat(run.exitCode()).isEqualTo(108);
        assertThat(run.logged()).isEmpty();
        if (ScriptRun.EMBEDDED) {
            assertThat(run.inspected().problem())
                    .isEqualTo(new EngineOutcome(108, "The script aborted the test: too early"));
        }
    }

    @Test
    void case40FailMarksTheTestAndGoesOn() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/40-ending-early.js")
                .env("HOW", "fail")
                .run();

        assertThat(run.exitCode()).isEqualTo(110);
        assertThat(run.count("iterations")).isEqualTo(3);
    }

    @Test
    void case40InterruptionCutsOffAndStillTearsDown() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/40-ending-early.js")
                .env("HOW", "interrupt")
                .interruptWhenLogged("sleeping")
                .run();

        assertThat(run.exitCode()).isEqualTo(105);
        assertThat(run.logged()).containsExactly("sleeping", "teardown");
        assertThat(run.count("iterations")).isZero();
        assertThat(run.printed()).isEqualTo("summary");
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

    private static final String TWO_SCENARIOS = """
            {"scenarios": {
               "reading": {"executor": "per-vu-iterations", "vus": 2, "iterations": 2, "exec": "read", "env": {"WHO": "r"}},
               "writing": {"executor": "constant-vus", "vus": 3, "duration": "240s", "exec": "write", "env": {"WHO": "w"}}},
             "thresholds": {
               "iterations": ["count>0"],
               "iterations{scenario:reading}": ["count>3"],
               "iterations{scenario:writing}": ["count>100"]}}""";

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

    @Test
    void case47CommonJsFilesCanBeImported() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/47-common-js.js").run();

        assertThat(run.logged())
                .containsExactly("0cc175b9c0f1b6a831c399e269772661 x+x deleted function", "a+b +", "hello you 2");
    }

    @Test
    void case49WebCryptoGivesKnownValues() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/49-web-crypto.js").run();

        assertThat(run.logged())
                .containsExactly(
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                        "a9993e364706816aba3e25717850c26c9cd0d89d",
                        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843 true false",
                        "AES-CBC 7649abac8119b246cee98e9b12e9197d8964e0b149c10b7b682e6e39aaeb731c true",
                        "AES-CTR 874d6191b620e3261bef6864990db6ce true",
                        "AES-GCM 0388dace60b6a392f328c2b971b2fe78ab6e47d42cec13bdf53a67b21257bddf true",
                        "oct 32 true",
                        "OperationError");
    }

    @Test
    void case48ScriptItselfMayBeCommonJs() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/48-require.js").run();

        assertThat(run.exitCode()).isZero();
        assertThat(run.logged()).containsExactly("set+up", "set+up");
        assertThat(run.values("checks")).containsExactly(1.0, 1.0);
    }

    @Test
    void case42ChecksOfSetupAndTeardownAreInTheSummary() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/42-checks-around.js").run();

        assertThat(run.printedJson())
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder(
                        "",
                        "::inside 1/0",
                        "::setup",
                        "::setup::in setup 0/1",
                        "::teardown",
                        "::teardown::in teardown 1/0");
        JsonNode export = new ObjectMapper()
                .readTree(run.output().resolve("k6-summary.json").toFile());
        assertThat(export.at("/root_group/groups/setup/checks/in setup/fails").asInt())
                .isEqualTo(1);
    }

    @Test
    void case41LanguageHasNoMoreThanThatOfK6() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/41-language.js").run();

        assertThat(run.logged()).containsExactly("nothing", "1,2,3 2 b-b true");
    }

    @Test
    void case51LanguageHasWhatK6HasSinceRelease23() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/51-language-of-2.3.js").run();

        assertThat(run.logged())
                .containsExactly(
                        "azY= 6b36 2 2",
                        "email id,name true",
                        "id,name,tag email",
                        "true false",
                        "{\"id\":9007199254740993} true false");
    }

    @Test
    void case52ClearingATimerThatHasFiredLeavesTheOthersAlone() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/52-timers.js").run();

        assertThat(run.logged()).containsExactly("first,tick,tick");
    }

    @Test
    void case40EnvironmentOverridesHowMuchTheScriptRuns() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/40-environment.js")
                .processEnvironment("K6_ITERATIONS", "6")
                .run();

        assertThat(run.exitCode()).isZero();
        assertThat(run.count("iterations")).isEqualTo(6);
    }
}
