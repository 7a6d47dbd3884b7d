package io.bookstore.perf.results.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.bookstore.k6.run.EngineRequest;
import io.bookstore.k6.run.Inspection;
import io.bookstore.perf.engine.embedded.EmbeddedEngine;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.Verdict;
import io.bookstore.perf.results.facts.RunFacts;
import io.bookstore.perf.testing.RecordedResults;
import io.bookstore.perf.testing.RecordingListener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowedRunTest {

    private static final String SCRIPT = """
        import http from 'k6/http';
        import { check, group } from 'k6';
        import { Trend } from 'k6/metrics';
        const size = new Trend('size');
        export const options = {
          iterations: 40, vus: 2,
          thresholds: {
            'size{kind:even}': ['p(99)<1', 'min>=0'],
            'size{kind:odd}': ['p(99)<1000'],
            http_req_duration: ['p(97)<100000'],
            'http_req_failed{name:broken}': ['rate<0.1'],
          },
        };
        export default function () {
          group('all', () => {
            const answer = http.get(__ENV.URL + '?' + __ITER, { tags: { name: 'page' } });
            check(answer, { 'is 200': (r) => r.status === 200, 'is even': () => __ITER % 2 === 0 });
            size.add(__ITER + 0.5, { kind: __ITER % 2 ? 'odd' : 'even' });
          });
          http.get(__ENV.URL + 'missing', { tags: { name: 'broken' } });
        }
        """;

    @TempDir
    Path folder;

    @Test
    void runThatWasFollowedHasTheResultOfItsFiles() throws Exception {
        // given
        Path script = Files.writeString(folder.resolve("script.js"), SCRIPT);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().equals("/") ? 200 : 404, -1);
            exchange.close();
        });
        server.start();
        EngineRequest request = new EngineRequest(
                script, Map.of("URL", "http://127.0.0.1:" + server.getAddress().getPort() + "/"), folder);
        EmbeddedEngine engine = new EmbeddedEngine(Map.of());
        Inspection inspection = engine.inspect(request);
        RecordingListener told = new RecordingListener();

        // when
        int exitCode = engine.start(request, told).await().exitCode();
        server.stop(0);
        ResultReader followed = ResultReader.following(inspection.thresholds());
        told.metrics.forEach(followed::metric);
        told.samples.forEach(followed::sample);

        // then
        RunFacts facts = RecordedResults.facts(Map.of());
        Verdict verdict = Verdict.of(exitCode, null);
        RunResult ofFiles = ResultReader.read(request.compressedSamples(), request.summary(), facts, verdict);
        assertThat(exitCode).isEqualTo(99);
        assertThat(ofFiles.thresholds()).hasSize(5).allMatch(threshold -> threshold.actual() != null);
        assertThat(followed.result(request.summary(), facts, verdict)).contains(ofFiles);
    }

    @Test
    void thresholdThatNobodyAnnouncedNeedsTheFile() throws Exception {
        // given
        Path summary = Files.writeString(folder.resolve("k6-summary.json"), """
            {"metrics":{"t{a:b}":{"thresholds":{"p(99)<5":true}}}}
            """);

        // when
        ResultReader followed = ResultReader.following(Map.of("t{a:c}", List.of("p(99)<5")));

        // then
        assertThat(followed.result(summary, RecordedResults.facts(Map.of()), Verdict.of(99, null)))
                .isEmpty();
    }
}
