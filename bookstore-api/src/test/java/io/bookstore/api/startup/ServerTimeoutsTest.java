package io.bookstore.api.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bookstore.api.RunningStore;
import io.micronaut.http.server.HttpServerConfiguration;
import io.micronaut.runtime.graceful.GracefulShutdownConfiguration;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerTimeoutsTest {

    @ParameterizedTest
    @CsvSource({"PT2S, PT1M10S, PT7S", "PT30S, PT1M10S, PT35S", "PT10M, PT10M10S, PT10M5S"})
    void longestAnswerAndItsDeadlineFitIntoBoth(Duration deadline, Duration idle, Duration grace) {
        try (RunningStore store = start("bookstore.llm.deadline", deadline)) {
            var server = store.store().context().getBean(HttpServerConfiguration.class);
            var stop = store.store().context().getBean(GracefulShutdownConfiguration.class);

            assertThat(server.getIdleTimeout()).isEqualTo(idle);
            assertThat(server.getReadIdleTimeout()).isEqualTo(idle);
            assertThat(server.getWriteIdleTimeout()).isEqualTo(idle);
            assertThat(stop.getGracePeriod()).isEqualTo(grace);
        }
    }

    @Test
    void whatSomebodyHasSetStays() {
        try (RunningStore store = start(
                "bookstore.llm.deadline", "2s",
                "micronaut.server.idle-timeout", "3s",
                "micronaut.lifecycle.graceful-shutdown.grace-period", "1s")) {
            var server = store.store().context().getBean(HttpServerConfiguration.class);
            var stop = store.store().context().getBean(GracefulShutdownConfiguration.class);

            assertThat(server.getIdleTimeout()).hasSeconds(3);
            assertThat(server.getReadIdleTimeout()).hasSeconds(3);
            assertThat(stop.getGracePeriod()).hasSeconds(1);
        }
    }

    @Test
    void idleTimeoutBelowTheDeadlineEndsTheStart() {
        assertThatThrownBy(() -> start("bookstore.llm.deadline", "30s", "micronaut.server.idle-timeout", "20s"))
                .isInstanceOf(StartupException.class)
                .hasMessage(
                        "micronaut.server.idle-timeout must be longer than bookstore.llm.deadline (PT30S), was PT20S;"
                                + " leave it out, and it is");
    }

    private static RunningStore start(Object... settings) {
        Map<String, Object> overrides = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            overrides.put(String.valueOf(settings[i]), settings[i + 1]);
        }
        return RunningStore.start(overrides);
    }
}
