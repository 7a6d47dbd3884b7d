package io.bookstore.perf.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.testing.EmbeddedRun;
import io.bookstore.perf.testing.SimulatedBookStore;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits that no measurement can cross, which scripts register to have a figure for each tag: they are no limits. */
class UncrossableLimitsTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "count,  >=, 0,    counter, default, true",
        "count,  >,  -1,   counter, default, true",
        "count,  >,  0,    counter, default, false",
        "rate,   >=, 0,    counter, default, true",
        "rate,   <=, 1,    counter, default, false",
        "rate,   <=, 1,    rate,    default, true",
        "rate,   <,  1.01, rate,    default, true",
        "rate,   <,  1,    rate,    default, false",
        "rate,   >=, 0,    rate,    default, true",
        "p(95),  >=, 0,    trend,   time,    true",
        "max,    >=, 0,    trend,   default, false",
        "max,    >=, 0,    trend,   data,    true",
        "max,    !=, -1,   trend,   time,    false",
        "value,  >=, 0,    gauge,   default, false"
    })
    void limitBeyondAllValuesOfAMetricIsNone(
            String aggregation, String operator, double limit, String type, String contains, boolean always) {
        ThresholdResult threshold = new ThresholdResult(
                "m", aggregation + operator + limit, aggregation, operator, limit, 1.0, type, contains, true);

        assertThat(threshold.alwaysHolds()).isEqualTo(always);
    }

    @Test
    void reportJUnitAndSummaryAgreeOnTheLimitsThereAre() throws Exception {
        try (SimulatedBookStore service = SimulatedBookStore.ofProvider()) {
            RunResult result = EmbeddedRun.of("""
                    import http from 'k6/http';
                    export const options = {
                      iterations: 3,
                      thresholds: {
                        'http_req_duration{name:front}': ['max>=0', 'med<60000'],
                        'http_reqs{name:front}': ['count>=0'],
                        http_req_failed: ['rate<=1'],
                      },
                    };
                    export default function () { http.get(`${__ENV.BASE_URL}/`, { tags: { name: 'front' } }); }
                    """, service.baseUrl(), folder, Clock.systemUTC(), false);

            assertThat(result.thresholdsInWords()).isEqualTo("1 of 1 threshold held");
            assertThat(folder.resolve("report.html"))
                    .content()
                    .contains("1 of 1 threshold held", "http_req_duration{name:front}")
                    .doesNotContain("≥ 0", "≤ 100");
            assertThat(folder.resolve("junit.xml"))
                    .content()
                    .contains("tests=\"2\"")
                    .doesNotContain("&gt;=0", ">=0");
            assertThat(SummaryFile.read(folder.resolve("summary.json")).thresholds())
                    .extracting(ThresholdResult::expression)
                    .containsExactly("med<60000");
        }
    }
}
