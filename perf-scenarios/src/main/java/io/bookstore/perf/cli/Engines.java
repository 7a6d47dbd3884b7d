package io.bookstore.perf.cli;

import io.bookstore.perf.engine.EngineOption;
import io.bookstore.perf.engine.binary.BinaryEngineOption;
import io.bookstore.perf.engine.container.ContainerEngineOption;
import io.bookstore.perf.engine.embedded.EmbeddedEngineOption;
import java.util.List;
import java.util.Map;

/** The engines that this program has, in the order in which {@code auto} prefers them. */
final class Engines {

    private Engines() {}

    static List<EngineOption> all() {
        Map<String, String> environment = System.getenv();
        return List.of(
                ContainerEngineOption.fromEnvironment(environment),
                new BinaryEngineOption(environment.getOrDefault("PATH", "")),
                new EmbeddedEngineOption());
    }
}
