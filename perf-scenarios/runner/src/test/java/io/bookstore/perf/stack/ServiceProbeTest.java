package io.bookstore.perf.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.bookstore.perf.PerfException;
import io.bookstore.testing.ClosedPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceProbeTest {

    private static final ClosedPort closedPort = new ClosedPort();

    private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
    private HttpServer service;
    private URI baseUrl;

    @BeforeEach
    void startService() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            Integer status = statuses.poll();
            exchange.sendResponseHeaders(status == null ? 200 : status, -1);
            exchange.close();
        });
        service.start();
        baseUrl = URI.create("http://127.0.0.1:" + service.getAddress().getPort());
    }

    @AfterEach
    void stopService() {
        service.stop(0);
    }

    @Test
    void waitsUntilTheServiceIsReady() throws InterruptedException {
        statuses.add(503);

        new ServiceProbe(baseUrl).awaitReadiness(Duration.ofMinutes(2));

        assertThat(statuses).isEmpty();
    }

    @Test
    void serviceThatIsNotReadyIsToldApartFromNone() {
        statuses.add(503);

        assertThatThrownBy(() -> new ServiceProbe(baseUrl).awaitReadiness(Duration.ZERO))
                .isInstanceOf(PerfException.class)
                .hasMessage(baseUrl + " is not ready: " + baseUrl + "/health/readiness answers 503, see its log.");
    }

    @Test
    void missingServiceComesWithTheRemedy() {
        URI nobody = URI.create(closedPort.url());

        assertThatThrownBy(() -> new ServiceProbe(nobody).awaitReadiness(Duration.ZERO))
                .isInstanceOf(PerfException.class)
                .hasMessage(nobody + " is not ready: nothing answers, start it or correct BASE_URL.");
    }

    @Test
    void refusedSeedIsAnError() {
        statuses.add(500);

        assertThatThrownBy(() -> new ServiceProbe(baseUrl).seed())
                .isInstanceOf(PerfException.class)
                .hasMessage(baseUrl + " took no test data: /seed-data answers 500.");
    }
}
