package io.bookstore.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bookstore.api.startup.StartupException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedStore.class)
class BannerTest {

    @Test
    void serviceThatIsOpenToANetworkSaysSo() {
        try (RunningStore store = RunningStore.start(Map.of("micronaut.server.host", "0.0.0.0"))) {
            assertThat(Banner.of(store.store(), 0))
                    .contains("OPEN to everybody who reaches 0.0.0.0", "BOOKSTORE_SECURITY_API_KEYS_<NAME>_SHA256");
        }
    }

    @Test
    void guardedServiceAndOneOfThisMachineAloneSayNothing(RunningStore local) {
        try (RunningStore guarded = RunningStore.start(Map.of(
                "micronaut.server.host", "0.0.0.0", "bookstore.security.api-keys.shop.sha256", "0".repeat(64)))) {
            assertThat(Banner.of(guarded.store(), 0)).doesNotContain("OPEN");
            assertThat(Banner.of(local.store(), 0)).doesNotContain("OPEN");
        }
    }

    @Test
    void memoryIsSaidToEndWithTheProcessAndAFileToOutliveIt(RunningStore memory, @TempDir Path directory) {
        try (RunningStore file = RunningStore.start(Map.of("bookstore.data-dir", directory.toString()))) {
            assertThat(Banner.of(memory.store(), 0))
                    .contains("documents in memory: they are gone when this process ends");
            assertThat(Banner.of(file.store(), 0)).contains(directory + "/bookstore.mv.db: they outlive a kill");
        }
    }

    @Test
    void consoleIsNamedByItsAddressWhereItWasStartedAndByItsCommandElsewhere(RunningStore alone) {
        try (RunningStore beside = RunningStore.start(Map.of("bookstore.console.url", "http://127.0.0.1:7004"))) {
            assertThat(Banner.of(beside.store(), 0)).contains("http://127.0.0.1:7004 shows each call to a model");
            assertThat(beside.get("/", "Accept", "text/html").body())
                    .contains("each call to a model: <a href=\"http://127.0.0.1:7004\">console</a></li>");
        }
        assertThat(Banner.of(alone.store(), 0)).contains("./llm-perf console shows each call to a model");
        assertThat(alone.get("/", "Accept", "text/html").body()).contains("<code>./llm-perf console</code></li>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7004", "ftp://127.0.0.1", "http://127.0.0.1:7004/\"><b>", "http://user:secret@host"})
    void consoleThatIsNoPlainAddressEndsTheStart(String url) {
        assertThatThrownBy(() -> RunningStore.start(Map.of("bookstore.console.url", url)))
                .isInstanceOf(StartupException.class)
                .hasMessageStartingWith("bookstore.console.url must be an http or https address"
                        + " such as http://127.0.0.1:7004, was ")
                .hasMessageNotContaining("secret");
    }
}
