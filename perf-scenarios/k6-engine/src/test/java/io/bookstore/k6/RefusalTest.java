package io.bookstore.k6;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Refusals of everything the engine does not know: k6's exit code, and one sentence with thing, place and remedy. */
class RefusalTest {
    private static final String MODULES =
            "k6, k6/http, k6/metrics, k6/execution, k6/data, k6/encoding, k6/crypto, k6/timers, k6/x/sse";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "extension.js | Cannot import 'k6/x/sql' in FILE:1:18: of k6's extensions the embedded engine has k6/x/sse alone; run this script with a k6 binary that has it.",
                "browser.js | Cannot import 'k6/browser' in FILE:2:26: the embedded engine does not have this module (it has MODULES); run this script with k6 itself.",
                "websocket.js | Cannot import 'k6/ws' in FILE:1:17: the embedded engine does not have this module (it has MODULES); run this script with k6 itself.",
                "remote.js | Cannot import 'https://jslib.k6.io/k6-utils/1.4.0/index.js' in FILE:1:25: remote modules are not loaded by the embedded engine; save a copy beside the script and import that.",
                "bare.js | Cannot import 'lodash' in FILE:1:16: only k6's modules, relative paths with extension and absolute paths can be imported.",
                "internal.js | Cannot import 'k6/internal/host' in FILE:1:19: the embedded engine does not have this module (it has MODULES); run this script with k6 itself.",
                "typescript-import.js | Cannot import 'FOLDER/lib/typed.ts' in FILE:1:9: TypeScript is not supported by the embedded engine; compile it to JavaScript first.",
                "missing-file.js | Cannot import 'FOLDER/lib/gone.js' in FILE:1:28: there is no such file; mind that the extension belongs to the path.",
                "through-library.js | Cannot import 'k6/x/faker' in FOLDER/lib/needs-extension.js:2:20: of k6's extensions the embedded engine has k6/x/sse alone; run this script with a k6 binary that has it.",
                "missing-export.js | 'k6' has no export named 'slumber' in FILE:1:33; check the import's spelling.",
                "for-await.js | Script FILE:3:3 has for await: k6 cannot load it; await each value in an ordinary loop.",
                "async-generator.js | Script FILE:2:19 has an async generator: k6 cannot load it; return an array from an async function.",
                "regex-flag.js | Script FILE:2:15 has a regular expression with the flag v: k6 cannot load it; use the flag u and write the characters out.",
                "dynamic-import.js | Cannot import 'FOLDER/lib/imports-later.js' in FILE:1:24: 1:28 has a dynamic import(): k6 cannot load it; use an import statement at the top.",
                "syntax-error.js | Syntax error at FILE:2:13: Expected an operand but found ;.",
                "require.js | The init code of FILE threw GoError: require('k6/ws'): the embedded engine does not have this module (it has MODULES); run this script with k6 itself at FILE:1:12.",
                "common-js-throws.js | Cannot import 'FOLDER/lib/throws.js' in FILE:1:25: it threw GoError: require('lodash'): only k6's modules, relative paths with extension and absolute paths can be imported at FOLDER/lib/throws.js:2:17.",
                "init-stream.js | The init code of FILE threw GoError: sse.open() cannot be used in init code; call it from a function of the script at FILE:3:5.",
                "init-request.js | The init code of FILE threw GoError: an HTTP request cannot be used in init code; call it from a function of the script at FILE:3:6."
            })
    void importsAndInitCodeAreRefusedWithTheirPlace(String script, String sentence) throws Exception {
        ScriptRun run = ScriptRun.of("refused/" + script).run();

        Path file =
                Path.of(RefusalTest.class.getResource("/k6/refused/" + script).toURI());
        assertThat(run.problem())
                .isEqualTo(sentence.replace("FILE", file.toString())
                        .replace("FOLDER", file.resolveSibling("").toString().replaceFirst("/$", ""))
                        .replace("MODULES", MODULES));
        assertThat(run.exitCode()).isEqualTo(107);
        assertThat(run.printed()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'vuss': 1} | options.vuss is not an option the embedded engine knows; check its spelling or run this script with k6 itself.",
                "{'dns': {'ttl': '0'}} | options.dns is not supported by the embedded engine; use hosts or run this script with k6 itself.",
                "{'localIPs': '10.0.0.1'} | options.localIPs is not supported by the embedded engine; run this script with k6 itself.",
                "{'rps': 5} | options.rps is not supported by the embedded engine; limit the rate with a constant-arrival-rate scenario.",
                "{'vus': 'many'} | options.vus must be a whole number, was 'many'.",
                "{'vus': 0} | options.vus must be at least 1, was 0.",
                "{'duration': '5 minutes'} | options.duration must be a duration like '30s', was '5 minutes'.",
                "{'duration': '1s', 'stages': []} | options.duration and options.stages exclude each other; keep one of them.",
                "[] | The exported options must be an object; they are an array or a text.",
                "{'vus': 1, 'duration': '300ms'} | options.duration must be at least 1s, was 300ms.",
                "{'iterations': 1, 'duration': '300ms'} | options.duration must be at least 1s, was 300ms.",
                "{'duration': 0} | options.duration must be at least 1s, was 0ms.",
                "{'scenarios': {'a': {'executor': 'externally-controlled'}}} | options.scenarios.a.executor is 'externally-controlled', which the embedded engine does not know; use one of [constant-arrival-rate, constant-vus, per-vu-iterations, ramping-arrival-rate, ramping-vus, shared-iterations].",
                "{'scenarios': {'a': {'executor': 'constant-vus', 'duration': '0.5s'}}} | options.scenarios.a.duration must be at least 1s, was 500ms.",
                "{'scenarios': {'a': {'executor': 'shared-iterations', 'env': {'PLANNED_AS': 'often'}}}} | options.scenarios.a.env.PLANNED_AS must be the options of an arrival rate as JSON, was 'often'.",
                "{'scenarios': {'a': {'executor': 'constant-vus', 'duration': '1s', 'rate': 3}}} | options.scenarios.a.rate is not an option the embedded engine knows; a constant-vus scenario has [duration, env, exec, executor, gracefulStop, options, startTime, tags, vus].",
                "{'scenarios': {'a': {'executor': 'constant-arrival-rate', 'rate': 0.5, 'duration': '1s', 'preAllocatedVUs': 1}}} | options.scenarios.a.rate must be a whole number, was 0.5.",
                "{'scenarios': {'a': {'executor': 'ramping-vus', 'stages': [{'duration': '1s'}]}}} | options.scenarios.a.stages[0].target is missing; give it a whole number.",
                "{'scenarios': {'a b': {'executor': 'constant-vus'}}} | Scenario name 'a b' may only have ASCII letters, digits, '_' and '-'.",
                "{'scenarios': {'a': {'executor': 'per-vu-iterations', 'exec': 'nope'}}} | Scenario 'a' runs function 'nope', which the script does not export; export it or correct exec.",
                "{'scenarios': {'a': {'executor': 'per-vu-iterations', 'tags': {'n': 1}}}} | options.scenarios.a.tags.n must be a text, was 1.",
                "{'scenarios': {'a': {'executor': 'per-vu-iterations', 'options': {'browser': {'type': 'chromium'}}}}} | options.scenarios.a.options asks for the browser, which the embedded engine does not have; run this script with k6 itself.",
                "{'thresholds': {'checks': 'rate>0.9'}} | options.thresholds['checks'] must be an array like ['rate<0.01'], was 'rate>0.9'.",
                "{'tlsAIAFetch': true} | options.tlsAIAFetch is not supported by the embedded engine; run this script with k6 itself.",
                "{'systemTags': ['vu']} | options.systemTags has 'vu'; the embedded engine knows ip and [check, error, error_code, expected_response, group, method, name, proto, scenario, service, status, subproto, tls_version, url]."
            })
    void optionsAreRefusedBeforeAnythingRuns(String options, String sentence) throws Exception {
        ScriptRun run = ScriptRun.of("refused/options.js")
                .env("OPTIONS", options.replace('\'', '"'))
                .run();

        assertThat(run.problem().replace('"', '\'')).isEqualTo(sentence);
        assertThat(run.exitCode()).isEqualTo(104);
        assertThat(run.logged()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "function-as-options.js | {} | 255 | The exported options must be an object; they are a function: call it.",
                "options.js | {'summaryTrendStats': ['p(101)']} | 255 | options.summaryTrendStats has 'p(101)'; allowed are avg, min, med, max, count and p(0..100).",
                "no-function.js | {} | 255 | exports no function; export a default function that the virtual users run.",
                "no-function.js | {'scenarios': {'a': {'executor': 'nope'}}} | 104 | options.scenarios.a.executor is 'nope', which"
            })
    void exitCodesOfUnusableScriptsAreThoseOfK6(String script, String options, int exitCode, String words)
            throws Exception {
        ScriptRun run = ScriptRun.of("refused/" + script)
                .env("OPTIONS", options.replace('\'', '"'))
                .run();

        assertThat(run.exitCode()).isEqualTo(exitCode);
        assertThat(run.problem().replace('"', '\'')).contains(words);
        assertThat(run.logged()).isEmpty();
    }

    @Test
    void optionsThatChangeNothingHereAreWarnedOf() throws Exception {
        ScriptRun run = ScriptRun.of("refused/options.js")
                .env("OPTIONS", "{\"cloud\": {\"name\": \"x\"}, \"ext\": {}, \"linger\": true, \"noSummary\": true}")
                .run();

        assertThat(run.exitCode()).isZero();
        assertThat(run.logged("warning"))
                .containsExactlyInAnyOrder(
                        "options.cloud has no effect in the embedded engine.",
                        "options.ext has no effect in the embedded engine.",
                        "options.linger has no effect in the embedded engine.",
                        "options.noSummary has no effect in the embedded engine.");
    }

    @Test
    void stageOfTheShortcutMayLeaveItsDurationOut() throws Exception {
        ScriptRun run = ScriptRun.of("refused/options.js")
                .env("OPTIONS", "{\"stages\": [{\"target\": 2}]}")
                .run();

        assertThat(run.exitCode()).isZero();
    }

    @Test
    void featureOfK6ThatIsNotHereIsRefused() throws Exception {
        ScriptRun run = ScriptRun.of("refused/options.js")
                .env("OPTIONS", "{}")
                .processEnvironment("K6_FEATURES", "async-metric-context")
                .run();

        assertThat(run.exitCode()).isEqualTo(104);
        assertThat(run.problem())
                .isEqualTo("K6_FEATURES asks for 'async-metric-context', which the embedded engine does not have;"
                        + " leave it out or run this script with k6 itself.");
    }

    @Test
    void missingScriptIsNamed() throws Exception {
        ScriptRun run = ScriptRun.of(Path.of("/nowhere/script.js")).run();

        assertThat(run.exitCode()).isEqualTo(255);
        assertThat(run.problem()).isEqualTo("Script /nowhere/script.js does not exist; check its path.");
    }

    @Test
    void typescriptIsNamed() throws Exception {
        ScriptRun run = ScriptRun.of("refused/typed.ts").run();

        assertThat(run.exitCode()).isEqualTo(107);
        assertThat(run.problem())
                .endsWith(
                        "typed.ts is TypeScript, which the embedded engine does not run; compile it to JavaScript first.");
    }

    @Test
    void scriptWithoutAFunctionHasNothingToRun() throws Exception {
        ScriptRun run = ScriptRun.of("refused/no-function.js").run();

        assertThat(run.exitCode()).isEqualTo(255);
        assertThat(run.problem())
                .endsWith("no-function.js exports no function; export a default function that the virtual users run.");
    }

    @Test
    void setupDataMustBePlain() throws Exception {
        ScriptRun run = ScriptRun.of("refused/setup-with-function.js").run();

        assertThat(run.exitCode()).isEqualTo(255);
        assertThat(run.problem())
                .isEqualTo("What setup() returned cannot be handed over as JSON: Error: the value.list[1].callback is a"
                        + " function; return plain data.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "html | response.html() is not supported by the embedded engine (FILE:8:29); run this script with k6 itself.",
                "submitForm | response.submitForm() is not supported by the embedded engine (FILE:9:35); run this script with k6 itself.",
                "clickLink | response.clickLink() is not supported by the embedded engine (FILE:10:34); run this script with k6 itself.",
                "digest | auth 'digest' is not supported by the embedded engine (FILE:11:22); use basic, or run this script with k6 itself.",
                "ntlm | auth 'ntlm' is not supported by the embedded engine (FILE:12:20); use basic, or run this script with k6 itself.",
                "bodyOnGet | a body on GET is not supported by the embedded engine (FILE:13:25); use another method, or run this script with k6 itself.",
                "bodyOnHead | a body on HEAD is not supported by the embedded engine (FILE:14:26); use another method, or run this script with k6 itself.",
                "brotli | compression 'br' is not supported by the embedded engine (FILE:15:22); use gzip or deflate, or run this script with k6 itself.",
                "zstd | compression 'zstd' is not supported by the embedded engine (FILE:16:20); use gzip or deflate, or run this script with k6 itself.",
                "zstdLater | compression 'zstd' is not supported by the embedded engine; use gzip or deflate, or run this script with k6 itself.",
                "rsa | crypto.subtle with RSA-PSS is not supported by the embedded engine (FILE:18:22); run this script with k6 itself.",
                "deriveBits | crypto.subtle.deriveBits() is not supported by the embedded engine (FILE:19:29); run this script with k6 itself.",
                "md4 | crypto algorithm 'md4' is not supported by the embedded engine (FILE:20:21); run this script with k6 itself.",
                "ripemd160 | crypto algorithm 'ripemd160' is not supported by the embedded engine (FILE:21:27); run this script with k6 itself."
            })
    void callThatIsNotSupportedStopsTheRun(String call, String sentence) throws Exception {
        ScriptRun run = refusedCall(call, "iteration");

        assertThat(run.exitCode()).isEqualTo(107);
        assertThat(run.problem()).isEqualTo(sentence.replace("FILE", file("call.js")));
        assertThat(run.logged()).containsExactly("torn down");
    }

    @ParameterizedTest
    @CsvSource({"init, false", "setup, true"})
    void callThatIsNotSupportedStopsTheRunBeforeItsFirstIteration(String where, boolean setUp) throws Exception {
        ScriptRun run = refusedCall("md4", where);

        assertThat(run.exitCode()).isEqualTo(107);
        assertThat(run.problem()).startsWith("crypto algorithm 'md4' is not supported by the embedded engine (");
        assertThat(run.logged()).doesNotContain("caught", "went on");
        assertThat(run.printed().isEmpty()).isNotEqualTo(setUp);
    }

    private static ScriptRun refusedCall(String call, String where) throws InterruptedException {
        try (FixtureServer server = FixtureServer.start()) {
            return ScriptRun.of("refused/call.js")
                    .env("BASE", server.baseUrl())
                    .env("CALL", call)
                    .env("WHERE", where)
                    .run();
        }
    }

    private static String file(String script) throws URISyntaxException {
        return Path.of(RefusalTest.class.getResource("/k6/refused/" + script).toURI())
                .toString();
    }
}
