package io.bookstore.k6;

import io.bookstore.k6.run.EngineListener;
import io.bookstore.k6.run.EngineRequest;
import io.bookstore.k6.run.EngineRun;
import io.bookstore.k6.run.Inspection;
import io.bookstore.k6.vu.RunControl;
import java.util.Map;

/** Runs k6 scripts inside this JVM: GraalJS for the script, OkHttp for its requests, nothing to install. */
public final class K6Engine {
    private final Map<String, String> environment;

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
    public EngineRun start(EngineRequest request, EngineListener listener) {
        return EmbeddedRun.start(request, environment, listener);
    }
}
