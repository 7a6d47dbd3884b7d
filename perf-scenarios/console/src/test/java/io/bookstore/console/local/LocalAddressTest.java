package io.bookstore.console.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bookstore.perf.PerfException;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalAddressTest {

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:7005, http://127.0.0.1:7005",
        "http://localhost:7005/, http://localhost:7005",
        "http://[::1]:7005, http://[::1]:7005"
    })
    void addressOfThisMachineIsTaken(String given, URI expected) {
        assertThat(checked(given)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7005",
                "http://127.0.0.1",
                "https://127.0.0.1:7005",
                "http://192.0.2.1:7005",
                "http://127.0.0.1.example.org:7005",
                "http://localhost@example.org:7005",
                "http://me@127.0.0.1:7005",
                "http://127.0.0.1:7005/admin",
                "http://127.0.0.1:7005?a=b",
                "http://127.0.0.1:7005#a",
                "http://127.0.0.1:70 05"
            })
    void everyOtherAddressIsRefused(String given) {
        assertThat(LocalAddress.of(given)).isEmpty();
        assertThatThrownBy(() -> checked(given))
                .isInstanceOf(PerfException.class)
                .hasMessage("--simulator must be the address of a simulator on this machine, such as"
                        + " http://127.0.0.1:7005, was \"" + given + "\".");
    }

    private static URI checked(String address) {
        return LocalAddress.checked("--simulator", "a simulator", "http://127.0.0.1:7005", address);
    }
}
