package io.bookstore.llm.langchain4j.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.sse.DefaultServerSentEventParser;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import io.bookstore.testing.Command;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * Calls on a machine with two processors: before JDK 25, the JDK's common pool then has one worker, and what is left to the
 * default executor of a {@code CompletableFuture} gets a thread of its own.
 */
class ThreadStartsTest {

    private static final int CALLS = 1_000;

    // How many processors there are is fixed when a process starts.
    @Test
    void thousandCallsStartNoThreadEach() throws Exception {
        Command.Result host = Command.java(128, "-XX:ActiveProcessorCount=2")
                // Otherwise it waits 40 ms for each acknowledgement.
                .and("-Dsun.net.httpserver.nodelay=true")
                .and("-cp", System.getProperty("java.class.path"), Calls.class.getName())
                .run();
        String said = host.output();

        assertThat(host.exitCode()).as(said).isZero();
        // Threads that idle end, and may be started anew while a busy machine lets a call wait.
        assertThat(threadsStarted(said, "calls")).as(said).isLessThan(CALLS / 10);
        assertThat(threadsStarted(said, "streams")).as(said).isLessThan(CALLS / 10);
    }

    private static int threadsStarted(String said, String kind) {
        return said.lines()
                .filter(line -> line.startsWith(kind + " "))
                .mapToInt(line -> Integer.parseInt(line.substring(kind.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(said));
    }

    /** The host: tells how many threads a thousand calls have started, and a thousand streams. */
    static final class Calls {

        private Calls() {}

        public static void main(String[] args) throws Exception {
            byte[] body = "data: {\"text\":\"hello\"}\n\n".getBytes(StandardCharsets.UTF_8);
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
            HttpClient client = PatientLimits.http().build();
            HttpRequest request = HttpRequest.builder()
                    .method(HttpMethod.POST)
                    .url("http://127.0.0.1:" + server.getAddress().getPort() + "/")
                    .body("{}")
                    .build();

            tell("calls", () -> client.execute(request));
            tell("streams", () -> {
                Ended ended = new Ended();
                client.execute(request, new DefaultServerSentEventParser(), ended);
                ended.end.join();
            });
            System.exit(0);
        }

        private static void tell(String kind, Runnable call) {
            call.run();
            long before = ManagementFactory.getThreadMXBean().getTotalStartedThreadCount();
            for (int i = 0; i < CALLS; i++) {
                call.run();
            }
            long after = ManagementFactory.getThreadMXBean().getTotalStartedThreadCount();
            System.out.println(kind + " " + (after - before));
        }
    }

    private static final class Ended implements ServerSentEventListener {

        private final CompletableFuture<Void> end = new CompletableFuture<>();

        @Override
        public void onEvent(ServerSentEvent event) {
            // Only the end counts.
        }

        @Override
        public void onError(Throwable error) {
            end.completeExceptionally(error);
        }

        @Override
        public void onClose() {
            end.complete(null);
        }
    }
}
