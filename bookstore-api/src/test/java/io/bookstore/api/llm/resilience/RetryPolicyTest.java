package io.bookstore.api.llm.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

    private final RetryPolicy policy = new RetryPolicy(4, Duration.ofMillis(500), Duration.ofSeconds(2));

    @Test
    void waitDoublesUpToTheLimitAndIsDrawnFromItsUpperHalf() {
        Random random = new Random(7);
        for (int attempt = 1; attempt <= 4; attempt++) {
            Duration limit = Duration.ofMillis(Math.min(2_000, 500L << (attempt - 1)));
            for (int i = 0; i < 200; i++) {
                assertThat(policy.delay(attempt, null, random)).isBetween(limit.dividedBy(2), limit);
            }
        }
    }

    @Test
    void callersWhoFailedTogetherComeBackApart() {
        Random random = new Random(7);

        long different = IntStream.range(0, 100)
                .mapToObj(i -> policy.delay(1, null, random).toMillis())
                .distinct()
                .count();

        assertThat(different).isGreaterThan(50);
    }

    @Test
    void providerIsNeverAskedEarlierThanItSaid() {
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            assertThat(policy.delay(1, Duration.ofSeconds(7), random))
                    .isBetween(Duration.ofSeconds(7), Duration.ofMillis(7_700));
        }
    }

    @Test
    void attemptsAreCounted() {
        assertThat(policy.allowsAnother(3)).isTrue();
        assertThat(policy.allowsAnother(4)).isFalse();
    }
}
