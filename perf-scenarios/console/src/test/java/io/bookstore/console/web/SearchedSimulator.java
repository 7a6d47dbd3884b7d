package io.bookstore.console.web;

import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.testing.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A simulator that answers at once, as a service whose capacity is searched: a gateway that speaks OpenAI and wants a key. */
final class SearchedSimulator implements AutoCloseable {

    private final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));

    String address() {
        return server.baseUrl().toString();
    }

    /** A console whose searches load it, by the kit's scripts. */
    TestConsole console(Path folder) throws IOException {
        Path scripts = Checkout.root().resolve("perf-scenarios/k6");
        String descriptor = Files.readString(scripts.resolve("targets/hub-services.yml"))
                .replace("  X-User-Id: load-test\n", "  X-User-Id: load-test\n  Authorization: Bearer none\n");
        Path target = Files.writeString(folder.resolve("keyed.yml"), descriptor);
        return new TestConsole(folder.resolve("reports"), scripts, TestConsole.command("TARGET=" + target));
    }

    @Override
    public void close() {
        server.close();
    }
}
