package io.bookstore.k6;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.bookstore.k6.run.CheckCount;
import io.bookstore.k6.run.EngineRequest;
import io.bookstore.k6.run.LoadFlags;
import io.bookstore.k6.run.MetricResult.ThresholdResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class K6EngineTest {

    private static final String SCRIPT = """
            import { check, group } from 'k6';
            import { Counter } from 'k6/metrics';

            const books = new Counter('books');
            export const options = {
              iterations: 3,
              thresholds: { books: ['count>5', 'count<100'], 'books{kind:old}': ['count>0'] },
            };

            export default function () {
              books.add(1, { kind: __ENV.KIND });
              check(1, { one: (value) => value === 1 });
              group('later', () => check(1, { two: (value) => value === 2 }));
            }
            """;

    @TempDir
    private Path folder;

    private final K6Engine engine = new K6Engine(Map.of());

    @Test
    void resultHasMetricsThresholdsChecksAndExitCode() throws Exception {
        K6Result result = engine.run(request(SCRIPT, LoadFlags.NONE));

        assertThat(result.passed()).isFalse();
        assertThat(result.outcome().exitCode()).isEqualTo(99);
        assertThat(result.crossed()).containsExactly("books: count>5");
        assertThat(result.metric("books").orElseThrow().values()).containsEntry("count", 3.0);
        assertThat(result.metric("books").orElseThrow().thresholds())
                .extracting(ThresholdResult::expression, ThresholdResult::ok, ThresholdResult::value)
                .containsExactly(tuple("count>5", false, 3.0), tuple("count<100", true, 3.0));
        assertThat(result.metric("books{kind:old}").orElseThrow().filter()).isEqualTo(Map.of("kind", "old"));
        assertThat(result.checks())
                .containsExactly(new CheckCount("", "one", 3, 0), new CheckCount("::later", "two", 0, 3));
    }

    @Test
    void flagsReplaceWhatTheScriptSays() throws Exception {
        K6Result result = engine.run(request(SCRIPT, LoadFlags.NONE.withVus(2).withIterations(10)));

        assertThat(result.passed()).isTrue();
        assertThat(result.metric("iterations").orElseThrow().values()).containsEntry("count", 10.0);
    }

    @Test
    void scriptThatDoesNotParseIsNoException() throws Exception {
        K6Result result = engine.run(request("export default function (", LoadFlags.NONE));

        assertThat(result.outcome().exitCode()).isEqualTo(107);
        assertThat(result.outcome().problem()).isNotNull();
        assertThat(result.metrics()).isEmpty();
        assertThat(result.checks()).isEmpty();
    }

    private EngineRequest request(String script, LoadFlags flags) throws IOException {
        Path file = Files.writeString(folder.resolve("script.js"), script);
        return new EngineRequest(file, Map.of("KIND", "old"), folder, flags);
    }
}
