package io.bookstore.perf.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bookstore.perf.metrics.Sample;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThresholdTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    p(95)<8000          | p(95)   | <   | 8000
                    ' p(99.9) <= 1e3 '  | p(99.9) | <=  | 1000
                    count>0             | count   | >   | 0
                    rate>=.5            | rate    | >=  | 0.5
                    avg==-2             | avg     | ==  | -2
                    value===1           | value   | === | 1
                    med!=3              | med     | !=  | 3
                    p( 95 ) < 5         | p(95)   | <   | 5
                    """)
    void expressionIsTakenApart(String expression, String aggregation, String operator, double limit) {
        Threshold threshold = Threshold.parse("m", expression, true);

        assertThat(threshold.aggregation()).isEqualTo(aggregation);
        assertThat(threshold.operator()).isEqualTo(operator);
        assertThat(threshold.limit()).isEqualTo(limit);
    }

    @Test
    void filterMayHoldSeveralTagsBlanksQuotesAndColons() {
        Threshold threshold = Threshold.parse("d{ scenario : ai , group:::books, name:\"a b\"}", "avg<1", true);

        assertThat(threshold.metric()).isEqualTo("d");
        assertThat(threshold.tags()).isEqualTo(Map.of("scenario", "ai", "group", "::books", "name", "a b"));
    }

    @Test
    void sampleCountsOnlyWithEveryTag() {
        Threshold threshold = Threshold.parse("d{a:x,b:y}", "avg<1", true);

        assertThat(threshold.counts(sample("d", Map.of("a", "x", "b", "y", "c", "z"))))
                .isTrue();
        assertThat(threshold.counts(sample("d", Map.of("a", "x")))).isFalse();
        assertThat(threshold.counts(sample("e", Map.of("a", "x", "b", "y")))).isFalse();
    }

    @Test
    void nonsenseIsNamed() {
        assertThatThrownBy(() -> Threshold.parse("m", "fast", true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("threshold must be an aggregation, an operator and a number, was \"fast\" for m");
    }

    private static Sample sample(String metric, Map<String, String> tags) {
        return new Sample(metric, Instant.EPOCH, 1, tags);
    }
}
