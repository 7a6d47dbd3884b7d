package io.bookstore.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bookstore.api.startup.StartupException;
import io.bookstore.testing.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

class ManagementPortTest {

    private static final List<String> MANAGEMENT =
            List.of("/health", "/health/liveness", "/health/readiness", "/metrics");

    @Test
    void stateOfTheServiceIsAtAPortOfItsOwn() throws Exception {
        try (RunningStore store = startWithAManagementPort()) {
            URI management = store.store().managementUri();

            assertThat(store.store().context().getProperty("bookstore.management.port", Integer.class))
                    .hasValue(management.getPort());
            for (String path : MANAGEMENT) {
                await().untilAsserted(() ->
                        assertThat(status(store, management + path)).as(path).isEqualTo(200));
                assertThat(store.get(path).statusCode()).as(path).isEqualTo(404);
            }
            assertThat(store.get("/api/v1/Books").statusCode()).isEqualTo(200);
            assertThat(status(store, management + "/api/v1/Books")).isEqualTo(404);
            assertThat(Banner.of(store.store(), 0))
                    .contains("Health    " + management + "/health", "Metrics   " + management + "/metrics");
            assertThat(store.get("/").body())
                    .contains("<code>/health</code> and <code>/metrics</code> at port " + management.getPort())
                    .doesNotContain("href=\"health\"");
        }
    }

    @Test
    @ExtendWith(SharedStore.class)
    void stateOfTheServiceIsAtThePortOfTheOthersUnlessSaidOtherwise(RunningStore store) {
        assertThat(store.store().managementUri()).isEqualTo(store.store().uri());
        for (String path : MANAGEMENT) {
            assertThat(store.get(path).statusCode()).as(path).isEqualTo(200);
        }
    }

    @Test
    void takenPortStopsTheStartWithItsNumber() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThatThrownBy(() -> RunningStore.start(Map.of("bookstore.management.port", port))
                            .close())
                    .isInstanceOf(StartupException.class)
                    .hasMessageContaining(port + " is already taken")
                    .hasMessageContaining("BOOKSTORE_MANAGEMENT_PORT");
        }
    }

    @Test
    void portOfTheServiceIsNoPortOfItsOwn() {
        assertThatThrownBy(() -> RunningStore.start(
                                Map.of("micronaut.server.port", 7002, "bookstore.management.port", 7002))
                        .close())
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("another port");
    }

    private static int status(RunningStore store, String address) throws Exception {
        return store.client()
                .send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** The port must be named, and between its choice and its use another program may have taken it. */
    private static RunningStore startWithAManagementPort() {
        while (true) {
            int port = FreePort.find();
            try {
                return RunningStore.start(Map.of("bookstore.management.port", port));
            } catch (StartupException e) {
                assertThat(e).hasMessageContaining(port + " is already taken");
            }
        }
    }
}
