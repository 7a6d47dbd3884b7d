package io.bookstore.console;

import io.bookstore.console.traces.TraceRing;
import io.bookstore.console.web.ConsoleServer;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.cli.terminal.Interruption;
import io.bookstore.perf.stack.Ports;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "console",
        description = "Shows the calls to models of any service that sends OTLP, in a web page; Ctrl-C ends it.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example: llm-perf console",
            "  then   OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:7004 \\",
            "         OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf java -jar my-service.jar"
        })
final class ConsoleCommand implements Callable<Integer> {

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "7004",
            description = "The port of the page, which takes spans too; 0 for any. Default: 7004.")
    private int port;

    @Option(
            names = "--otlp-port",
            paramLabel = "PORT",
            description = "A second port for spans, such as 4318, where services send by default.")
    private @Nullable Integer otlpPort;

    @Spec
    private CommandSpec spec;

    private final Interruption interruption;

    /** Created by picocli, which sets the fields. */
    @SuppressWarnings("NullAway.Init")
    ConsoleCommand(Interruption interruption) {
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws InterruptedException {
        Ports.checked(port, "--port");
        CountDownLatch end = new CountDownLatch(1);
        interruption.reactWith(end::countDown);
        try (ConsoleServer server = ConsoleServer.start(port, new TraceRing())) {
            String endpoint =
                    otlpPort == null ? server.address() : server.receiveOn(Ports.checked(otlpPort, "--otlp-port"));
            PrintWriter out = spec.commandLine().getOut();
            out.println("The console is at " + server.address() + " until Ctrl-C.");
            out.println("A service appears there that is started with");
            out.println("  OTEL_EXPORTER_OTLP_ENDPOINT=" + endpoint + " OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf");
            out.flush();
            end.await();
        }
        return ExitCode.OK.value();
    }
}
