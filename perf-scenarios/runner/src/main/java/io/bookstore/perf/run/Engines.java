package io.bookstore.perf.run;

import io.bookstore.perf.engine.EngineOption;
import io.bookstore.perf.engine.binary.BinaryEngineOption;
import io.bookstore.perf.engine.container.ContainerEngineOption;
import io.bookstore.perf.engine.embedded.EmbeddedEngineOption;
import java.util.List;
import java.util.Map;

/** The engines that this program has, in the order in which {@code auto} prefers them. */
public final class Engines {

    private Engines() {}

    public static List<EngineOption> all() {
        Map<String, String> environment = System.getenv();
        return List.of(
                ContainerEngineOption.fromEnvironment(environment),
                new BinaryEngineOption(environment.getOrDefault("PATH", "")),
                new EmbeddedEngineOption());
    }
}
