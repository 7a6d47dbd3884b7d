package io.bookstore.perf.cli;

import io.bookstore.perf.engine.EngineOption;
import io.bookstore.perf.engine.binary.BinaryEngineOption;
import io.bookstore.perf.engine.embedded.EmbeddedEngineOption;
import java.util.List;

/** The engines that this program has, in the order in which {@code auto} prefers them. */
final class Engines {

    private Engines() {}

    static List<EngineOption> all() {
        return List.of(new BinaryEngineOption(System.getenv().getOrDefault("PATH", "")), new EmbeddedEngineOption());
    }
}
