package io.bookstore.k6;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.k6.run.EngineRequest;
import io.bookstore.testing.ClosedPort;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Behaviour that scripts rely on and the conformance cases leave out. */
@Execution(ExecutionMode.CONCURRENT)
class BehaviourTest {

    private static final ClosedPort closedPort = new ClosedPort();
    private static final FixtureServer server = FixtureServer.start();

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private static ScriptRun.Setup script(String name) {
        return ScriptRun.of("behaviour/" + name).env("BASE", server.baseUrl());
    }

    @Test
    void encodingAndCryptoGiveKnownValues() throws Exception {
        ScriptRun run = script("encoding.js").run();

        assertThat(run.logged())
                .containsExactly(
                        "aMOpbGxv -_8 hi",
                        "hi aGk=",
                        "1,2,3",
                        "0cc175b9c0f1b6a831c399e269772661 hvfkN/qlp/zhXR3cuerq6jd2Z7g= 64",
                        "5031fe3d989c6d1537a013fa6e739da23463fdaec3b70137d828e36ace221bd0",
                        "true",
                        "5 true");
    }

    @Test
    void virtualUserThatCannotStartEndsTheRunBeforeAnyBegins() throws Exception {
        ScriptRun run = script("one-cannot-start.js").run();

        assertThat(run.exitCode()).isEqualTo(107);
        assertThat(run.problem()).contains("the third stays away");
        assertThat(run.logged()).isEmpty();
    }

    @Test
    void iterationEndsWhenTheEventLoopIsEmpty() throws Exception {
        ScriptRun run = script("async.js").run();

        assertThat(run.logged()).containsExactly("early 200", "three ticks");
        assertThat(run.count("http_reqs")).isEqualTo(3);
        // A timer of 20 ms and three of 5 ms.
        assertThat(run.values("iteration_duration"))
                .singleElement()
                .satisfies(millis -> assertThat(millis).isGreaterThanOrEqualTo(35));
    }

    @Test
    void rejectedPromiseCountsAsAnIteration() throws Exception {
        ScriptRun run = script("rejected.js").run();

        assertThat(run.exitCode()).isZero();
        assertThat(run.count("iterations")).isEqualTo(2);
        assertThat(run.logged("error")).hasSize(2).allMatch(message -> message.startsWith("Error: rejected"));
    }

    @Test
    void busyLoopIsCutOffAndCannotBeSeenAfterwards() throws Exception {
        ScriptRun run = script("busy-loop.js").run();

        assertThat(run.exitCode()).isZero();
        assertThat(run.count("iterations")).isZero();
        assertThat(run.logged()).isEmpty();
    }

    @Test
    void virtualUserThatWasCutOffKeepsItsState() throws Exception {
        ScriptRun run = script("reused-after-cut.js").run();

        assertThat(run.logged()).containsExactly("1 1 1");
        assertThat(run.count("iterations")).isEqualTo(1);
    }

    @Test
    void interruptedSetupEndsTheTest() throws Exception {
        ScriptRun run =
                script("interrupted-setup.js").interruptWhenLogged("setting up").run();

        assertThat(run.exitCode()).isEqualTo(105);
        assertThat(run.logged()).doesNotContain("default");
    }

    @Test
    void tagsOfTheVirtualUserStayUntilDeleted() throws Exception {
        ScriptRun run = script("vu-tags.js").run();

        assertThat(run.tags("cc", "user")).containsExactly("none", "u0", "u0", "u0", "u1", "none");
        assertThat(run.tags("cc", "run")).containsExactly("own", "r", "r", "own", "r", "r");
        assertThat(run.tags("cc", "call")).containsExactly("c", "none", "none", "c", "none", "none");
    }

    @Test
    void openIsRelativeToTheFileThatCallsIt() throws Exception {
        ScriptRun run = script("open.js").run();

        String text = "text in a file";
        assertThat(run.logged())
                .containsExactly(
                        text + " " + text + " " + text + " 116 open('./nowhere.txt') cannot read nowhere.txt",
                        "open() can only be used in init code; move it to the top of the script");
    }

    @Test
    void consoleShowsValuesAsOneWritesThem() throws Exception {
        ScriptRun run = script("console.js").run();

        assertThat(run.logged())
                .containsExactly(
                        "text 1 true null undefined { a: 1, 'b c': [ 'x', { d: null } ] } [] {}",
                        "%s stays as it is Map(1) { 'k' => 1 } Set(1) { 1 } [Function] 1970-01-01T00:00:00.000Z",
                        "{ self: [Circular] }");
        assertThat(run.logged("warning")).containsExactly("warned");
    }

