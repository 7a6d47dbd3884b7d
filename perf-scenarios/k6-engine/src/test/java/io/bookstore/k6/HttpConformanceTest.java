package io.bookstore.k6;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.k6.run.EngineRequest;
import io.bookstore.perf.metrics.Metric;
import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.metrics.SampleReader;
import io.bookstore.perf.metrics.SampleSink;
import io.bookstore.testing.ClosedPort;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cases 19, 28 to 37 and 53: requests, what they are counted as, and what the script sees of the answers. */
@Execution(ExecutionMode.CONCURRENT)
class HttpConformanceTest {

    private static final ClosedPort closedPort = new ClosedPort();
    private static final FixtureServer server = FixtureServer.start();

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private static ScriptRun run(String script, String... env) throws InterruptedException {
        ScriptRun.Setup setup = ScriptRun.of("conformance/" + script)
                .env("BASE_URL", server.baseUrl())
                .env("REFUSED", closedPort.url());
        for (int i = 0; i < env.length; i += 2) {
            setup.env(env[i], env[i + 1]);
        }
        return setup.run();
    }

    @Test
    void case19GroupsNestInTagsAndTime() throws Exception {
        ScriptRun run = run("19-groups.js");

        assertThat(run.tags("group_duration", "group")).containsExactly("::A::B", "::A");
        assertThat(run.tags("http_reqs", "group")).containsExactly("::A::B");
        assertThat(run.tags("checks", "group")).containsExactly("::A::B");
        assertThat(run.tags("iterations", "group")).containsExactly("");
    }

    @Test
    void case28FailedRequestsCount() throws Exception {
        ScriptRun run = run("28-failed-requests.js");

        assertThat(run.count("http_reqs")).isEqualTo(6);
        assertThat(run.samples("http_req_duration")).hasSize(6);
        assertThat(run.summary("http_req_failed", "value")).isEqualTo(0.5);
        assertThat(run.summary("http_req_failed", "passes")).isEqualTo(3);
        assertThat(run.summary("http_req_failed", "fails")).isEqualTo(3);
        assertThat(run.samples("http_reqs").get(5).tags())
                .containsEntry("status", "0")
                .containsEntry("error_code", "1212")
                .containsEntry("error", "dial: connection refused")
                .doesNotContainKey("proto");
    }

    @Test
    void case29CallbackDecidesWhatIsExpected() throws Exception {
        ScriptRun run = run("29-response-callback.js");

        assertThat(run.tags("http_reqs", "expected_response")).containsExactly("true", "false", "true", "none");
        assertThat(run.values("http_req_failed")).containsExactly(0.0, 1.0, 0.0);
    }

    @Test
    void case30EachHopOfARedirectIsARequest() throws Exception {
        ScriptRun run = run("30-redirects.js");

        assertThat(run.logged()).containsExactly("200 /redirect/0 /redirect/2", "302 /redirect/1");
        assertThat(run.tags("http_reqs", "status")).containsExactly("302", "302", "200", "302");
    }

    @Test
    void case31NoAnswerHasAnErrorCode() throws Exception {
        ScriptRun run = run("31-no-answer.js");

        assertThat(run.logged())
                .containsExactly(
                        "0 1050 request timeout null", "0 1212 dial: connection refused null", "json() throws");
        // A timeout of 1 s counts as what it took, a refusal as nothing. On a busy machine the connection takes its
        // part.
        double waited = run.values("http_req_duration").get(0)
                + run.values("http_req_blocked").get(0);
        assertThat(waited).isGreaterThan(500);
        assertThat(run.values("http_req_duration").get(1)).isZero();
        assertThat(run.logged("warning")).hasSize(2);
    }

    @Test
    void case32NameReplacesTheUrl() throws Exception {
        ScriptRun run = run("32-names.js");

        assertThat(run.tags("http_reqs", "name")).containsExactly("item", "${}/status/${}");
        assertThat(run.tags("http_reqs", "url")).containsExactly("item", "${}/status/${}");
        assertThat(run.tags("http_reqs", "k")).containsExactly("v", "none");
        assertThat(run.tags("http_reqs", "status")).containsExactly("200", "201");
    }

    @ParameterizedTest
    @CsvSource({"no, no:yes:no:yes", "yes, no:yes:yes:yes"})
    void case33CookiesLastAnIterationUnlessKept(String keep, String sent) throws Exception {
        ScriptRun run = run("33-cookies.js", "KEEP", keep);

        assertThat(run.logged()).containsExactly(sent.split(":", -1));
    }

    @ParameterizedTest
    @CsvSource({"'', 1", "noConnectionReuse, 4", "noVUConnectionReuse, 2"})
    void case34ConnectionsAreKeptUnlessToldOtherwise(String option, int connections) throws Exception {
        ScriptRun run = option.isEmpty() ? run("34-connections.js") : run("34-connections.js", "OPTION", option);

        assertThat(run.logged()).hasSize(4);
        assertThat(new HashSet<>(run.logged())).hasSize(connections);
    }

