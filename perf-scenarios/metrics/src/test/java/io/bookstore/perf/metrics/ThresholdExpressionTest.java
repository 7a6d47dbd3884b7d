package io.bookstore.perf.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ThresholdExpressionTest {

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
    void expressionIsTakenApart(String text, String aggregation, String operator, double limit) {
        ThresholdExpression expression = ThresholdExpression.parse("m", text);

        assertThat(expression.aggregation()).isEqualTo(aggregation);
        assertThat(expression.operator()).isEqualTo(operator);
        assertThat(expression.limit()).isEqualTo(limit);
    }

    @Test
    void nonsenseIsNamed() {
        assertThatThrownBy(() -> ThresholdExpression.parse("m", "fast"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Threshold 'fast' of 'm' is malformed; write it like 'p(95)<500'.");
    }

    @Test
    void aggregationOfAnotherTypeIsNamed() {
        ThresholdExpression expression = ThresholdExpression.parse("m", "p(95)<500");

        assertThat(expression.aggregationOf(MetricType.RATE)).isEmpty();
        assertThatThrownBy(() -> expression.aggregationOf(MetricType.RATE, "m"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Threshold 'p(95)<500' of 'm' uses 'p(95)'; a rate metric has rate.");
    }

    @ParameterizedTest
    @CsvSource({"x<1, 0.9, 1", "x<=1, 1, 1.1", "x>1, 1.1, 1", "x>=1, 1, 0.9", "x==1, 1, 2", "x===1, 1, 2", "x!=1, 2, 1"
    })
    void operatorsCompareAsInK6(String text, double good, double bad) {
        ThresholdExpression expression = ThresholdExpression.parse("m", text);

        assertThat(expression.holds(MetricType.TREND, good)).isTrue();
        assertThat(expression.holds(MetricType.TREND, bad)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(MetricType.class)
    void withoutASampleARateHoldsAndAllElseIsZero(MetricType type) {
        assertThat(ThresholdExpression.parse("m", "rate>0.5").holds(type, null)).isEqualTo(type == MetricType.RATE);
        assertThat(ThresholdExpression.parse("m", "rate<0.5").holds(type, null)).isTrue();
    }
}
