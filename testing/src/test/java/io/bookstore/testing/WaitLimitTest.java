package io.bookstore.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionEvaluationListener;
import org.awaitility.core.EvaluatedCondition;
import org.junit.jupiter.api.Test;

class WaitLimitTest {

    @Test
    void waitWithoutALimitOfItsOwnHasFourMinutes() {
        long[] remainingMillis = new long[1];

        Awaitility.await()
                .conditionEvaluationListener(new ConditionEvaluationListener<>() {
                    @Override
                    public void conditionEvaluated(EvaluatedCondition<Object> condition) {
                        remainingMillis[0] = condition.getElapsedTimeInMS() + condition.getRemainingTimeInMS();
                    }
                })
                .until(() -> true);

        assertThat(Duration.ofMillis(remainingMillis[0])).isEqualTo(Duration.ofMinutes(4));
    }
}
