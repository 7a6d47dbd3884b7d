package io.bookstore.perf.engine.embedded;

import io.bookstore.k6.K6Engine;
import io.bookstore.k6.run.EngineListener;
import io.bookstore.k6.run.EngineRequest;
import io.bookstore.k6.run.EngineRun;
import io.bookstore.k6.run.Inspection;
import io.bookstore.perf.engine.Engine;
import java.util.Map;

/** Runs k6 scripts inside this JVM, with {@link K6Engine}. */
public final class EmbeddedEngine implements Engine {
    private final K6Engine engine;

    public EmbeddedEngine() {
        this(System.getenv());
    }

    /** @param environment stands in for the process's own: the ground of {@code __ENV}, and {@code K6_*} options */
    public EmbeddedEngine(Map<String, String> environment) {
        this.engine = new K6Engine(environment);
    }

    @Override
    public String name() {
        return "embedded";
    }

    @Override
    public boolean tellsEverySample() {
        return true;
    }

    @Override
    public Inspection inspect(EngineRequest request) {
        return engine.inspect(request);
    }

    @Override
    public EngineRun start(EngineRequest request, EngineListener listener) {
        return engine.start(request, listener);
    }
}
