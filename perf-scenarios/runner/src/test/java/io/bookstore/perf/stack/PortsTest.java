package io.bookstore.perf.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PortsTest {

    /** Linux begins at 32768, macOS and Windows at 49152. */
    private static final int LOWEST_THAT_A_SYSTEM_GIVES = 32_768;

    @Test
    void drawnPortIsOneThatTheSystemGivesToNobody() {
        assertThat(IntStream.range(0, 200).map(draw -> Ports.draw()))
                .allMatch(port -> port > 1_024 && port < LOWEST_THAT_A_SYSTEM_GIVES);
    }
}
