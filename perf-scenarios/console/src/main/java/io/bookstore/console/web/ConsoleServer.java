package io.bookstore.console.web;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.bookstore.console.local.RunningConsole;
import io.bookstore.console.runs.RunQueue;
import io.bookstore.console.service.ServiceMonitor;
import io.bookstore.console.traces.TraceRing;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.otlp.OtlpEndpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The console on loopback: its page, its REST API and the reception of spans, on one port. */
public final class ConsoleServer implements AutoCloseable {

    static {
        // The JDK's server reads these once. Without the first, each answer waits 40 ms for the browser's
        // acknowledgement; without
        // the second, a sender that stops in the middle of a request holds a thread for ever.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxReqTime", "30");
    }

    /** More than the streams of events that are open at a time, so that these never use up all. */
    private static final int THREADS = LiveStreams.MOST + 16;

    private final ThreadPoolExecutor threads;
    private final Map<String, HttpHandler> reception;
    private final HttpServer server;
    private @Nullable HttpServer receiver;

    private ConsoleServer(int port, TraceRing ring, RunQueue runs, @Nullable URI simulator, ServiceMonitor service) {
        threads = new ThreadPoolExecutor(THREADS, THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
            Thread thread = new Thread(work, "console");
            thread.setDaemon(true);
            return thread;
        });
        threads.allowCoreThreadTimeOut(true);
        reception = OtlpEndpoint.handlers(ring::add);
        Map<String, HttpHandler> handlers = new HashMap<>(reception);
        PageFiles files = new PageFiles();
        handlers.put("/", files);
        handlers.put("/api/openapi.json", files);
        handlers.put("/api/", new Api(ring));
        LiveStreams streams = new LiveStreams();
        RunsApi runsApi = new RunsApi(runs, streams);
        handlers.put("/api/events", new EventStream(ring, streams));
        handlers.put("/api/scenarios", runsApi);
        handlers.put("/api/runs", runsApi);
        handlers.put(ComparisonApi.PATH, new ComparisonApi(runs));
        handlers.put(ProviderApi.PATH, new ProviderApi(runs, simulator, service));
        handlers.put(ServiceApi.PATH, new ServiceApi(runs, service));
        handlers.put("/reports/", new ReportPages(runs));
        server = listen(port, "--port", handlers);
    }

    /**
     * Starts to listen.
     *
     * @param port      0 for any free one
     * @param runs      left open by {@link #close}
     * @param simulator a simulator on this machine, for the page of the provider; null if none is named
     * @param service   a service on this machine, for the page of the service
     * @throws PerfException if the port is taken, by another console perhaps
     */
    public static ConsoleServer start(
            int port, TraceRing ring, RunQueue runs, @Nullable URI simulator, ServiceMonitor service) {
        return new ConsoleServer(port, ring, runs, simulator, service);
    }

    /** Takes spans, and nothing else, on a second port; returns its address. To be called once. */
    public String receiveOn(int port) {
        receiver = listen(port, "--otlp-port", reception);
        return address(receiver);
    }

    /** Returns the address of the page, which is the one for {@code OTEL_EXPORTER_OTLP_ENDPOINT} too. */
    public String address() {
        return address(server);
    }

    private static String address(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private HttpServer listen(int port, String option, Map<String, HttpHandler> handlers) {
        try {
            HttpServer listening = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            listening.setExecutor(threads);
            Guard guard = new Guard(listening.getAddress().getPort());
            handlers.forEach((path, handler) ->
                    listening.createContext(path, handler).getFilters().add(guard));
            listening.start();
            return listening;
        } catch (IOException e) {
            close();
            String address = "http://127.0.0.1:" + port;
            throw new PerfException(
                    ExitCode.CANNOT_START,
                    RunningConsole.answersAt(address)
                            ? "A console is already at " + address + ": open it, or name another port with " + option
                                    + "."
                            : "Cannot listen on port " + port + " (" + e.getMessage()
                                    + "): stop the program that uses it, or name another port with " + option + ".");
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.stop(0);
        }
        if (receiver != null) {
            receiver.stop(0);
        }
        threads.shutdownNow();
    }
}
