package io.bookstore.perf.engine.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostAddressTest {

    @ParameterizedTest
    @CsvSource({
        "http://localhost:7002, http://host.docker.internal:7002",
        "http://127.0.0.1:7002/base, http://host.docker.internal:7002/base",
        "http://[::1]:7002, http://host.docker.internal:7002",
        "https://bookstore.example.com, https://bookstore.example.com"
    })
    void onlyLoopbackIsChanged(String onTheHost, String inTheContainer) {
        assertThat(HostAddress.seenFromContainer(Map.of("BASE_URL", onTheHost, "SCENARIO", "x")))
                .isEqualTo(Map.of("BASE_URL", inTheContainer, "SCENARIO", "x"));
    }

    @Test
    void withoutABaseUrlNothingChanges() {
        assertThat(HostAddress.seenFromContainer(Map.of("SCENARIO", "x"))).isEqualTo(Map.of("SCENARIO", "x"));
    }
}
