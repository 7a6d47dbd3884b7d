package io.bookstore.perf.cli;

import io.bookstore.perf.PerfException;
import io.bookstore.perf.cli.option.TargetOption;
import io.bookstore.perf.cli.terminal.Finding;
import io.bookstore.perf.engine.EngineChoice;
import io.bookstore.perf.engine.EngineOption;
import io.bookstore.perf.results.facts.MachineFacts;
import io.bookstore.perf.results.facts.TargetFacts;
import io.bookstore.perf.run.Installation;
import io.bookstore.perf.run.TargetDescriptor;
import io.bookstore.perf.stack.Ports;
import io.bookstore.perf.stack.Stack;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks at everything that a run needs, and starts nothing. */
final class Checkup {

    private static final int OLDEST_JDK = 17;

    private final List<? extends EngineOption> engines;
    private final Map<String, String> environment;
    private final List<Finding> findings = new ArrayList<>();

    Checkup(List<? extends EngineOption> engines, Map<String, String> environment) {
        this.engines = engines;
        this.environment = environment;
    }

    /**
     * Returns findings on a run that starts the API itself.
     *
     * @param setting the name by which the engine is asked for
     */
    List<Finding> withStartedApi(String engine, String setting, int port) {
        checkMachine();
        checkEngines(engine, setting);
        Path jar = kit().apiJar();
        findings.add(
                Files.isRegularFile(jar)
                        ? Finding.ok("api", jar + " would be started")
                        : Finding.bad("api", "not at " + jar + remedy(jar)));
        checkPort("api port", port);
        if (environment.getOrDefault("ANTHROPIC_API_KEY", "").isEmpty()) {
            checkPort("sim port", simulatorPort());
        }
        return findings;
    }

    /**
     * Returns findings on a run against this service.
     *
     * @param setting the name by which the engine is asked for
     */
    List<Finding> with(String engine, String setting, URI service, @Nullable TargetDescriptor descriptor)
            throws InterruptedException {
        checkMachine();
        checkEngines(engine, setting);
        kit();
        checkTarget(service, descriptor);
        return findings;
    }

    private static String remedy(Path jar) {
        return Stack.isOfNoBuild(jar)
                ? ", for it is no part of this kit: set TARGET to a descriptor, or --base-url for a running BookStore API"
                : ": mvn package, or --base-url for a running service";
    }

    private void checkMachine() {
        MachineFacts machine = MachineFacts.current();
        int feature = Runtime.version().feature();
        String text = machine.jdk() + " on " + machine.os() + ", " + machine.processors() + " processors, "
                + machine.memoryMib() + " MiB";
        findings.add(
                feature >= OLDEST_JDK ? Finding.ok("jdk", text) : Finding.bad("jdk", text + ": needs 17 or later"));
    }

    private void checkEngines(String asked, String setting) {
        for (EngineOption option : engines) {
            EngineOption.Availability availability = option.availability();
            findings.add(
                    availability.available()
                            ? Finding.ok(option.name(), availability.reason())
                            : Finding.none(option.name(), availability.reason()));
        }
        try {
            EngineChoice choice = EngineChoice.choose(asked, setting, engines);
            findings.add(Finding.ok("engine", choice.engine().name() + " would run: " + choice.reason()));
        } catch (PerfException e) {
            findings.add(Finding.bad("engine", e.getMessage()));
        }
    }

    private Installation kit() {
        String scripts = environment.get("PERF_SCRIPTS");
        String jar = environment.get("BOOKSTORE_API_JAR");
        Installation kit =
                Installation.locate(scripts == null ? null : Path.of(scripts), jar == null ? null : Path.of(jar));
        findings.add(
                Files.isDirectory(kit.scripts())
                        ? Finding.ok("scripts", kit.scripts().toString())
                        : Finding.bad(
                                "scripts", "no folder " + kit.scripts() + ": name it with --scripts or PERF_SCRIPTS"));
        return kit;
    }

    private void checkPort(String what, int port) {
        findings.add(
                Ports.free(port)
                        ? Finding.ok(what, port == 0 ? "a free one would be taken" : port + " is free")
                        : Finding.bad(
                                what,
                                port + " is taken: stop the program that uses it, take free ones with --port 0, or test"
                                        + " what runs there with --base-url http://localhost:" + port));
    }

    private int simulatorPort() {
        try {
            return Ports.checked(
                    Integer.parseInt(environment.getOrDefault("SIMULATOR_PORT", "7005")), "SIMULATOR_PORT");
        } catch (NumberFormatException e) {
            findings.add(Finding.bad(
                    "sim port",
                    "SIMULATOR_PORT must be a port number, was \"" + environment.get("SIMULATOR_PORT") + "\""));
            return 0;
        }
    }

    private void checkTarget(URI service, @Nullable TargetDescriptor descriptor) throws InterruptedException {
        try {
            TargetOption.probe(service, descriptor).awaitReadiness(Duration.ZERO);
        } catch (PerfException e) {
            findings.add(Finding.bad("target", e.getMessage()));
            return;
        }
        try (Stack stack = Stack.at(service)) {
            TargetFacts facts = stack.facts();
            String provider = facts.provider() == null ? "a provider it does not name" : facts.provider();
            String paid = facts.simulated() == null
                    ? descriptor == null
                            ? "; it does not say whether that costs money"
                            : descriptor.costsMoneyUnlessItSaysOtherwise()
                                    ? "; a run asks first, for it may cost money"
                                    : "; its descriptor says that a run costs nothing"
                    : facts.simulated() ? ", simulated: a run costs nothing" : ", not simulated: a run costs money";
            findings.add(Finding.ok("target", service + " is ready; summaries come from " + provider + paid));
        }
    }
}
