package io.bookstore.perf.engine.embedded;

import io.bookstore.perf.engine.embedded.http.HttpClients;
import io.bookstore.perf.engine.embedded.metrics.RunClock;
import io.bookstore.perf.engine.embedded.options.Options;
import io.bookstore.perf.engine.embedded.script.ScriptRuntime;
import io.bookstore.perf.engine.embedded.vu.ScenarioState;
import io.bookstore.perf.engine.embedded.vu.TestRun;
import io.bookstore.perf.engine.embedded.vu.VirtualUser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;

/**
 * Loads and warms the code that every request passes, once for each JVM and before the clock starts. Without it the first
 * requests of a run take ten times as long as the rest, which says something about class loading and nothing about the
 * service.
 */
final class Warmup {
    private static final int ITERATIONS = 40;
    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 8\r\n\r\n{\"a\": 1}"
                    .getBytes(StandardCharsets.US_ASCII);
    private static boolean done;

    private Warmup() {}

    /** Talks to a socket of its own on the loopback device, never to the service under test. */
    static synchronized void once(ScriptRuntime runtime, ExecutorService background) {
        if (done) {
            return;
        }
        done = true;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            background.execute(() -> serve(server));
            iterate(runtime, "http://127.0.0.1:" + server.getLocalPort() + "/", background);
        } catch (IOException e) {
            // No loopback device, no warm-up; the run itself will say what does not work.
        }
    }

    private static void iterate(ScriptRuntime runtime, String url, ExecutorService background) {
        Options options = Discovery.defaults();
        RunClock clock = new RunClock();
        TestRun run = new TestRun(
                runtime.ownScript("k6/internal/warmup"),
                options,
                Map.of("URL", url),
                TestRun.Shared.create(),
                new RunControl(),
                clock,
                new HttpClients(options.http()),
                batch -> {},
                new Unheard(),
                background);
        try (VirtualUser vu = new VirtualUser(1, run)) {
            ScenarioState scenario = new ScenarioState(options.scenarios().get(0), clock.startNanos(), () -> 0);
            for (int i = 0; i < ITERATIONS; i++) {
                vu.iterate(scenario, null);
            }
        }
    }

    private static void serve(ServerSocket server) {
        try (Socket socket = server.accept();
                OutputStream out = socket.getOutputStream();
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            socket.setTcpNoDelay(true);
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.isEmpty()) {
                    out.write(ANSWER);
                }
            }
        } catch (IOException e) {
            // The warm-up is over and has closed the socket.
        }
    }
}
