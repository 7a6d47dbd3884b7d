package io.bookstore.perf.junit;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.engine.EngineChoice;
import io.bookstore.perf.run.Engines;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The settings of a test, from its class, JUnit's configuration, system properties and the environment. */
record TestSurroundings(ExtensionContext context) {

    /** Names the run: the class and the method. */
    String name() {
        return context.getRequiredTestClass().getSimpleName() + "."
                + context.getRequiredTestMethod().getName();
    }

    Path output(PerfScenario scenario) {
        return scenario.output().isEmpty() ? Path.of("target", "perf", name()) : Path.of(scenario.output());
    }

    EngineChoice engine() {
        return EngineChoice.choose(
                setting("perf.engine", "K6_ENGINE").orElse(EngineChoice.AUTO),
                context.getConfigurationParameter("perf.engine").isPresent() ? "perf.engine" : "K6_ENGINE",
                Engines.all());
    }

    /** @throws PerfException if nothing names a service, or what names it is no URL */
    URI baseUrl() {
        if (context.getRequiredTestInstance() instanceof ServiceUnderLoad service) {
            return service.baseUrl();
        }
        String address = setting("perf.base-url", "BASE_URL")
                .orElseThrow(() -> new PerfException(
                        ExitCode.USAGE,
                        "No service to load: let %s implement ServiceUnderLoad, or set perf.base-url or BASE_URL."
                                .formatted(context.getRequiredTestClass().getSimpleName())));
        try {
            return URI.create(address);
        } catch (IllegalArgumentException e) {
            throw new PerfException(ExitCode.USAGE, "perf.base-url must be a URL, was \"" + address + "\".");
        }
    }

    private Optional<String> setting(String parameter, String variable) {
        return context.getConfigurationParameter(parameter)
                .or(() -> Optional.ofNullable(System.getenv(variable)))
                .filter(value -> !value.isBlank());
    }
}