    @Test
    void case35ObjectsAreFormsWhateverTheyShouldBe() throws Exception {
        ScriptRun run = run("35-bodies.js");

        assertThat(run.logged())
                .containsExactly(
                        "hi undefined", "a=1&b=x+y application/x-www-form-urlencoded", "{\"a\":1} application/json");
    }

    @Test
    void case36SelectorsAndHeadersAreFound() throws Exception {
        ScriptRun run = run("36-json.js");

        assertThat(run.logged())
                .containsExactly("1", "20", "3", "[\"A\",\"B\"]", "\"B\"", "undefined", "found one, two undefined");
    }

    @Test
    void case37BatchKeepsOrderAndLimits() throws Exception {
        ScriptRun run = run("37-batch.js");

        assertThat(run.logged()).containsExactly("[ 200, 404, 201 ]", "200 404", "side by side: 6");
        assertThat(run.count("http_reqs")).isEqualTo(13);
    }

    @Test
    void case43CookiesAreReadAsTheyAreMeant() throws Exception {
        ScriptRun run = run("43-cookie-values.js");

        assertThat(run.logged())
                .containsExactly(
                        "quoted hello world 0 false",
                        "aged x 3600 false",
                        "gone x -1 false",
                        "dated x 0 true",
                        "[\"hello world\"]");
    }

    @Test
    void case44AddressWithoutAServerIsAFailedRequest() throws Exception {
        ScriptRun run = run("44-odd-addresses.js");

        assertThat(run.logged()).containsExactly("0 1000", "0 1000", "0 1000", "0 1101", "0 1020", "0 1020");
        assertThat(run.tags("http_reqs", "error_code")).containsExactly("1000", "1000", "1000", "1101");
        assertThat(run.summary("http_req_failed", "value")).isEqualTo(1);
    }

    @Test
    void case45ValuesOfAFormThatAreNoTextAreEmpty() throws Exception {
        ScriptRun run = run("45-form-values.js");

        assertThat(run.logged()).containsExactly("a=1&b=&d=&e=&f=true&g=x&g=2");
        assertThat(run.logged("warning")).isNotEmpty();
    }

    @Test
    void headersAreThoseOfTheScriptAndNoMore() throws Exception {
        ScriptRun run = run("../behaviour/sent-headers.js");

        assertThat(run.logged()).containsExactly("[ 'Host', 'User-agent' ]", "unpacked gzip");
    }

    @Test
    void samplesOfARequestShareTimeAndTags() throws Exception {
        ScriptRun run = run("32-names.js");

        Map<String, String> tags = run.samples("http_reqs").get(0).tags();
        for (String metric : List.of("http_req_duration", "http_req_waiting", "http_req_failed")) {
            assertThat(run.samples(metric).get(0).tags()).isEqualTo(tags);
            assertThat(run.samples(metric).get(0).time())
                    .isEqualTo(run.samples("http_reqs").get(0).time());
        }
    }

    @Test
    void case53MetadataTravelsWithEverySampleAndIsNoTag() throws Exception {
        ScriptRun run = run("53-metadata.js");

        assertThat(run.logged())
                .containsExactly(
                        "a0 string undefined true number,trace_id",
                        "true a0",
                        "a1 string undefined true number,trace_id",
                        "true a1");
        assertThat(run.metadata("cc", "trace_id")).containsExactly("none", "a0", "a0", "a0", "a1", "a1");
        assertThat(run.metadata("cc", "number")).containsExactly("none", "7", "none", "none", "7", "none");
        for (String metric : List.of("http_reqs", "http_req_duration", "http_req_failed")) {
            assertThat(run.metadata(metric, "trace_id")).containsExactly("a0", "a0", "a0", "a1", "a1", "a1");
        }
        for (String metric : List.of("checks", "iterations", "iteration_duration", "data_sent")) {
            assertThat(run.metadata(metric, "trace_id")).as(metric).containsExactly("a0", "a1");
        }
        assertThat(run.tags("cc", "trace_id")).containsOnly("none");
        assertThat(run.summary("cc{trace_id:a0}", "count")).isZero();
    }

    @Test
    void metadataOfARequestInTheBackgroundIsThatOfItsStart() throws Exception {
        ScriptRun run = ScriptRun.of("behaviour/metadata-later.js")
                .env("BASE", server.baseUrl())
                .run();

        assertThat(run.metadata("http_reqs", "trace_id")).containsExactlyInAnyOrder("first", "second");
        assertThat(run.metadata("cc", "trace_id")).containsExactly("second");
    }

    @Test
    void fileHasEverySampleAsTheListenerGotIt() throws Exception {
        ScriptRun run = run("53-metadata.js");

        List<Sample> written = new ArrayList<>();
        long unreadable = SampleReader.read(EngineRequest.samplesIn(run.output()), new SampleSink() {
            @Override
            public void metric(Metric metric) {}

            @Override
            public void sample(Sample sample) {
                written.add(sample);
            }
        });

        assertThat(unreadable).isZero();
        assertThat(written).hasSize(run.allSamples());
        for (String metric : List.of("http_reqs", "http_req_waiting", "checks", "cc", "iterations", "data_received")) {
            assertThat(written)
                    .filteredOn(sample -> sample.metric().equals(metric))
                    .containsExactlyElementsOf(run.samples(metric));
        }
    }
}
