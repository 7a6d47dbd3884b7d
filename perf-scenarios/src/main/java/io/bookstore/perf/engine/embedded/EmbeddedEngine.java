package io.bookstore.perf.engine.embedded;

import io.bookstore.perf.engine.Engine;
import io.bookstore.perf.engine.EngineListener;
import io.bookstore.perf.engine.EngineRequest;
import io.bookstore.perf.engine.EngineRun;
import io.bookstore.perf.engine.Inspection;
import io.bookstore.perf.engine.embedded.vu.RunControl;
import java.util.Map;

/** Runs k6 scripts inside this JVM: GraalJS for the script, OkHttp for its requests, nothing to install. */
public final class EmbeddedEngine implements Engine {
    private final Map<String, String> environment;

    public EmbeddedEngine() {
        this(System.getenv());
    }

    /** @param environment stands in for the process's own: the ground of {@code __ENV}, and {@code K6_*} options */
    public EmbeddedEngine(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
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
        return new Lifecycle(request, environment, new Unheard(), new RunControl()).inspect();
    }

    @Override
    public EngineRun start(EngineRequest request, EngineListener listener) {
        return EmbeddedRun.start(request, environment, listener);
    }
}
