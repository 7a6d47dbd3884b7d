package io.bookstore.perf.cli.option;

import io.bookstore.perf.PerfException;
import io.bookstore.perf.stack.Ports;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The port of an API that is started. */
public final class PortOption {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "${env:MICRONAUT_SERVER_PORT:-7002}",
            description = "Port of a started API (MICRONAUT_SERVER_PORT); 0 takes free ones. Default: 7002.")
    private int port;

    @SuppressWarnings("NullAway.Init")
    public PortOption() {}

    /**
     * The port; 0 for any free one.
     *
     * @throws PerfException if it is no port
     */
    public int port() {
        return Ports.checked(port, Origin.of(command, "--port"));
    }
}
