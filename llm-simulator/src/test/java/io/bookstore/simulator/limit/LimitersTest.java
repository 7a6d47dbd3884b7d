package io.bookstore.simulator.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.simulator.limit.Admission.Admitted;
import io.bookstore.simulator.limit.Admission.Limited;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LimitersTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Limiters limiters = new Limiters(Limits.requestsPerMinute(1).withPer(LimitScope.KEY), START);

    @Test
    void setOfBucketsThatWasNotUsedForLongestMakesRoom() {
        assertThat(ask("idle")).isInstanceOf(Admitted.class);
        assertThat(ask("busy")).isInstanceOf(Admitted.class);

        for (int i = 0; i < Limiters.MOST; i++) {
            ask("key-" + i);
            assertThat(ask("busy")).isInstanceOf(Limited.class);
        }

        assertThat(ask("idle")).isInstanceOf(Admitted.class);
    }

    @Test
    void modelsAreToldApartByTheBeginOfTheirNames() {
        Limiters perModel = new Limiters(Limits.requestsPerMinute(1).withPer(LimitScope.MODEL), START);
        String longName = "m".repeat(200);

        assertThat(perModel.of("openai", false, Caller.NONE, longName + "1").admit(1, 1, 1, START))
                .isInstanceOf(Admitted.class);
        assertThat(perModel.of("openai", false, Caller.NONE, longName + "2").admit(1, 1, 1, START))
                .isInstanceOf(Limited.class);
    }

    @Test
    void providersAreToldApartWhateverTheKey() {
        assertThat(ask("one")).isInstanceOf(Admitted.class);

        assertThat(limiters.of("anthropic", false, new Caller("one", "", ""), "m")
                        .admit(1, 1, 1, START))
                .isInstanceOf(Admitted.class);
    }

    private Admission ask(String key) {
        return limiters.of("openai", false, new Caller(key, "", ""), "m").admit(1, 1, 1, START);
    }
}