    @Test
    void metricsHaveRulesForNamesTypesAndValues() throws Exception {
        ScriptRun run = script("metric-rules.js").run();

        assertThat(run.logged())
                .containsExactly(
                        "metric name 'c' must have 2 to 128 ASCII letters, digits or '_' and must not start with a digit",
                        "metric name '1st' must have 2 to 128 ASCII letters, digits or '_' and must not start with a digit",
                        "metric 'cc' is already declared as COUNTER (default), not TREND (default)",
                        "metric 'cc' is already declared as COUNTER (default), not COUNTER (time)",
                        "false,false,false,false,true,true,true",
                        "tag 'tag' must be a text, number or boolean, was Object");
        assertThat(run.values("cc")).containsExactly(2.0, 1.0, 0.5);
        assertThat(run.logged("warning")).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'discardResponseBodies': true} | BASE/json | | 200 0 null",
                "{'discardResponseBodies': true} | BASE/gzip | {'responseType': 'text'} | 200 0 unpacked",
                "{'hosts': {'*.shop.test': '127.0.0.1'}} | http://my.shop.test:PORT/gzip | | 200 0 unpacked",
                "{'blockHostnames': ['*.test']} | http://a.test/ | | 0 1111 null",
                "{'maxRedirects': 1} | BASE/redirect/3 | | 302 0 ``",
                "{} | http://no-such-host.invalid/ | | 0 1101 null",
                "{} | ht!tp://bad | | 0 1020 null",
                "{} | BASE/json | {'timeout': 'soon'} | 0 1000 null"
            })
    void httpOptionsShapeRequests(String options, String url, String params, String seen) throws Exception {
        String port = server.baseUrl().replaceFirst(".*:", "");
        ScriptRun run = script("options.js")
                .env("OPTIONS", options.replace('\'', '"'))
                .env("URL", url.replace("BASE", server.baseUrl()).replace("PORT", port))
                .env("PARAMS", params == null ? "" : params.replace('\'', '"'))
                .run();

        assertThat(run.logged()).singleElement().asString().isEqualToIgnoringWhitespace(seen.replace("``", ""));
    }

    @Test
    void credentialsOfAnAddressAreSentAndNotWritten() throws Exception {
        ScriptRun run =
                script("credentials.js").env("REFUSED", closedPort.url()).run();

        String masked = server.baseUrl().replace("://", "://****:****@");
        assertThat(run.logged()).containsExactly("Basic cmVhZGVyOnNlQGNyZXQ=");
        assertThat(run.tags("http_reqs", "url")).contains(masked + "/echo", masked + "/named");
        assertThat(run.tags("http_reqs", "name")).contains(masked + "/echo", masked + "/named");
        for (String level : List.of("warning", "error")) {
            assertThat(run.logged(level)).isNotEmpty().allMatch(line -> !line.contains("cret"));
        }
        try (InputStream samples = new GZIPInputStream(Files.newInputStream(EngineRequest.samplesIn(run.output())))) {
            assertThat(new String(samples.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("****:****@")
                    .doesNotContain("cret");
        }
        assertThat(Files.readString(run.output().resolve("k6-summary.json"))).doesNotContain("cret");
    }

    @Test
    void throwMakesAFailedRequestAnException() throws Exception {
        ScriptRun run = script("options.js")
                .env("OPTIONS", "{\"throw\": true}")
                .env("URL", closedPort.url())
                .run();

        assertThat(run.logged()).isEmpty();
        assertThat(run.logged("error"))
                .singleElement()
                .asString()
                .contains("dial: connection refused", "behaviour/options.js:6:");
    }

    @Test
    void fileInAnObjectMakesItMultipart() throws Exception {
        ScriptRun run = script("multipart.js").run();

        assertThat(run.logged())
                .containsExactly(
                        "multipart/form-data; boundary=B",
                        "--B|Content-Disposition: form-data; name=\"text\"||x|--B|Content-Disposition: form-data;"
                                + " name=\"upload\"; filename=\"a.txt\"|Content-Type: text/plain||content|--B--|");
    }

    @Test
    void cookieJarsCanBeFilledAndExchanged() throws Exception {
        ScriptRun run = script("cookie-jar.js").run();

        assertThat(run.logged()).containsExactly("own=1; mine=yes {\"mine\":[\"yes\"]}", "own=1", "other=jar", "oat");
    }

    @Test
    void jsonPathsReachIntoAnswers() throws Exception {
        ScriptRun run = script("paths.js").run();

        assertThat(run.logged())
                .containsExactly("\"B\"", "30", "[30,40]", "30", "\"B\"", "[\"c\"]", "{\"a\":1,\"n\":2}", "undefined");
    }

    @Test
    void scriptThatRunsOtherwiseOnK6IsWarnedOnceWithItsPlace() throws Exception {
        ScriptRun run = script("other-on-k6.js").run();

        assertThat(run.logged()).containsExactly("2 2 true true");
        assertThat(run.logged("warning"))
                .hasSize(2)
                .allMatch(line -> line.startsWith("On k6 this runs otherwise: ")
                        && line.endsWith(" has \\p{...} in a regular expression: k6 reads it as the letters between the"
                                + " braces; write the characters out, as in [A-Za-z\\u00C0-\\u024F]"))
                .anyMatch(line -> line.contains("/behaviour/other-on-k6.js:6:46 "))
                .anyMatch(line -> line.contains("/behaviour/lib/words.js:2:43 "));
    }

    @Test
    void textSummaryShowsThresholdsChecksAndMetrics() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/18-checks.js").run();

        assertThat(run.printed())
                .contains("█ TOTAL RESULTS")
                .contains("checks_succeeded........................: 33.33% 1 out of 3")
                .contains("    ✓ a\n    ✗ b\n      ↳  0% — ✓ 0 / ✗ 1\n")
                .contains("iterations..............................: 1  ");
    }
}
