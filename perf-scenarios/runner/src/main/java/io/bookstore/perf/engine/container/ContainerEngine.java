package io.bookstore.perf.engine.container;

import io.bookstore.k6.run.EngineListener;
import io.bookstore.k6.run.EngineRequest;
import io.bookstore.k6.run.EngineRun;
import io.bookstore.perf.engine.Engine;
import io.bookstore.perf.engine.SynchronizedListener;

/** Starts k6 in a container of its own for every run. */
final class ContainerEngine implements Engine {

    static final String NAME = "container";

    private final String image;

    ContainerEngine(String image) {
        this.image = image;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean comesFromOutside() {
        return true;
    }

    @Override
    public EngineRun start(EngineRequest request, EngineListener listener) {
        return ContainerRun.start(image, request, new SynchronizedListener(listener));
    }
}
