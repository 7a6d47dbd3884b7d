package io.bookstore.k6;

import io.bookstore.k6.run.EngineListener;
import io.bookstore.k6.run.EngineRequest;
import io.bookstore.k6.run.Inspection;
import io.bookstore.k6.vu.RunControl;
import java.util.Map;

/**
 * Runs k6 scripts inside this JVM: GraalJS for the script, OkHttp for its requests, nothing to install. Stateless and
 * thread-safe: one engine may run many scripts, also at the same time.
 *
 * <pre>{@code
 * K6Result result = new K6Engine().run(
 *         new EngineRequest(Path.of("orders.js"), Map.of("BASE_URL", "http://localhost:8080"), Path.of("target/k6")));
 * }</pre>
 */
public final class K6Engine {
    private final Map<String, String> environment;

    /** An engine with the environment of the process. */
    public K6Engine() {
        this(System.getenv());
    }

    /** @param environment stands in for the process's own: the ground of {@code __ENV}, and {@code K6_*} options */
    public K6Engine(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** Looks at the script before anything is started for it: its init code runs, and sends nothing. */
    public Inspection inspect(EngineRequest request) {
        return new Lifecycle(request, environment, new NoopListener(), new RunControl()).inspect();
    }

    /**
     * Starts the script and returns at once. Any failure from here on, a script that does not parse included, ends up in the
     * {@link io.bookstore.k6.run.EngineOutcome} with k6's exit code and never as an exception.
     */
    public K6Run start(EngineRequest request, EngineListener listener) {
        return K6Run.start(request, environment, listener);
    }

    /** Runs the script to its end and tells nobody on the way. */
    public K6Result run(EngineRequest request) throws InterruptedException {
        return run(request, new NoopListener());
    }

    /** Runs the script to its end; an interruption of the caller leaves it running, see {@link K6Run#interrupt}. */
    public K6Result run(EngineRequest request, EngineListener listener) throws InterruptedException {
        return start(request, listener).result();
    }
}
