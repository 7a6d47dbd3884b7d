package io.bookstore.k6.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.k6.options.ScenarioOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VuDemandTest {

    @Test
    void scenariosSideBySideNeedTheSum() {
        assertThat(VuDemand.highest(List.of(scenario(0, 10, 3), scenario(5, 10, 4))))
                .isEqualTo(7);
    }

    @Test
    void scenariosOneAfterTheOtherShare() {
        assertThat(VuDemand.highest(List.of(scenario(0, 10, 3), scenario(12, 10, 4))))
                .isEqualTo(4);
    }

    @Test
    void gracePeriodCountsAsOverlap() {
        assertThat(VuDemand.highest(List.of(scenario(0, 10, 3), scenario(11, 10, 4))))
                .isEqualTo(7);
    }

    /** Times in seconds, with a grace period of 2 s. */
    private static ScenarioOptions scenario(long start, long duration, int vus) {
        return new ScenarioOptions(
                "s" + start,
                new ConstantVus(vus, Duration.ofSeconds(duration)),
                Duration.ofSeconds(start),
                Duration.ofSeconds(2),
                "default",
                Map.of(),
                Map.of());
    }
}
