package io.bookstore.k6.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.k6.run.RunPlan.Stage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class VuRampTest {

    @Test
    void rampUpAddsAVirtualUserWhenTheLineReachesTheNextNumber() {
        assertThat(steps(0, stage(4000, 4), stage(1000, 4)))
                .containsExactly("0:0", "1000:1", "2000:2", "3000:3", "4000:4");
    }

    @Test
    void rampUpOfTheConformanceCase() {
        assertThat(steps(0, stage(1500, 3), stage(2500, 3))).containsExactly("0:0", "500:1", "1000:2", "1500:3");
    }

    @Test
    void rampDownRemovesAVirtualUserWhenTheLineReachesTheNextLowerNumber() {
        assertThat(steps(4, stage(4000, 0))).containsExactly("0:4", "1000:3", "2000:2", "3000:1", "4000:0");
    }

    @Test
    void fractionsOfASecondAreKept() {
        assertThat(steps(1, stage(3000, 10), stage(1000, 10)))
                .startsWith("0:1", "333:2", "667:3", "1000:4")
                .hasSize(10);
    }

    @Test
    void virtualUserDueAtTheVeryEndIsNeverStarted() {
        assertThat(steps(1, stage(2000, 2))).containsExactly("0:1");
    }

    @Test
    void stageWithoutDurationJumps() {
        assertThat(steps(0, stage(0, 3), stage(1000, 3))).containsExactly("0:0", "0:1", "0:2", "0:3");
    }

    private static Stage stage(long millis, int target) {
        return new Stage(Duration.ofMillis(millis), target);
    }

    /** Each step as {@code milliseconds:target}. */
    private static List<String> steps(int startVus, Stage... stages) {
        return VuRamp.steps(startVus, List.of(stages)).stream()
                .map(step -> Math.round(step.offsetNanos() / 1e6) + ":" + step.target())
                .toList();
    }
}
