package io.bookstore.k6;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.k6.run.EngineOutcome;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The life of a script from its init code to its summary, and its early ends: cases 1 to 3, 13 to 18, 39, 40 and 42.
 */
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
}
