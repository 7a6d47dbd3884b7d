package io.bookstore.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FreePortTest {

    @Test
    void portsAreNotThoseThatTheSystemHandsOut() {
        assertThat(List.of(FreePort.find(), FreePort.find(), FreePort.find()))
                .doesNotHaveDuplicates()
                .allSatisfy(port -> assertThat(port).isBetween(20_000, 32_000));
    }
}
