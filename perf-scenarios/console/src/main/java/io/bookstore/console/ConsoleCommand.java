package io.bookstore.console;

import io.bookstore.console.local.LocalAddress;
import io.bookstore.console.runs.RunQueue;
import io.bookstore.console.runs.ScenarioList;
import io.bookstore.console.service.ServiceMonitor;
import io.bookstore.console.traces.TraceRing;
import io.bookstore.console.web.ConsoleServer;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.cli.Launcher;
import io.bookstore.perf.cli.option.ScriptsOption;
import io.bookstore.perf.cli.option.ServiceOption;
import io.bookstore.perf.cli.terminal.Interruption;
import io.bookstore.perf.stack.Ports;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "console",
        description = "A web page that starts and shows runs, and the calls to models of any service that sends OTLP;"
                + " Ctrl-C ends it.",
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

    @Option(names = "--reports", paramLabel = "FOLDER", description = "Folder of the runs. Default: ${DEFAULT-VALUE}.")
    private Path reports = Path.of("reports");

    @Option(
            names = "--simulator",
            paramLabel = "URL",
            description = "A simulator on this machine, such as http://127.0.0.1:7005, to be shown and changed."
                    + " A run that goes on tells its own, and a service of this kit where its health is.")
    private @Nullable String simulator;

    @Option(
            names = "--service",
            paramLabel = "URL",
            defaultValue = ServiceOption.DEFAULT,
            description =
                    "A service on this machine whose health and metrics are shown: the address of its management port,"
                            + " if it has one. A run that goes on tells its own. Default: ${DEFAULT-VALUE}.")
    private String service = ServiceOption.DEFAULT;

    @Mixin
    private ScriptsOption scripts = new ScriptsOption();

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
        URI provider = simulator == null
                ? null
                : LocalAddress.checked("--simulator", "a simulator", "http://127.0.0.1:7005", simulator);
        ServiceMonitor monitor =
                new ServiceMonitor(LocalAddress.checked("--service", "a service", ServiceOption.DEFAULT, service));
        CountDownLatch end = new CountDownLatch(1);
        interruption.reactWith(end::countDown);
        try (RunQueue runs = new RunQueue(reports, new ScenarioList(scripts.folder()), program(), Clock.systemUTC());
                ConsoleServer server = ConsoleServer.start(port, new TraceRing(), runs, provider, monitor)) {
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

    /** The command that starts this program: a run is to have a JVM of its own, with the flags of a run. */
    private static List<String> program() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Launcher.class.getName());
    }
}
