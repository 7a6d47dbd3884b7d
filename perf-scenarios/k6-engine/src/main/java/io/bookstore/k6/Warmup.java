package io.bookstore.k6;

import io.bookstore.k6.http.HttpClients;
import io.bookstore.k6.metrics.Aggregator;
import io.bookstore.k6.metrics.RunClock;
import io.bookstore.k6.metrics.SampleBus;
import io.bookstore.k6.options.Options;
import io.bookstore.k6.script.ScriptRuntime;
import io.bookstore.k6.vu.RunControl;
import io.bookstore.k6.vu.ScenarioState;
import io.bookstore.k6.vu.TestRun;
import io.bookstore.k6.vu.VirtualUser;
import io.bookstore.perf.metrics.GroupedSampleWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads and compiles the code that every request passes, from the script to the file of samples, once for each JVM and before
 * the clock starts. Without it the first seconds of a run are ten times as slow as the rest, which says something about the
 * JVM and nothing about the service.
 */
final class Warmup {
    private static final Logger logger = LoggerFactory.getLogger(Warmup.class);

    /** The first compiler takes a method after some 200 calls. */
    private static final int ITERATIONS = 300;

    private static final int USERS = 2;

    /** A machine that has not come that far by then has other work; the run shall not wait for it. */
    private static final long LIMIT_NANOS = Duration.ofSeconds(4).toNanos();

    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 8\r\n\r\n{\"a\": 1}"
                    .getBytes(StandardCharsets.US_ASCII);
    private static boolean done;

    private Warmup() {}

    /**
     * Talks to a socket of its own on the loopback device, never to the service under test, and runs a script of its own.
     *
     * @param stopped ends it early
     */
    static synchronized void runOnce(ScriptRuntime runtime, ExecutorService background, BooleanSupplier stopped)
            throws InterruptedException {
        if (done) {
            return;
        }
        done = true;
        run(runtime, background, stopped, OutputStream.nullOutputStream());
    }

    /** @param samples gets what would be the file of samples; closed at the end */
    static void run(ScriptRuntime runtime, ExecutorService background, BooleanSupplier stopped, OutputStream samples)
            throws InterruptedException {
        try (ServerSocket server = new ServerSocket(0, USERS, InetAddress.getLoopbackAddress())) {
            background.execute(() -> accept(server, background));
            Options options = Discovery.defaults();
            RunClock clock = new RunClock();
            TestRun.Shared shared = TestRun.Shared.create();
            SampleBus bus = new SampleBus(
                    new Aggregator(shared.metrics(), Map.of()),
                    new NoopListener(),
                    new GroupedSampleWriter(samples),
                    clock,
                    new SampleBus.Watch(() -> USERS, () -> USERS, Map.of(), threshold -> {}, problem -> {}));
            TestRun run = new TestRun(
                    runtime.ownScript("k6/internal/warmup"),
                    options,
                    Map.of("URL", "http://127.0.0.1:" + server.getLocalPort() + "/"),
                    shared,
                    new RunControl(),
                    clock,
                    new HttpClients(options.http()),
                    bus::offer,
                    new NoopListener(),
                    background);
            bus.start();
            ScenarioState scenario = new ScenarioState(options.scenarios().get(0), clock.startNanos(), () -> 0);
            List<Future<?>> users = new ArrayList<>();
            for (int id = 1; id <= USERS; id++) {
                int user = id;
                users.add(background.submit(() -> iterate(new VirtualUser(user, run), scenario, stopped)));
            }
            for (Future<?> user : users) {
                user.get();
            }
            bus.close();
        } catch (IOException | ExecutionException e) {
            // No loopback device, no warm-up; the run itself will say what does not work.
            logger.debug("no warm-up", e);
        }
    }

    private static void iterate(VirtualUser user, ScenarioState scenario, BooleanSupplier stopped) {
        long start = System.nanoTime();
        try (user) {
            for (int i = 0; i < ITERATIONS && System.nanoTime() - start < LIMIT_NANOS && !stopped.getAsBoolean(); i++) {
                user.iterate(scenario, null);
            }
        }
    }

    private static void accept(ServerSocket server, ExecutorService background) {
        try {
            while (!server.isClosed()) {
                Socket socket = server.accept();
                background.execute(() -> serve(socket));
            }
        } catch (IOException | RejectedExecutionException e) {
            // The warm-up is over and has closed the socket.
        }
    }

    private static void serve(Socket accepted) {
        try (Socket socket = accepted;
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
            // Its user is gone.
        }
    }
}
