package io.bookstore.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

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
}
