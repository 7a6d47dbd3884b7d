package io.bookstore.perf.cli;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.cli.option.Origin;
import io.bookstore.perf.cli.option.ServiceOption;
import io.bookstore.perf.cli.option.TargetOption;
import io.bookstore.perf.cli.terminal.ConsolePrompt;
import io.bookstore.perf.cli.terminal.Finding;
import io.bookstore.perf.cli.terminal.Json;
import io.bookstore.perf.cli.terminal.Terminal;
import io.bookstore.perf.engine.EngineOption;
import io.bookstore.perf.run.TargetDescriptor;
import io.bookstore.perf.stack.Ports;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "doctor",
        description = {
            "Says what is here (JDK, engines, kit, ports, target), which engine would run and why.",
            "With a descriptor it asks each operation once, and shows how each field was read.",
            "Exit code 69 if a run would not even start, or find no text in an answer."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  llm-perf doctor                              would ai-smoke run here",
            "  llm-perf doctor --base-url http://host:7002  is that service ready",
            "  llm-perf doctor --target helpdesk.yml        how its answers are read",
            "  llm-perf doctor --engine container --json    for programs"
        })
final class DoctorCommand implements Callable<Integer> {

    private final List<? extends EngineOption> engines;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            defaultValue = "${env:BASE_URL}",
            description =
                    "The service that would be loaded (BASE_URL). Default: the target's, or the API would be started.")
    private @Nullable String baseUrl;

    @Mixin
    private TargetOption target = new TargetOption();

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            defaultValue = "${env:K6_ENGINE:-auto}",
            description = "The engine that would be asked for (K6_ENGINE). Default: auto.")
    private String engine;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "${env:MICRONAUT_SERVER_PORT:-7002}",
            description = "Port of a started API (MICRONAUT_SERVER_PORT). Default: 7002.")
    private int port;

    @Option(names = "--yes", description = "Do not ask before requests to a model that may cost money.")
    private boolean yes;

    @Option(names = "--json", description = "Print the findings as JSON.")
    private boolean json;

    @SuppressWarnings("NullAway.Init")
    DoctorCommand(List<? extends EngineOption> engines) {
        this.engines = engines;
    }

    @Override
    public Integer call() throws InterruptedException {
        Checkup checkup = new Checkup(engines, System.getenv());
        String setting = Origin.of(spec, "--engine");
        TargetDescriptor descriptor = target.descriptor();
        String described = descriptor == null ? "" : descriptor.baseUrl();
        String address = baseUrl == null || baseUrl.isEmpty() ? described : baseUrl;
        List<Finding> findings = new ArrayList<>(
                address.isEmpty()
                        ? checkup.withStartedApi(engine, setting, Ports.checked(port, Origin.of(spec, "--port")))
                        : checkup.with(engine, setting, ServiceOption.url(address), descriptor));
        if (descriptor != null && Finding.allWell(findings)) {
            findings.addAll(new OperationCheck(descriptor, target.scripts(), System.getenv())
                    .findings(ServiceOption.url(address), prompt()));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.of(findings));
        } else {
            Finding.print(findings, out);
        }
        return (Finding.allWell(findings) ? ExitCode.OK : ExitCode.UNAVAILABLE).value();
    }

    private ConsolePrompt prompt() {
        PrintWriter out =
                json ? spec.commandLine().getErr() : spec.commandLine().getOut();
        return new ConsolePrompt(yes, null, out, Terminal.person());
    }
}
