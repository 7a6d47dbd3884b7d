package io.bookstore.perf.engine.embedded;

import io.bookstore.perf.engine.Engine;
import io.bookstore.perf.engine.EngineOption;

/** The engine that works wherever this program does. */
public final class EmbeddedEngineOption implements EngineOption {
    @Override
    public String name() {
        return "embedded";
    }

    @Override
    public Availability availability() {
        return new Availability(true, "runs inside this JVM");
    }

    @Override
    public Engine engine() {
        return new EmbeddedEngine();
    }
}
