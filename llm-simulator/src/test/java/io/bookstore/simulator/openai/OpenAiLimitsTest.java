package io.bookstore.simulator.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiLimitsTest {

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0ms",
        "PT0.000000001S, 1ms",
        "PT0.012S, 12ms",
        "PT0.9999S, 1s",
        "PT1.5S, 1.5s",
        "PT59.999S, 59.999s",
        "PT6M, 6m0s",
        "PT1H, 1h0m0s",
        "PT68H16M0.25S, 68h16m0.25s"
    })
    void resetIsPrintedAsGoPrintsDurationsAndRoundedUp(Duration duration, String printed) {
        assertThat(OpenAiLimits.goDuration(duration)).isEqualTo(printed);
    }
}
